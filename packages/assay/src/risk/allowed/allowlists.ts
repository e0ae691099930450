import type { Allowlist } from "./allowlist.ts";
import { KERAS_ALLOWLIST } from "./keras-classes.ts";

/** Every allowlist, as `assay scan --explain` and docs/scan.md print them. */
export const ALLOWLISTS: readonly Allowlist[] = [KERAS_ALLOWLIST];
