import type { CommandSpec } from "./specs/command-spec.ts";
import { LOOK_COMMANDS } from "./specs/look.ts";
import { OPENNESS_COMMANDS } from "./specs/openness.ts";
import { SIGN_COMMANDS } from "./specs/sign.ts";
import { START_COMMANDS } from "./specs/start.ts";
import { TRUST_COMMANDS } from "./specs/trust.ts";
import { VERIFY_COMMANDS } from "./specs/verify.ts";

export type { CommandSpec } from "./specs/command-spec.ts";

/** Every command, in the order of the overview. */
export const COMMANDS: readonly CommandSpec[] = [
  ...SIGN_COMMANDS,
  ...VERIFY_COMMANDS,
  ...LOOK_COMMANDS,
  ...TRUST_COMMANDS,
  ...OPENNESS_COMMANDS,
  ...START_COMMANDS,
];

/** The method that `sign` and `verify` mean when none is named, as in the reference. */
export const DEFAULT_METHOD = "sigstore";

export function findCommand(words: readonly string[]): CommandSpec | undefined {
  return COMMANDS.find((spec) => spec.words.join(" ") === words.join(" "));
}

/** `assay sign key`. */
export function commandLine(spec: CommandSpec): string {
  return ["assay", ...spec.words].join(" ");
}
