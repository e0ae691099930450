import type { CommandSpec } from "../../command.ts";
import type { OptionName } from "../../command-line/options.ts";
import {
  COMMON_OPTIONS,
  FORCE_HELP,
  IDENTITY_CONFLICTS,
  INSTANCE_OPTIONS,
  MODEL_OPTIONS,
  REMOTE_OPTIONS,
} from "../../command-line/spec-parts.ts";

/** The signer that is trusted, for the question which files are signed. */
const OPENNESS_TRUST_OPTIONS: readonly OptionName[] = [
  "signature",
  "public-key",
  "certificate-chain",
  "certificate-identity",
  "certificate-fingerprint",
  "require-code-signing",
  "strict-certificates",
  "crl",
  "identity",
  "identity-provider",
  "identity-regexp",
  "identity-provider-regexp",
  "offline",
  "tsa-chain",
  ...INSTANCE_OPTIONS,
];

export const OPENNESS: CommandSpec = {
  words: ["openness"],
  topic: "openness",
  summary: "how open is this model, and what is missing for the next class?",
  description:
    "Evaluates a model by the Model Openness Framework: 17 components, their licenses, three classes. A mof.yml is taken at its word. A " +
    "model's folder gets two answers: by the files in it, and if what they claim is true. Openness is neither safety nor quality.",
  arguments: [
    {
      name: "FILE",
      help: "a mof.yml, a model's folder, or a model on a hub (hf:owner/name); several may be given",
      many: true,
      isPath: true,
      mayBeRemote: true,
    },
  ],
  required: [],
  options: [
    "full",
    "require-class",
    "strict",
    "markdown",
    "badge",
    "write",
    ...OPENNESS_TRUST_OPTIONS,
    ...MODEL_OPTIONS,
    ...REMOTE_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  optionHelp: FORCE_HELP,
  conflicts: [{ options: ["markdown", "json"], why: "are two forms of the answer: give one of them" }, ...IDENTITY_CONFLICTS],
  examples: [
    { line: "assay openness mof.yml", does: "the class, and what is missing for the next one; --full shows every component" },
    {
      line: "assay openness ./granite --require-class 3 --markdown --badge openness.svg",
      does: "for CI: a section and a badge for the README; exit code 1 where the model is in no class",
    },
  ],
  refusal: "Not evaluated",
};
