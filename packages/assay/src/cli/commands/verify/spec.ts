import type { MethodSpec, VerifyMethod } from "../../command.ts";
import type { OptionName } from "../../command-line/options.ts";
import {
  COMMON_OPTIONS,
  IDENTITY_CONFLICTS,
  INSTANCE_OPTIONS,
  MODEL,
  MODEL_OPTIONS,
  REMOTE_OPTIONS,
  WITNESS_OPTIONS,
} from "../../command-line/spec-parts.ts";

const VERIFY_OPTIONS: readonly OptionName[] = [
  "signature",
  "expect-digest",
  "ignore-unsigned-files",
  "require-all",
  "save",
  ...MODEL_OPTIONS,
  ...REMOTE_OPTIONS,
  "digests",
  ...COMMON_OPTIONS,
];

const VERIFY_HELP = {
  signature: "the signature to verify; default: found as described above; - is standard input",
  "certificate-chain": "the root that you trust (self-signed), and intermediate certificates if the signature lacks them",
} as const;

/** `assay verify …`: one for each method. */
export const VERIFY: readonly MethodSpec<VerifyMethod>[] = [
  {
    words: ["verify", "sigstore"],
    method: "sigstore",
    topic: "verify",
    summary: "are these the bytes that this person or CI job signed?",
    description:
      "Checks the signer, by the certificate in the signature, the logs that recorded it and the proven time, then every file. The " +
      "trusted root is that of the public instance, refreshed once a day; --offline uses no network. Without --identity it only shows " +
      "who claims to have signed, which verifies nothing.",
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
    optionHelp: VERIFY_HELP,
    conflicts: IDENTITY_CONFLICTS,
    examples: [
      {
        line: "assay verify sigstore ./granite --identity release@example.com --identity-provider https://accounts.google.com",
        does: "exactly this person",
      },
      {
        line: "assay verify sigstore ./granite --identity-regexp https://github.com/acme/.* --identity-provider https://token.actions.githubusercontent.com --offline",
        does: "any workflow of an organization, without a network",
      },
    ],
    refusal: "Not verified",
  },
  {
    words: ["verify", "key"],
    method: "key",
    topic: "verify",
    summary: "are these the bytes that the holder of this key signed?",
    description:
      "Checks the signature with the public key, then every file against the signed list. Without --signature it takes the one " +
      "signature in the model's folder (model.sig, *.oms.sig, *.sigstore.json, .kaggle/signing.json), or else model.sig in the current folder.",
    arguments: [MODEL],
    required: ["public-key"],
    options: [...WITNESS_OPTIONS, ...VERIFY_OPTIONS],
    optionHelp: VERIFY_HELP,
    examples: [
      { line: "assay verify key ./granite --public-key ibm.pub", does: "exit code 0: yes; 1: no; 3: could not tell" },
      { line: "assay verify key ./granite --public-key ibm.pub --signature granite.sig --json", does: "the same for a program" },
    ],
    refusal: "Not verified",
  },
  {
    words: ["verify", "certificate"],
    method: "certificate",
    topic: "verify",
    summary: "are these the bytes that a certificate under this root signed?",
    description:
      "Checks the signature with its certificate, the certificate's path to a root that you name, then every file. No roots are trusted by " +
      "default. Any certificate under the root that may sign is accepted: restrict it with --certificate-identity or --certificate-fingerprint.",
    arguments: [MODEL],
    required: ["certificate-chain"],
    options: [
      "certificate-identity",
      "certificate-fingerprint",
      "require-code-signing",
      "strict-certificates",
      "crl",
      "log-fingerprints",
      ...WITNESS_OPTIONS,
      ...VERIFY_OPTIONS,
    ],
    optionHelp: VERIFY_HELP,
    examples: [
      { line: "assay verify certificate ./granite --certificate-chain ca.pem", does: "any signer under this root" },
      {
        line: "assay verify certificate ./granite --certificate-chain ca.pem --certificate-identity models@ibm.example",
        does: "this signer only",
      },
    ],
    refusal: "Not verified",
  },
];
