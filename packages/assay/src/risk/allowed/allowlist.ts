/** Names that a reader accepts, and no others: data with its source, so that anyone can compare it. */
export interface Allowlist {
  /** What the names are: `globals that a pickle may import`. */
  readonly what: string;
  /** Where they are from, and why some are added or left out. */
  readonly source: string;
  /** When they were compared with the source: `2026-11-29`. */
  readonly date: string;
  readonly names: readonly string[];
}
