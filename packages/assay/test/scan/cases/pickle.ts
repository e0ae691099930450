import type { ScanCase } from "../../support/scan/case.ts";
import { PICKLE_ATTACK_CASES } from "./pickle-attacks.ts";
import { PICKLE_CARRIER_CASES } from "./pickle-carriers.ts";
import { PICKLE_CODE_CASES } from "./pickle-code.ts";
import { PICKLE_DAMAGE_CASES } from "./pickle-damage.ts";
import { PICKLE_DATA_CASES } from "./pickle-data.ts";

/** Pickles, and what carries them outside of archives. */
export const PICKLE_CASES: readonly ScanCase[] = [
  ...PICKLE_DATA_CASES,
  ...PICKLE_CODE_CASES,
  ...PICKLE_DAMAGE_CASES,
  ...PICKLE_CARRIER_CASES,
  ...PICKLE_ATTACK_CASES,
];
