/** What is wrong with an archive: each is a reason of a scan under the same name, `tar/…`. */
export type TarFaultKind =
  /** A header that is not one, a member or an archive that is cut off. */
  | "malformed"
  /** Bytes after the end that readers agree on. */
  | "hidden-bytes"
  | "duplicate-member"
  /** A name that leaves the folder in which the archive is unpacked. */
  | "path"
  /** A hard or symbolic link. */
  | "link"
  /** A device, a sparse file, a header of a kind that is not known here: readers differ. */
  | "member-kind"
  | "bounds";

export type ReportTarFault = (kind: TarFaultKind, what: string, place?: { readonly member?: string; readonly offset?: number }) => void;

/** A regular file in the archive. */
export interface TarMember {
  /** Without `./` in front. */
  readonly name: string;
  readonly dataOffset: number;
  readonly size: number;
}
