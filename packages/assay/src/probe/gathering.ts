import type { Warning } from "../core/warning.ts";
import type { ComponentCollector, LicenseClaim } from "../openness/folder/findings.ts";
import type { FilePart, FolderListing } from "./folder.ts";
import type { FileRole } from "./role.ts";

/** What the readers share. */
export interface Gathering {
  readonly listing: FolderListing;
  readonly collector: ComponentCollector;
  readonly warnings: Warning[];
  readonly licenseClaims: LicenseClaim[];
  /** Files by role, each list in order of names and cut off at a bound. */
  readonly byRole: ReadonlyMap<FileRole, readonly string[]>;
  /** How many there are of a role, cut off or not. */
  readonly counts: ReadonlyMap<FileRole, number>;
  readonly clues: {
    name?: string | undefined;
    parameters?: number | undefined;
    architecture?: string | undefined;
    baseModels: string[];
  };
  /** Reads a text whole, or its beginning; a file that was read whole is remembered by its digest. */
  readText(name: string, limit?: number): { readonly text: string; readonly part: FilePart } | undefined;
  /** Remembers a file that was read whole by its digest. */
  noteRead(name: string, bytes: Uint8Array): void;
}

export function namesOf({ byRole }: Gathering, role: FileRole): readonly string[] {
  return byRole.get(role) ?? [];
}
