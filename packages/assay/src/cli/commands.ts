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
  /** Options that may stand in a required one's place. */
  readonly instead?: Partial<Record<OptionName, readonly OptionName[]>>;
  readonly options: readonly OptionName[];
  /** Two lines that a reader can type, each with what it does. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** How its first line starts when it cannot do what was asked. */
  readonly refusal: string;
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

/** Who is to see a signature by a key or certificate, and whose word counts for it. */
const WITNESS_OPTIONS: readonly OptionName[] = ["tsa-chain", "trusted-root"];
const SIGN_WITNESS_OPTIONS: readonly OptionName[] = ["tsa-url", "rekor-url", ...WITNESS_OPTIONS];
const INSTANCE_OPTIONS: readonly OptionName[] = ["trust-config", "trusted-root", "use-staging"];
const TRUST_OUTPUT: readonly OptionName[] = COMMON_OPTIONS.filter((name) => name !== "progress");

/** Whose signature counts for the files that an answer on openness rests on. */
const OPENNESS_TRUST_OPTIONS: readonly OptionName[] = [
  "signature",
  "public-key",
  "certificate-chain",
  "certificate-identity",
  "certificate-fingerprint",
  "crl",
  "identity",
  "identity-provider",
  "identity-regexp",
  "identity-provider-regexp",
  "offline",
  "tsa-chain",
  ...INSTANCE_OPTIONS,
];

