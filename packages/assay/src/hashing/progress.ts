/** How far the hashing is; sent at most about ten times a second, and once at the end. */
export interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly filesDone: number;
  readonly filesTotal: number;
  /** A file being read. */
  readonly current: string | undefined;
}

export type ProgressListener = (progress: Progress) => void;
