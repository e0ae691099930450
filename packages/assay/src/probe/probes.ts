import { CARD } from "./card/probe.ts";
import { CODE } from "./code/probe.ts";
import { CONFIGURATION } from "./configuration.ts";
import { DATA } from "./data/probe.ts";
import { DOCUMENTS } from "./documents.ts";
import { LICENSE } from "./license/probe.ts";
import { MODEL_FILE_CLAIMS } from "./model-file/claims.ts";
import { MODEL_FILE } from "./model-file/probe.ts";
import type { Probe } from "./probe.ts";
import { RESULTS } from "./results/probe.ts";
import { SETTINGS } from "./settings.ts";
import { WEIGHTS } from "./weights/probe.ts";

/**
 * Every probe, in the order in which they run: where several files state a name or an architecture, the first counts.
 * `license` reads the texts that mof.yml points at, and what mof.yml claims is compared with what the others found.
 */
export const PROBES: readonly Probe[] = [
  CARD,
  WEIGHTS,
  CONFIGURATION,
  CODE,
  DATA,
  DOCUMENTS,
  RESULTS,
  SETTINGS,
  MODEL_FILE,
  LICENSE,
  MODEL_FILE_CLAIMS,
];
