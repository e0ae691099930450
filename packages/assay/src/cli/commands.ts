import type { CommandModule } from "./command.ts";
import { COMMON_OPTIONS, MODEL_OPTIONS, type OptionName } from "./options.ts";

export interface CommandSpec {
  /** The words that call it: `["sign", "key"]`. */
  readonly words: readonly string[];
  /** The question that it answers, or what it does: one line of the overview. */
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly required: readonly OptionName[];
  readonly options: readonly OptionName[];
  /** Two lines that a reader can type, each with what it does. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** How its first line starts when it cannot do what was asked. */
  readonly refusal: string;
  /** Methods of the reference that this release lacks: parsed, answered, and not listed anywhere. */
  readonly later?: true;
  /** Loaded when the command runs, so that start-up costs the same whatever the commands need. */
  readonly load: () => Promise<CommandModule>;
}

interface ArgumentSpec {
  readonly name: string;
  readonly help: string;
  readonly many?: true;
  readonly optional?: true;
}

const MODEL: ArgumentSpec = { name: "MODEL", help: "the model: a folder or a single file" };

const SIGN_OPTIONS: readonly OptionName[] = ["signature", "force", "hash", "shard-size", ...MODEL_OPTIONS, ...COMMON_OPTIONS];
const VERIFY_OPTIONS: readonly OptionName[] = ["signature", "expect-digest", "ignore-unsigned-files", ...MODEL_OPTIONS, ...COMMON_OPTIONS];

