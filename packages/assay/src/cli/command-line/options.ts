/** Headings under which help and docs/commands.md list options, in this order. */
export const OPTION_GROUPS = {
  method: "Who signs",
  identity: "The identity (keyless signing)",
  instance: "The Sigstore instance, or other witnesses",
  signature: "The signature",
  model: "The model",
  decision: "The decision",
  evidence: "The evidence",
  advisory: "The advisory",
  load: "Loading",
  openness: "Openness",
  work: "The work",
  output: "Output",
} as const;

type OptionGroup = keyof typeof OPTION_GROUPS;

export interface OptionSpec {
  readonly group: OptionGroup;
  /** The value's name in help; absent for a switch. */
  readonly value?: string;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
  /** Other spellings of a choice. */
  readonly synonyms?: Readonly<Record<string, string>>;
  readonly short?: string;
  /** Its value is never printed again. */
  readonly secret?: true;
  /** May be given several times, or once with a comma-separated list. */
  readonly repeatable?: true;
  /** A switch that is on by default, or whose negative form the reference has: `--no-` is spelled in help. */
  readonly negative?: "default-on" | "default-off";
  /** One sentence, no full stop; the default at its end where there is one. */
  readonly help: string;
}

/** What `--log-level` takes, the most talkative first. */
export const LOG_LEVELS = ["debug", "info", "warning", "error", "critical", "silent"] as const;
export const LOG_LEVEL_SYNONYMS: Readonly<Record<string, string>> = { warn: "warning", none: "silent", off: "silent" };

/**
 * Every option of every command, once: the parser, the help and docs/commands.md read this table.
 * A name means the same thing, and takes or does not take a value, wherever it appears.
 */