export const COMMANDS: readonly CommandSpec[] = [
  {
    words: ["sign", "sigstore"],
    summary: "put my name to these bytes, by logging in instead of a key",
    description:
      "Hashes the model, then signs it as who you are to an identity provider: the token given, else the CI job's credentials if asked " +
      "for, else a log-in by browser, else by a code. The signature names you, and is written into a public transparency log, " +
      "for good. For a private instance: --trust-config.",
    arguments: [MODEL],
    required: [],
    options: [
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
      ...SIGN_OPTIONS,
    ],
    examples: [
      { line: "assay sign sigstore ./granite", does: "logs in with a browser, writes model.sig" },
      {
        line: "assay sign sigstore ./granite --use-ambient-credentials --trust-config acme.json",
        does: "in CI, with an organization's own Sigstore",
      },
    ],
    refusal: "Not signed",
    load: () => import("./commands/sign.ts"),
  },
  {
    words: ["sign", "key"],
    summary: "put my name to these bytes, with a private key",
    description:
      "Hashes every file of the model and signs the list of digests. The signature is a Sigstore bundle as OpenSSF Model Signing " +
      "defines it, written to model.sig in the current folder unless --signature says otherwise.",
    arguments: [MODEL],
    required: ["private-key"],
    instead: { "private-key": ["key-uri"] },
    options: ["password", "key-uri", "module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
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
    instead: { "private-key": ["key-uri"] },
    options: ["certificate-chain", "password", "key-uri", "module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
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
    words: ["sign", "pkcs11-key"],
    summary: "put my name to these bytes, with a key on a token",
    description:
      "Like `sign key`, with a key that never leaves a smart card, a security module or SoftHSM. The PIN comes from the URI's " +
      "pin-source, from ASSAY_PKCS11_PIN, or from a prompt; a wrong one is tried once.",
    arguments: [MODEL],
    required: ["pkcs11-uri"],
    options: ["module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
    examples: [
      {
        line: "assay sign pkcs11-key ./granite --pkcs11-uri pkcs11:token=models;object=release --module-path /usr/lib/softhsm/libsofthsm2.so",
        does: "asks for the PIN, writes model.sig",
      },
      {
        line: "assay sign pkcs11-key ./granite --pkcs11-uri pkcs11:token=models;object=release?module-name=softhsm2&pin-source=file:/run/pin",
        does: "without a prompt",
      },
    ],
    refusal: "Not signed",
    load: () => import("./commands/sign.ts"),
  },
  {
    words: ["sign", "pkcs11-certificate"],
    summary: "put my name to these bytes, with a key on a token and its certificate",
    description:
      "Like `sign certificate`, with a key on a token. Without --signing-certificate, the certificate on the token that belongs to the " +
      "key is taken.",
    arguments: [MODEL],
    required: ["pkcs11-uri"],
    options: ["signing-certificate", "certificate-chain", "module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
    examples: [
      {
        line: "assay sign pkcs11-certificate ./granite --pkcs11-uri pkcs11:token=models;object=release --signing-certificate cert.pem --certificate-chain ca.pem",
        does: "writes model.sig",
      },
      {
        line: "assay sign pkcs11-certificate ./granite --pkcs11-uri pkcs11:token=models;id=%01?module-name=softhsm2 --certificate-chain ca.pem",
        does: "with the certificate on the token",
      },
    ],
    refusal: "Not signed",
    load: () => import("./commands/sign.ts"),
  },
  {
    words: ["verify", "sigstore"],
    summary: "are these the bytes that this person or CI job signed?",
    description:
      "Checks who signed, by the certificate in the signature, the logs that saw it and the time that is proven, then every file. The " +
      "trusted root is the public instance's, refreshed once a day; --offline asks nobody. Without --identity it only shows who " +
      "claims to have signed, and that is no verification.",
    arguments: [MODEL],
    required: [],
    options: [
      "identity",
      "identity-provider",
      "identity-regexp",
      "identity-provider-regexp",
      ...INSTANCE_OPTIONS,
      "offline",
      "log-fingerprints",
      ...VERIFY_OPTIONS,
    ],
    examples: [
      {
        line: "assay verify sigstore ./granite --identity release@example.com --identity-provider https://accounts.google.com",
        does: "exactly this person",
      },
      {
        line: "assay verify sigstore ./granite --identity-regexp https://github.com/acme/.* --identity-provider https://token.actions.githubusercontent.com --offline",
        does: "any workflow of an organization, asking nobody",
      },
    ],
    refusal: "Not verified",
    load: () => import("./commands/verify.ts"),
  },
  {
    words: ["verify", "key"],
    summary: "are these the bytes that the holder of this key signed?",
    description:
      "Checks the signature with the public key, then every file against the signed list. Without --signature it takes model.sig in the " +
      "current folder, or else the one signature in the model's folder (model.sig, *.oms.sig, *.sigstore.json, .kaggle/signing.json).",
    arguments: [MODEL],
    required: ["public-key"],
    options: [...WITNESS_OPTIONS, ...VERIFY_OPTIONS],
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
    options: ["certificate-identity", "certificate-fingerprint", "crl", "log-fingerprints", ...WITNESS_OPTIONS, ...VERIFY_OPTIONS],
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
    words: ["trust", "show"],
    summary: "by which keys and authorities are keyless signatures judged?",
    description:
      "Shows the trusted root that a verification uses without asking anybody: its logs, certificate authorities and timestamp " +
      "authorities, since when they count, where it comes from and how old it is.",
    arguments: [],
    required: [],
    options: [...INSTANCE_OPTIONS, "tuf-url", "tuf-root", ...TRUST_OUTPUT],
    examples: [
      { line: "assay trust show", does: "the public instance" },
      { line: "assay trust show --trust-config acme.json --verbose", does: "a private one, with whole fingerprints" },
    ],
    refusal: "Nothing to show",
    load: () => import("./commands/trust.ts"),
  },
  {
    words: ["trust", "update"],
    summary: "fetch the newest trusted root now, and say what changed",
    description:
      "Asks the instance's TUF repository and keeps what it gives for later verifications, which otherwise ask once a day. What does not " +
      "verify changes nothing, and the exit code is 3.",
    arguments: [],
    required: [],
    options: ["use-staging", "tuf-url", "tuf-root", ...TRUST_OUTPUT],
    examples: [
      { line: "assay trust update", does: "the public instance" },
      { line: "assay trust update --tuf-url https://tuf.acme.example --tuf-root root.json", does: "a private one" },
    ],
    refusal: "Not updated",
    load: () => import("./commands/trust.ts"),
  },
  {
    words: ["trust", "export"],
    summary: "write the trusted root to a file, for a machine without a network",
    description: "The file goes with the model to the other machine, where `assay verify sigstore --trusted-root FILE --offline` uses it.",
    arguments: [{ name: "FILE", help: "the file to write, such as trusted_root.json" }],
    required: [],
    options: [...INSTANCE_OPTIONS, "tuf-url", "tuf-root", "offline", "force", ...TRUST_OUTPUT],
    examples: [
      { line: "assay trust export trusted_root.json", does: "the newest one" },
      { line: "assay trust export trusted_root.json --offline --force", does: "the one at hand, over an older file" },
    ],
    refusal: "Not written",
    load: () => import("./commands/trust.ts"),
  },
  {
    words: ["trust", "init"],
    summary: "write down a Sigstore instance of your own, to sign and verify with it",
    description:
      "Makes a trusted root from the keys and certificates of a private instance; with --oidc-issuer, a trust configuration that says where to " +
      "sign, too. Keys and chains are checked before anything is written; no server is asked.",
    arguments: [{ name: "FILE", help: "the file to write, such as acme.json" }],
    required: ["fulcio-url", "fulcio-chain", "rekor-url", "rekor-key", "ct-url", "ct-key"],
    options: ["rekor-version", "rekor-origin", "tsa-url", "tsa-chain", "oidc-issuer", "valid-from", "force", ...TRUST_OUTPUT],
    examples: [
      {
        line:
          "assay trust init acme.json --fulcio-url https://fulcio.acme.example --fulcio-chain fulcio.pem --rekor-url https://rekor.acme.example " +
          "--rekor-key rekor.pub --ct-url https://ct.acme.example --ct-key ct.pub --tsa-url https://tsa.acme.example/api/v1/timestamp " +
          "--tsa-chain tsa.pem --oidc-issuer https://login.acme.example",
        does: "for assay sign sigstore MODEL --trust-config acme.json, and to verify",
      },
      {
        line:
          "assay trust init acme.json --fulcio-url https://fulcio.acme.example --fulcio-chain fulcio.pem --rekor-url https://rekor.acme.example " +
          "--rekor-key rekor.pub --rekor-version 1 --ct-url https://ct.acme.example --ct-key ct.pub",
        does: "with a log of version 1 and no timestamp authority, to verify only",
      },
    ],
    refusal: "Not written",
    load: () => import("./commands/trust.ts"),
  },
  {
    words: ["openness"],
    summary: "how open is this model, and what is missing for the next class?",
    description:
      "Judges by the Model Openness Framework: 17 components, their licenses, three classes. Of a mof.yml it takes what is written " +
      "there; in a model's folder it looks for evidence, and answers twice: by what lies there, and if what is claimed is true. " +
      "Openness is neither safety nor quality.",
    arguments: [{ name: "FILE", help: "a mof.yml, or a model's folder; several may be given", many: true }],
    required: [],
    options: ["strict", "markdown", "badge", "force", "write", ...OPENNESS_TRUST_OPTIONS, ...MODEL_OPTIONS, ...COMMON_OPTIONS],
    examples: [
      { line: "assay openness mof.yml", does: "the class, every component, and what to do for the next class" },
      { line: "assay openness ./granite --markdown --badge openness.svg", does: "a section for the README, and its badge" },
    ],
    refusal: "Not evaluated",
    load: () => import("./commands/openness.ts"),
  },
  {
    words: ["openness", "list"],
    summary: "which models are how open? The public evaluations, and your own",
    description:
      "The evaluations that the Model Openness Tool publishes, as this program judges them, the most open first; with --files, your own " +
      "beside them. Every question narrows the list; WORDs are looked for in names and organizations. Exit code 1 where none is left.",
    arguments: [{ name: "WORD", help: "what the name or organization holds", many: true, optional: true }],
    required: [],
    options: ["class", "organization", "type", "license", "parameters", "component", "files", "strict", "csv", ...TRUST_OUTPUT],
    examples: [
      { line: "assay openness list --class 3 --parameters 1B..10B", does: "open models of a size" },
      { line: "assay openness list --organization IBM --component Datasets:open --csv", does: "for a spreadsheet" },
    ],
    refusal: "Not listed",
    load: () => import("./commands/openness-list.ts"),
  },
  {
    words: ["openness", "show"],
    summary: "one public evaluation in full: every component, and what is missing",
    description:
      "The report of `assay openness FILE` on an evaluation of the list. NAME is the model's, in any case, or that of its file (Amber.yml) " +
      "where two are called alike.",
    arguments: [{ name: "NAME", help: "the model's name, such as Amber" }],
    required: [],
    options: ["files", "strict", "markdown", ...TRUST_OUTPUT],
    examples: [
      { line: "assay openness show Amber", does: "every component, with its license" },
      { line: "assay openness show GPT-NeoX-20B --markdown", does: "as a section for a model card" },
    ],
    refusal: "Not shown",
    load: () => import("./commands/openness-show.ts"),
  },
  {
    words: ["openness", "compare"],
    summary: "how do models differ in openness, component by component?",
    description:
      "Puts two or more side by side: class, progress, and each component with its license. A MODEL is a mof.yml, a model's folder (judged by " +
      "what lies in it), or the name of a public evaluation; what lies on disk counts first.",
    arguments: [{ name: "MODEL", help: "a mof.yml, a model's folder, or a name of the list; two or more", many: true }],
    required: [],
    options: ["files", "strict", "markdown", ...TRUST_OUTPUT],
    examples: [
      { line: "assay openness compare Amber BLOOM", does: "two public evaluations" },
      { line: "assay openness compare ./granite mof.yml Amber --markdown", does: "a table for a README" },
    ],
    refusal: "Not compared",
    load: () => import("./commands/openness-compare.ts"),
  },
  {
    words: ["openness", "import"],
    summary: "make a mof.yml of a model card, or of the Model Openness Tool's YAML or JSON",
    description:
      "Of a model card (a README.md, or a folder with one) what its front matter and links say is taken over, each marked with where it comes from; " +
      "the rest is left for you to fill in, marked too. Nothing is guessed. YAML and JSON of the Model Openness Tool keep every field. Without " +
      "FILE it is printed.",
    arguments: [
      { name: "SOURCE", help: "a model card, or the tool's model.yml or model.json" },
      { name: "FILE", help: "the file to write, such as mof.yml", optional: true },
    ],
    required: [],
    options: ["force", ...TRUST_OUTPUT],
    examples: [
      { line: "assay openness import ./granite/README.md", does: "shows what the card can say" },
      { line: "assay openness import model.json mof.yml", does: "writes mof.yml" },
    ],
    refusal: "Not imported",
    load: () => import("./commands/openness-import.ts"),
  },
  {
    words: ["openness", "schema"],
    summary: "print the JSON schema of a mof.yml",
    description:
      "What assay openness reads, as a JSON schema (draft 2020-12) for editors and CI: all that the Model Openness Tool's format allows, and " +
      "its older forms. With --result, the schema of what assay openness --json prints.",
    arguments: [],
    required: [],
    options: ["result", ...TRUST_OUTPUT],
    examples: [
      { line: "assay openness schema", does: "of a mof.yml" },
      { line: "assay openness schema --result", does: "of the answer" },
    ],
    refusal: "No schema",
    load: () => import("./commands/openness-schema.ts"),
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
