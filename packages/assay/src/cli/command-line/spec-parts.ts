import type { ArgumentSpec, CommandSpec } from "../command.ts";
import type { OptionName } from "./options.ts";

/** How a model on a server is named. */
const ON_A_SERVER =
  "one on a server: hf:owner/name@revision or its address, oci:registry/repository:tag, s3://bucket/prefix/, https://host/prefix/";

/** The argument of every command that reads a model. */
export const MODEL: ArgumentSpec = {
  name: "MODEL",
  help: `the model: a folder, a single file, or ${ON_A_SERVER}`,
  isPath: true,
  mayBeRemote: true,
};

/** The argument of commands that take several models. */
export const MODELS: ArgumentSpec = {
  name: "MODEL",
  help: `a model: a folder, a single file, or ${ON_A_SERVER}; several may be given`,
  many: true,
  isPath: true,
  mayBeRemote: true,
};

/** Options of the commands that read models on servers. */
export const REMOTE_OPTIONS = ["parallel", "allow-host", "plain-http"] as const satisfies readonly OptionName[];

/** Options that every command accepts. A command lists those among them that change what it does. */
export const COMMON_OPTIONS = [
  "timeout",
  "json",
  "quiet",
  "verbose",
  "progress",
  "color",
  "output-file",
  "force",
  "log-level",
  "log-format",
  "help",
  "version",
] as const satisfies readonly OptionName[];

/** Options of commands that show no progress. */
export const BRIEF_OPTIONS: readonly OptionName[] = COMMON_OPTIONS.filter((name) => name !== "progress");

/** Options of the commands that read a model's files. */
export const MODEL_OPTIONS = [
  "ignore-paths",
  "ignore-git-paths",
  "allow-symlinks",
  "threads",
  "cache",
] as const satisfies readonly OptionName[];

/** Which Sigstore instance is meant. */
export const INSTANCE_OPTIONS: readonly OptionName[] = ["trust-config", "trusted-root", "use-staging", "tuf-url", "tuf-root"];

/** Which witnesses to trust for a signature by a key or certificate. */
export const WITNESS_OPTIONS: readonly OptionName[] = ["tsa-chain", "trusted-root"];

/** How an identity is proven, and the servers that see its signature. */
export const KEYLESS_OPTIONS: readonly OptionName[] = [
  "identity-token",
  "use-ambient-credentials",
  "oauth-force-oob",
  "client-id",
  "client-secret",
  "oidc-issuer",
  ...INSTANCE_OPTIONS,
  "fulcio-url",
  "rekor-url",
  "tsa-url",
];

/** Everything that says who signs, and before which witnesses. */
export const SIGNER_OPTIONS: readonly OptionName[] = [
  "private-key",
  "password",
  "key-uri",
  "signing-certificate",
  "certificate-chain",
  "pkcs11-uri",
  "module-path",
  ...KEYLESS_OPTIONS,
  "tsa-chain",
];

/** `assay sign key`. */
export function commandLine({ words }: Pick<CommandSpec, "words">): string {
  return ["assay", ...words].join(" ");
}

/** What `--force` does in commands that write a file of their own. */
export const FORCE_HELP = { force: "replace the file to be written where it exists" } as const satisfies CommandSpec["optionHelp"];

/** An expected name and a pattern for it exclude each other. */
export const IDENTITY_CONFLICTS: NonNullable<CommandSpec["conflicts"]> = [
  { options: ["identity", "identity-regexp"], why: "exclude each other: give one of them" },
  { options: ["identity-provider", "identity-provider-regexp"], why: "exclude each other: give one of them" },
];
