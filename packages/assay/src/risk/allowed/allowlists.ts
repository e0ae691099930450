import type { Allowlist } from "./allowlist.ts";

/** Every allowlist, as `assay scan --explain` and docs/scan.md print them. */
export const ALLOWLISTS: readonly Allowlist[] = [];