export const COMMANDS: readonly CommandSpec[] = [
  {
    words: ["sign", "key"],
    summary: "put my name to these bytes, with a private key",
    description:
      "Hashes every file of the model and signs the list of digests. The signature is a Sigstore bundle as OpenSSF Model Signing " +
      "defines it, written to model.sig in the current folder unless --signature says otherwise.",
    arguments: [MODEL],
    required: ["private-key"],
    options: ["password", ...SIGN_OPTIONS],
    examples: [
      { line: "assay sign key ./granite --private-key key.pem", does: "writes model.sig" },
      {
        line: "assay sign key ./granite --private-key key.pem --signature granite/model.sig --ignore-paths granite/training.log",
        does: "keeps the signature in the model, and leaves a file out",
      },
    ],
    refusal: "Not signed",
    load: () => import("./commands/sign.ts"),
  },
  {
    words: ["sign", "certificate"],
    summary: "put my name to these bytes, with a key and its certificate",
    description:
      "Like `sign key`, and puts the certificate and the way to its root into the signature, so that whoever trusts the root can " +
      "see who signed. Without --certificate-chain the signature holds the signing certificate alone.",
    arguments: [MODEL],
    required: ["private-key", "signing-certificate"],
    options: ["certificate-chain", "password", ...SIGN_OPTIONS],
    examples: [
      {
        line: "assay sign certificate ./granite --private-key key.pem --signing-certificate cert.pem --certificate-chain ca.pem",
        does: "writes model.sig",
      },
      {
        line: "assay sign certificate weights.gguf --private-key key.pem --signing-certificate cert.pem --signature weights.gguf.oms.sig",
        does: "signs a single file",
      },
    ],
    refusal: "Not signed",
    load: () => import("./commands/sign.ts"),
  },
  {
    words: ["verify", "key"],
    summary: "are these the bytes that the holder of this key signed?",
    description:
      "Checks the signature with the public key, then every file against the signed list. Without --signature it takes model.sig in the " +
      "current folder, or else the one signature in the model's folder (model.sig, *.oms.sig, *.sigstore.json, .kaggle/signing.json).",
    arguments: [MODEL],
    required: ["public-key"],
    options: VERIFY_OPTIONS,
    examples: [
      { line: "assay verify key ./granite --public-key ibm.pub", does: "exit code 0: yes; 1: no; 3: could not tell" },
      { line: "assay verify key ./granite --public-key ibm.pub --signature granite.sig --json", does: "the same for a program" },
    ],
    refusal: "Not verified",
    load: () => import("./commands/verify.ts"),
  },
  {
    words: ["verify", "certificate"],
    summary: "are these the bytes that somebody under this root signed?",
    description:
      "Checks the signature with the certificate in it, the certificate's way to a root that you name, then every file. There are no " +
      "default roots. Any code-signing certificate under the root passes: --certificate-identity or --certificate-fingerprint says whose.",
    arguments: [MODEL],
    required: ["certificate-chain"],
    options: ["certificate-identity", "certificate-fingerprint", "log-fingerprints", ...VERIFY_OPTIONS],
    examples: [
      { line: "assay verify certificate ./granite --certificate-chain ca.pem", does: "anybody under this root" },
      {
        line: "assay verify certificate ./granite --certificate-chain ca.pem --certificate-identity models@ibm.example",
        does: "this signer only",
      },
    ],
    refusal: "Not verified",
    load: () => import("./commands/verify.ts"),
  },
  {
    words: ["digest"],
    summary: "what is this model's identity, before anyone signs?",
    description:
      "Prints the root digest that a signature of this model would carry, as sha256:HEX. It covers the digests, not the names; the " +
      "manifest digest in --json covers both.",
    arguments: [MODEL],
    required: [],
    options: ["hash", "shard-size", ...MODEL_OPTIONS, ...COMMON_OPTIONS],
    examples: [
      { line: "assay digest ./granite", does: "sha256:…" },
      { line: "assay digest ./granite --json", does: "every file's digest, and the manifest digest" },
    ],
    refusal: "No digest",
    load: () => import("./commands/digest.ts"),
  },
  {
    words: ["inspect"],
    summary: "what does this signature say? (nothing is verified)",
    description: "Shows what a signature claims: who signed, by which method, which files. It proves nothing; `assay verify` does.",
    arguments: [{ name: "SIGNATURE", help: "a signature file, such as model.sig" }],
    required: [],
    options: COMMON_OPTIONS.filter((name) => name !== "progress" && name !== "timeout"),
    examples: [
      { line: "assay inspect model.sig", does: "for a person" },
      { line: "assay inspect model.sig --json", does: "with every file and digest" },
    ],
    refusal: "Not readable",
    load: () => import("./commands/inspect.ts"),
  },
  {
    words: ["diff"],
    summary: "what changed between two models, two signatures, or one of each?",
    description: "Compares any two of model, signature and model folder, file by file. Signatures are taken at their word, not verified.",
    arguments: [
      { name: "A", help: "the older one: a model or a signature" },
      { name: "B", help: "the newer one" },
    ],
    required: [],
    options: [...MODEL_OPTIONS, ...COMMON_OPTIONS],
    examples: [
      { line: "assay diff granite-3.0/ granite-3.1/", does: "exit code 0: the same; 1: different" },
      { line: "assay diff model.sig ./granite", does: "what is not as it was signed" },
    ],
    refusal: "Not compared",
    load: () => import("./commands/diff.ts"),
  },
  {
    words: ["demo"],
    summary: "show me, on a model made on the spot",
    description: "Makes a small real model in a temporary folder, signs it, verifies it, changes one byte, verifies it again.",
    arguments: [],
    required: [],
    options: ["keep", "color", "output-file", "log-level", "log-format", "help", "version"],
    examples: [
      { line: "assay demo", does: "takes a second, leaves nothing behind" },
      { line: "assay demo --keep ./demo", does: "leaves the model, the keys and the signature in ./demo" },
    ],
    refusal: "The demo stopped",
    load: () => import("./commands/demo.ts"),
  },
  {
    words: ["help"],
    summary: "this overview, or the help of a command",
    description: "`assay help sign key` and `assay sign key --help` show the same.",
    arguments: [{ name: "COMMAND", help: "the command, such as: sign key", many: true, optional: true }],
    required: [],
    options: ["color", "output-file", "help", "version"],
    examples: [
      { line: "assay help", does: "all commands" },
      { line: "assay help verify certificate", does: "one of them" },
    ],
    refusal: "No help",
    load: () => import("./commands/help.ts"),
  },
  ...["sigstore", "pkcs11-key", "pkcs11-certificate"].map((method) => later(["sign", method], ["password", ...SIGN_OPTIONS])),
  later(["verify", "sigstore"], VERIFY_OPTIONS),
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

function later(words: readonly string[], options: readonly OptionName[]): CommandSpec {
  return {
    words,
    summary: "",
    description: "",
    arguments: [MODEL],
    required: [],
    options: [...options, "private-key", "public-key", "signing-certificate", "certificate-chain"],
    examples: [],
    refusal: words[0] === "sign" ? "Not signed" : "Not verified",
    later: true,
    load: () => import("./commands/later.ts"),
  };
}
