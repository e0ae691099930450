import type { MethodSpec, SignMethod } from "../../command.ts";
import type { OptionName } from "../../command-line/options.ts";
import { COMMON_OPTIONS, KEYLESS_OPTIONS, MODEL, MODEL_OPTIONS, REMOTE_OPTIONS, WITNESS_OPTIONS } from "../../command-line/spec-parts.ts";

const SIGN_OPTIONS: readonly OptionName[] = [
  "signature",
  "attach",
  "hash",
  "shard-size",
  ...MODEL_OPTIONS,
  ...REMOTE_OPTIONS,
  ...COMMON_OPTIONS,
];

/** The witnesses of a signature by a key or certificate. */
const SIGN_WITNESS_OPTIONS: readonly OptionName[] = ["tsa-url", "rekor-url", ...WITNESS_OPTIONS];

const ONE_KEY = [{ options: ["private-key", "key-uri"], why: "name two keys: give one of them" }] as const;

const SIGN_HELP = {
  signature: "where to write the signature; default model.sig in the current folder; - is standard output",
  "certificate-chain": "certificates of the path to the root, stored in the signature; in any order, in one file or several",
} as const;

/** `assay sign …`: one for each method. */
export const SIGN: readonly MethodSpec<SignMethod>[] = [
  {
    words: ["sign", "sigstore"],
    method: "sigstore",
    topic: "sign",
    summary: "put my name to these bytes, by logging in instead of a key",
    description:
      "Hashes the model, then signs it with your identity: the given token, else the CI job's credentials if requested, else a login by " +
      "browser or by code. The signature names you, and is recorded permanently in a public transparency log. For a private instance: " +
      "--trust-config.",
    arguments: [MODEL],
    required: [],
    options: [...KEYLESS_OPTIONS, ...SIGN_OPTIONS],
    optionHelp: SIGN_HELP,
    examples: [
      { line: "assay sign sigstore ./granite", does: "logs in with a browser, writes model.sig" },
      {
        line: "assay sign sigstore ./granite --use-ambient-credentials --trust-config acme.json",
        does: "in CI, with an organization's own Sigstore",
      },
    ],
    refusal: "Not signed",
  },
  {
    words: ["sign", "key"],
    method: "key",
    topic: "sign",
    summary: "put my name to these bytes, with a private key",
    description:
      "Hashes every file of the model and signs the list of digests. The signature is a Sigstore bundle as OpenSSF Model Signing " +
      "defines it, written to model.sig in the current folder unless --signature says otherwise.",
    arguments: [MODEL],
    required: ["private-key"],
    instead: { "private-key": ["key-uri"] },
    options: ["password", "key-uri", "module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
    optionHelp: SIGN_HELP,
    conflicts: ONE_KEY,
    examples: [
      { line: "assay sign key ./granite --private-key key.pem", does: "writes model.sig" },
      {
        line: "assay sign key ./granite --private-key key.pem --signature granite/model.sig --ignore-paths granite/training.log",
        does: "keeps the signature in the model, and leaves a file out",
      },
    ],
    refusal: "Not signed",
  },
  {
    words: ["sign", "certificate"],
    method: "certificate",
    topic: "sign",
    summary: "put my name to these bytes, with a key and its certificate",
    description:
      "Like `sign key`, and puts the certificate and its path to a root into the signature, so that anyone who trusts the root can " +
      "see who signed. Without --certificate-chain the signature holds the signing certificate alone.",
    arguments: [MODEL],
    required: ["private-key", "signing-certificate"],
    instead: { "private-key": ["key-uri"] },
    options: ["certificate-chain", "password", "key-uri", "module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
    optionHelp: SIGN_HELP,
    conflicts: ONE_KEY,
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
  },
  {
    words: ["sign", "pkcs11-key"],
    method: "pkcs11-key",
    topic: "sign",
    summary: "put my name to these bytes, with a key on a token",
    description:
      "Like `sign key`, with a key that never leaves a smart card, a security module or SoftHSM. The PIN comes from the URI's " +
      "pin-source, from ASSAY_PKCS11_PIN, or from a prompt; a wrong one is tried once.",
    arguments: [MODEL],
    required: ["pkcs11-uri"],
    options: ["module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
    optionHelp: SIGN_HELP,
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
  },
  {
    words: ["sign", "pkcs11-certificate"],
    method: "pkcs11-certificate",
    topic: "sign",
    summary: "put my name to these bytes, with a key on a token and its certificate",
    description:
      "Like `sign certificate`, with a key on a token. Without --signing-certificate, it uses the key's certificate on the token.",
    arguments: [MODEL],
    required: ["pkcs11-uri"],
    options: ["signing-certificate", "certificate-chain", "module-path", ...SIGN_WITNESS_OPTIONS, ...SIGN_OPTIONS],
    optionHelp: SIGN_HELP,
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
  },
];