const OPTIONS = {
  "private-key": { group: "method", value: "FILE", help: "the private key that signs: PEM or DER (PKCS#8, SEC1, PKCS#1), or cosign.key" },
  password: {
    group: "method",
    value: "PASSWORD",
    secret: true,
    help: "password of the private key; prefer ASSAY_KEY_PASSWORD or the prompt: other users can see command lines",
  },
  "public-key": { group: "method", value: "FILE", help: "the signer's public key (SPKI, PEM or DER)" },
  "signing-certificate": { group: "method", value: "FILE", help: "the certificate of the private key, PEM or DER" },
  "certificate-chain": {
    group: "method",
    value: "FILE",
    repeatable: true,
    help: "certificates, in any order, in one file or several; when verifying, a self-signed one is the root that you trust",
  },
  "certificate-identity": {
    group: "method",
    value: "NAME",
    help: "accept only this signer: a subject alternative name, or the whole subject, exactly",
  },
  "certificate-fingerprint": { group: "method", value: "HEX", help: "accept only the certificate with this SHA-256 fingerprint" },
  "require-code-signing": {
    group: "method",
    help: "accept only a signer certificate with the extended key usage codeSigning; default: one without any is accepted too",
  },
  "strict-certificates": {
    group: "method",
    help: "reject certificates that do not follow RFC 5280 in every detail; default: a warning",
  },
  "log-fingerprints": { group: "method", help: "print the SHA-256 fingerprints of all certificates on the path to the root" },
  crl: {
    group: "method",
    value: "FILE",
    repeatable: true,
    help: "check with these revocation lists (PEM or DER) that no certificate is revoked; default: revocation is not checked",
  },
  "key-uri": {
    group: "method",
    value: "URI",
    help: "a key that is not in a file: hashivault://NAME, pkcs11:…, or NAME://… for the plug-in sigstore-kms-NAME",
  },
  "pkcs11-uri": { group: "method", value: "URI", help: "the token and key, as RFC 7512 writes them: pkcs11:token=…;object=…" },
  "module-path": {
    group: "method",
    value: "PATH",
    repeatable: true,
    help: "the PKCS#11 module, or a folder to look for it in; default: the URI's module-path or module-name",
  },

  identity: { group: "identity", value: "IDENTITY", help: "accept only this signer: an e-mail address, a URI or a name, exactly" },
  "identity-provider": { group: "identity", value: "URL", help: "accept only identities that this OIDC issuer vouches for, exactly" },
  "identity-regexp": { group: "identity", value: "PATTERN", help: "accept signers that match, from start to end (RE2 syntax)" },
  "identity-provider-regexp": { group: "identity", value: "PATTERN", help: "accept issuers that match, from start to end (RE2 syntax)" },
  "identity-token": {
    group: "identity",
    value: "TOKEN",
    secret: true,
    help: "sign with this OIDC token; prefer SIGSTORE_ID_TOKEN or CI credentials: other users can see command lines",
  },
  "use-ambient-credentials": {
    group: "identity",
    help: "sign as this CI job or machine: GitHub Actions, GitLab, Google Cloud, Buildkite, CircleCI",
  },
  "oauth-force-oob": { group: "identity", help: "log in with a browser on another machine, and type the code that it shows" },
  "client-id": { group: "identity", value: "ID", help: "the OAuth client to log in as; default sigstore" },
  "client-secret": { group: "identity", value: "SECRET", secret: true, help: "the OAuth client's secret; default: none" },
  "oidc-issuer": { group: "identity", value: "URL", help: "the OIDC issuer to log in at; default: the instance's" },

  "fulcio-chain": {
    group: "instance",
    value: "FILE",
    repeatable: true,
    help: "certificates of the certificate authority, from the issuing one up to its root",
  },
  "rekor-key": { group: "instance", value: "FILE", help: "the transparency log's public key, PEM or DER" },
  "rekor-version": {
    group: "instance",
    value: "VERSION",
    choices: ["1", "2"],
    help: "the version of the transparency log; default: 2 for an Ed25519 key, else 1",
  },
  "rekor-origin": {
    group: "instance",
    value: "NAME",
    help: "the name of a log of version 2 in its checkpoints; default: the host of its URL",
  },
  "ct-url": { group: "instance", value: "URL", help: "the certificate transparency log" },
  "ct-key": { group: "instance", value: "FILE", help: "the public key of the certificate transparency log, PEM or DER" },
  "valid-from": {
    group: "instance",
    value: "DATE",
    help: "when the instance started, such as 2026-01-31; default: when its certificate authority's certificate became valid",
  },
  "tuf-url": { group: "instance", value: "URL", help: "the TUF repository of a private instance; needs --tuf-root" },
  "tuf-root": { group: "instance", value: "FILE", help: "the root metadata (root.json) that verifies the repository" },
  "use-staging": { group: "instance", help: "use the staging instance of Sigstore instead of the public one; for tests" },
  "trust-config": {
    group: "instance",
    value: "FILE",
    help: "a private instance: a client trust configuration, or a trusted root alone; default: the public instance",
  },
  "trusted-root": {
    group: "instance",
    value: "FILE",
    help: "the keys and certificates to trust (trusted_root.json) instead of the instance's own",
  },
  offline: { group: "instance", help: "use no network: cached or bundled trusted root" },
  "fulcio-url": { group: "instance", value: "URL", help: "the certificate authority that issues the certificate" },
  "rekor-url": { group: "instance", value: "URL", help: "the transparency log to write the signature to" },
  "tsa-url": { group: "instance", value: "URL", help: "the timestamp authority, the whole URL" },
  "tsa-chain": {
    group: "instance",
    value: "FILE",
    repeatable: true,
    help: "certificates of a timestamp authority that you trust, up to its root: signer certificates are checked at its time",
  },

  signature: { group: "signature", value: "FILE", help: "the signature file" },
  hash: {
    group: "signature",
    value: "ALGORITHM",
    choices: ["sha256", "blake2b", "blake3"],
    help: "hash the files with this; default sha256",
  },
  "shard-size": { group: "signature", value: "BYTES", help: "hash files in shards of this many bytes; default: whole files" },
  "expect-digest": {
    group: "signature",
    value: "DIGEST",
    help: "accept only the model with this manifest digest (sha256:…), recorded earlier by `assay digest --manifest`",
  },

  "ignore-paths": {
    group: "model",
    value: "PATH",
    repeatable: true,
    help: "leave out this file or folder of the model; recorded in the signature",
  },
  "ignore-git-paths": {
    group: "model",
    negative: "default-on",
    help: "leave out .git, .gitignore, .gitattributes and .github at the top of the model; default on",
  },
  "allow-symlinks": { group: "model", help: "follow symbolic links; by default one is an error" },
  "ignore-unsigned-files": {
    group: "model",
    negative: "default-off",
    help: "tolerate files that the signature does not list (they are counted and named); default off",
  },

  "require-all": {
    group: "model",
    help: "fail if the signature does not cover everything in the model, even what the signer, git rules or options leave out",
  },
  save: {
    group: "model",
    value: "FOLDER",
    help: "save the signed files of a model on a server, and its signature, to this new folder, once all are verified",
  },
  parallel: { group: "model", value: "N", help: "read so many files of a model on a server at once; default 4" },
  digests: {
    group: "model",
    value: "ORIGIN",
    choices: ["computed", "attested"],
    help: "where the digests of files on a server are from: read and hashed here, or attested by the server, which is then believed; default computed",
  },
  "allow-host": {
    group: "model",
    value: "HOST",
    repeatable: true,
    help: "a server may send requests on to this host, whatever its address; by default only to public addresses, and to its own kind",
  },
  "plain-http": {
    group: "model",
    help: "ask a registry without TLS, and without an account; one on this machine needs no option",
  },
  attach: {
    group: "model",
    help: "attach the signature to the model in its registry, where verify finds it; no file is written without --signature",
  },
  manifest: { group: "output", help: "print the manifest digest, which covers names too: the one to record and pin" },

  policy: { group: "decision", value: "FILE", help: "the policy that decides (YAML); docs/policy.md explains it" },
  as: {
    group: "decision",
    value: "REFERENCE",
    help: "the model is a copy of this one: hf:owner/name, hf:owner/name@commit or oci:registry/repository; your word, and no proof",
  },
  at: {
    group: "decision",
    value: "TIME",
    help: "decide for this moment, such as 2027-01-31T12:00:00Z: certificates, windows, waivers and ages; default: now",
  },
  lock: { group: "decision", value: "FILE", help: "the lock file with what was pinned; default: assay.lock beside the policy" },
  advisories: {
    group: "decision",
    value: "PATH",
    repeatable: true,
    help: "a source of advisories beside the policy's own: an OSV file, or a folder of them",
  },
  sector: {
    group: "decision",
    value: "SECTOR",
    choices: ["finance", "healthcare", "public", "it", "research"],
    help: "whose first concerns the policy answers",
  },
  publisher: {
    group: "decision",
    value: "NAME",
    repeatable: true,
    help: "an entry for a publisher whose signatures are known, such as ibm-granite",
  },
  check: { group: "decision", help: "write nothing: say whether the lock file is up to date, and which of its models are not given" },
  record: {
    group: "decision",
    value: "FILE",
    help: "write the facts that the decision rests on, to decide by other policies again: policy test, policy diff",
  },
  "fail-on-warn": { group: "decision", help: "a warning denies" },
  html: { group: "output", value: "FILE", help: "write the report to this file, as a web page without scripts" },
  evidence: {
    group: "evidence",
    value: "FOLDER",
    help: "write statements, bills of materials and the decision to this folder, made if missing; docs/evidence.md explains them",
  },
  sign: {
    group: "evidence",
    value: "METHOD",
    choices: ["sigstore", "key", "certificate", "pkcs11-key", "pkcs11-certificate"],
    help: "sign the statements, with the options of assay sign METHOD; default: they are unsigned, and prove nothing to others",
  },
  "verifier-id": {
    group: "evidence",
    value: "URI",
    help: "what the evidence calls you as the one who checked; default urn:assay:verifier:unnamed",
  },
  "resource-uri": {
    group: "evidence",
    value: "URI",
    help: "accept only evidence about this resource, such as pkg:huggingface/OWNER/NAME; default: any",
  },
  "max-age": {
    group: "evidence",
    value: "TIME",
    help: "accept only evidence of a check in this time, such as 90d or 12h; default: any age",
  },
  redact: { group: "decision", help: "leave out paths and names of this machine; the model is then called by --as, or by its digest" },

  id: {
    group: "advisory",
    value: "ID",
    help: "the id of the advisory, such as x_acme-2026-1; default: x_assay-, the year and the beginning of the manifest digest",
  },
  summary: { group: "advisory", value: "TEXT", help: "one line that says what is wrong; default: the first finding" },

  allow: {
    group: "load",
    value: "NAME",
    repeatable: true,
    help: "accept this import by its exact name, such as sklearn.tree._tree.Tree; the first lines of the answer say so",
  },
  explain: { group: "load", help: "print what is allowed, with its source and date, and every reason; no model is needed" },
  sarif: { group: "load", value: "FILE", help: "write the findings to this file, as SARIF 2.1.0" },

  full: {
    group: "openness",
    help: "show every component with the files that show it, and every step; default: the class and what is missing",
  },
  "require-class": {
    group: "openness",
    value: "CLASS",
    choices: ["1", "2", "3"],
    synonyms: { I: "1", II: "2", III: "3", i: "1", ii: "2", iii: "3" },
    help: "end with 1 where the class is not reached, for CI: 1 or I (open science), 2 or II (open tooling), 3 or III (open model)",
  },
  class: {
    group: "openness",
    value: "CLASS",
    repeatable: true,
    help: "those of this class: 1 (open science), 2 (open tooling), 3 (open model) or none",
  },
  organization: { group: "openness", value: "NAME", repeatable: true, help: "those by this organization" },
  type: {
    group: "openness",
    value: "TYPE",
    repeatable: true,
    help: "those of this type: language, code, multimodal, …; none where it is unknown",
  },
  license: { group: "openness", value: "LICENSE", repeatable: true, help: "those with something under this license, by any of its names" },
  parameters: {
    group: "openness",
    value: "RANGE",
    help: "those with a number of parameters in this range, such as 1B..10B, ..7B or 70B..",
  },
  component: {
    group: "openness",
    value: "NAME[:STATE]",
    repeatable: true,
    help: "those with this component; NAME:open for one under an open license, NAME:missing for those that lack it, NAME:unlicensed, NAME:invalid",
  },
  files: { group: "openness", value: "PATH", repeatable: true, help: "beside the public ones, this mof.yml, or all in this folder" },
  badge: { group: "openness", value: "FILE", help: "write a badge to this SVG file" },
  write: { group: "openness", help: "write what was found and claimed to the folder's mof.yml; its comments and order stay" },
  strict: { group: "openness", help: "answer as the Model Openness Tool does, in every detail: licenses are compared letter by letter" },

  threads: { group: "work", value: "N", help: "hash with this many threads; default: one per processor" },
  cache: { group: "work", value: "FOLDER", help: "keep digests of unchanged files in this folder; default: no cache" },
  timeout: { group: "work", short: "t", value: "TIME", help: "stop after this time, such as 90s, 10m or 1h30m; default: never" },

  csv: { group: "output", help: "print comma-separated values (RFC 4180), one line for each evaluation" },
  markdown: { group: "output", help: "print Markdown, for a README or a model card" },
  result: { group: "output", help: "print the schema of what assay openness --json prints" },
  json: { group: "output", help: "print one JSON object instead of text; its schema is in the package, assay/schemas/*.json" },
  quiet: { group: "output", help: "print only errors: the exit code is the answer" },
  verbose: { group: "output", help: "print more: full digests, times, every certificate" },
  progress: { group: "output", negative: "default-on", help: "show progress on standard error; default on" },
  color: { group: "output", value: "WHEN", choices: ["auto", "always", "never"], help: "color the output; default auto" },
  "output-file": {
    group: "output",
    value: "FILE",
    help: "write the result to this file instead of standard output; an existing file only with --force",
  },
  force: { group: "output", help: "replace the output file, whatever it is; default: only an older signature or badge" },
  "log-level": {
    group: "output",
    value: "LEVEL",
    choices: LOG_LEVELS,
    synonyms: LOG_LEVEL_SYNONYMS,
    help: "what to print on standard error besides errors; debug adds stack traces; default info, or MODEL_SIGNING_LOG_LEVEL",
  },
  "log-format": { group: "output", value: "FORMAT", choices: ["text", "json"], help: "format of standard error; default text" },
  help: { group: "output", short: "h", help: "show help for the command" },
  version: { group: "output", short: "V", help: "print the version" },

  keep: { group: "work", value: "FOLDER", help: "make the demo's files in this folder, new or empty, and keep them" },
  open: { group: "output", negative: "default-on", help: "open the report in a browser, where a person sits at a display; default on" },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** The table, with its general type for code that walks it. */
export const OPTION_TABLE: Readonly<Record<OptionName, OptionSpec>> = OPTIONS;
