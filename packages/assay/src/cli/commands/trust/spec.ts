import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, INSTANCE_OPTIONS } from "../../command-line/spec-parts.ts";

export interface TrustSpec extends CommandSpec {
  readonly action: "show" | "update" | "export" | "init";
}

const FILE_HELP = { force: "replace FILE where it exists" } as const;

/** `assay trust …`: which keys and authorities are trusted for keyless signatures. */
export const TRUST: readonly TrustSpec[] = [
  {
    words: ["trust", "show"],
    action: "show",
    topic: "trust",
    summary: "which keys and authorities are trusted for keyless signatures?",
    description:
      "Shows the trusted root that a verification without a network uses: its logs, certificate authorities and timestamp authorities, " +
      "the time for which each counts, and where the root comes from. Uses no network.",
    arguments: [],
    required: [],
    options: [...INSTANCE_OPTIONS, ...BRIEF_OPTIONS],
    optionHelp: FILE_HELP,
    examples: [
      { line: "assay trust show", does: "the public instance" },
      { line: "assay trust show --trust-config acme.json --verbose", does: "a private one, with whole fingerprints" },
    ],
    refusal: "Nothing to show",
  },
  {
    words: ["trust", "update"],
    action: "update",
    topic: "trust",
    summary: "fetch the newest trusted root now, and say what changed",
    description:
      "Asks the instance's TUF repository and keeps the root for later verifications, which otherwise ask once a day. Metadata that does " +
      "not verify changes nothing; the exit code is then 3.",
    arguments: [],
    required: [],
    options: ["use-staging", "tuf-url", "tuf-root", ...BRIEF_OPTIONS],
    optionHelp: FILE_HELP,
    examples: [
      { line: "assay trust update", does: "the public instance" },
      { line: "assay trust update --tuf-url https://tuf.acme.example --tuf-root root.json", does: "a private one" },
    ],
    refusal: "Not updated",
  },
  {
    words: ["trust", "export"],
    action: "export",
    topic: "trust",
    summary: "write the trusted root to a file, for a machine without a network",
    description:
      "Fetches the newest root and writes it. Where that fails, nothing is written and the exit code is 3; --offline writes the cached or " +
      "bundled root. On the other machine, verify with `assay verify sigstore --trusted-root FILE --offline`. The file of a private repository " +
      "with a signing configuration has that too, for --trust-config.",
    arguments: [{ name: "FILE", help: "the file to write, such as trusted_root.json", mayBePath: true }],
    required: [],
    options: [...INSTANCE_OPTIONS, "offline", ...BRIEF_OPTIONS],
    optionHelp: FILE_HELP,
    examples: [
      { line: "assay trust export trusted_root.json", does: "the newest one" },
      { line: "assay trust export trusted_root.json --offline --force", does: "the cached or bundled one, over an older file" },
    ],
    refusal: "Not written",
  },
  {
    words: ["trust", "init"],
    action: "init",
    topic: "trust",
    summary: "describe a Sigstore instance of your own, to sign and verify with it",
    description:
      "Makes a trusted root from the keys and certificates of a private instance; with --oidc-issuer, a trust configuration, which can sign " +
      "too. Keys and chains are checked before anything is written. Uses no network.",
    arguments: [{ name: "FILE", help: "the file to write, such as acme.json", mayBePath: true }],
    required: ["fulcio-url", "fulcio-chain", "rekor-url", "rekor-key", "ct-url", "ct-key"],
    options: ["rekor-version", "rekor-origin", "tsa-url", "tsa-chain", "oidc-issuer", "valid-from", ...BRIEF_OPTIONS],
    optionHelp: {
      ...FILE_HELP,
      "fulcio-url": "the certificate authority",
      "rekor-url": "the transparency log",
      "tsa-url": "the timestamp authority, the whole URL",
      "tsa-chain": "certificates of the timestamp authority, from its own up to its root",
      "oidc-issuer": "the OIDC issuer: with it, FILE can sign too",
    },
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
  },
];
