/** How the work is done; none of it changes the answer. */
export interface WorkOptions {
  /** Worker threads for hashing; default: the processors, as far as the size of the work pays for them. */
  readonly threads?: number;
  /** A folder for digests of files that did not change since; default: none. */
  readonly cache?: string;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/** How far the work is; sent at most about ten times a second, and once at the end. */
export interface Progress {
  /** What is done with the files; default: they are hashed. A scan reads little of each, so that only files count. */
  readonly work?: "hashing" | "scanning";
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly filesDone: number;
  readonly filesTotal: number;
  /** A file being read. */
  readonly current: string | undefined;
}

/** Called while files are hashed or scanned. */
export type ProgressListener = (progress: Progress) => void;
