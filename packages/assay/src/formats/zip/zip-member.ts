/** What is wrong with an archive, by the part of the format: each is a reason of a scan under the same name, `zip/…`. */
export type ZipFaultKind =
  /** Records are missing, cut off, or do not fit each other. */
  | "malformed"
  /** Bytes that no record of the archive accounts for: before it, after it, between members. */
  | "hidden-bytes"
  /** A name twice. */
  | "duplicate-member"
  /** Names that some readers and file systems take for the same. */
  | "similar-names"
  /** Two members share bytes. */
  | "overlap"
  /** A name that leaves the folder in which the archive is unpacked, or that readers cut off or rewrite. */
  | "path"
  /** A name whose characters depend on the reader. */
  | "name-encoding"
  /** The header before a member differs from the archive's directory. */
  | "header-mismatch"
  | "encrypted"
  /** Flags with another meaning than "sizes follow the data" and "the name is UTF-8", or a later version of the format. */
  | "flags"
  /** A compression that is neither none nor deflate. */
  | "method"
  | "extra-field"
  /** A comment in which a reader could find another end of the archive. */
  | "comment"
  | "link"
  | "checksum"
  /** More members, bytes or output than this reader takes. */
  | "bounds";

/**
 * Takes each fault as it is found; reading continues, as a loader may read on too. `what` is the end of a sentence about the
 * archive or its member: `has two members of this name`.
 */
export type ReportFault = (kind: ZipFaultKind, what: string, place?: { readonly member?: string; readonly offset?: number }) => void;

export const STORED = 0;
export const DEFLATED = 8;

/** One entry of the directory (APPNOTE 4.3.12), the sizes and the offset with their 64-bit values. */
export interface DirectoryEntry {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Of the header before the data, from the file's first byte. */
  readonly headerOffset: number;
}

/** A member with the place of its data, which only the header before it gives. */
export interface ZipMember extends DirectoryEntry {
  readonly dataOffset: number;
  /** True where no directory lists it: only the header in front of the data does. */
  readonly isHidden: boolean;
}

export function isFolderEntry({ name }: DirectoryEntry): boolean {
  return name.endsWith("/");
}
