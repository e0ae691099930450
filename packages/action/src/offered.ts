// What of the command the action offers: the same commands and options, by the same names.
import type { CommandSpec } from "../../assay/src/cli/command.ts";
import { OPTION_TABLE, type OptionName } from "../../assay/src/cli/command-line/options.ts";
import { CHECK } from "../../assay/src/cli/commands/check/spec.ts";
import { DIGEST } from "../../assay/src/cli/commands/digest/spec.ts";
import { OPENNESS } from "../../assay/src/cli/commands/openness/spec.ts";
import { POLICY_LINT } from "../../assay/src/cli/commands/policy-lint/spec.ts";
import { POLICY_TEST } from "../../assay/src/cli/commands/policy-test/spec.ts";
import { SCAN } from "../../assay/src/cli/commands/scan/spec.ts";
import { SIGN } from "../../assay/src/cli/commands/sign/spec.ts";
import { VERIFY } from "../../assay/src/cli/commands/verify/spec.ts";
import { VERIFY_EVIDENCE } from "../../assay/src/cli/commands/verify-evidence/spec.ts";

/** Keys on tokens need native code, which the action does not bring. */
const SIGN_WITHOUT_TOKEN = SIGN.filter(({ method }) => !method.startsWith("pkcs11"));

/** The commands that answer a question of a pipeline. */
export const OFFERED: readonly CommandSpec[] = [
  ...VERIFY,
  CHECK,
  SCAN,
  OPENNESS,
  DIGEST,
  ...SIGN_WITHOUT_TOKEN,
  VERIFY_EVIDENCE,
  POLICY_LINT,
  POLICY_TEST,
];

/** How results look is for the action to choose; a job has no browser to log in by; `write` changes the checkout. */
const LEFT_OUT: ReadonlySet<OptionName> = new Set([
  "json",
  "quiet",
  "verbose",
  "progress",
  "color",
  "output-file",
  "log-level",
  "log-format",
  "help",
  "version",
  "markdown",
  "explain",
  "full",
  "manifest",
  "write",
  "log-fingerprints",
  "oauth-force-oob",
  "pkcs11-uri",
  "module-path",
]);

/** A secret in an input ends in a command line, which other programs of the machine can read: it is for `env`. */
const isForInputs = (name: OptionName): boolean => !LEFT_OUT.has(name) && OPTION_TABLE[name].secret !== true;

/** The options that are inputs, in the order of the table. */
export const OPTION_INPUTS: readonly OptionName[] = optionNames().filter(
  (name) => isForInputs(name) && OFFERED.some((spec) => acceptsOption(spec, name)),
);

export function acceptsOption(spec: CommandSpec, name: OptionName): boolean {
  return spec.options.includes(name) || spec.required.includes(name);
}

/** The command of these words; `verify` and `sign` alone mean an identity, as they do on a command line. */
export function offeredCommand(words: string): CommandSpec | undefined {
  const named = words.trim().split(/\s+/).join(" ");
  return OFFERED.find((spec) => spec.words.join(" ") === named) ?? OFFERED.find((spec) => spec.words.join(" ") === `${named} sigstore`);
}

function optionNames(): OptionName[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table are the names
  return Object.keys(OPTION_TABLE) as OptionName[];
}
