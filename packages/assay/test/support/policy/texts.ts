import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { MANIFEST } from "./facts.ts";

/** A policy with every key. */
export const TEXT = `version: 1
name: production
uri: https://example.com/policies/production
always:
  load: { level: data-only, on-unknown: incomplete }
  advisories: { from: [advisories], max-age: 30d }
models:
  - id: banned
    match: { manifest: "${MANIFEST}" }
    deny: withdrawn by its publisher
  - id: granite
    match: { reference: "hf:ibm-granite/**" }
    rules:
      signers:
        - name: releases
          sigstore: { identity: Granite-sign@example.com, issuer: https://sigstore.example.com/oauth2 }
        - name: our intake
          key: { file: keys/intake.pub }
          valid-until: 2027-06-30
        - certificate: { roots: [ca.pem], subject: "a@example.com", usage: code-signing }
      coverage: weights
      formats: [safetensors, gguf]
      license: { allow: [Apache-2.0, MIT], deny: ["@non-commercial"], basis: claimed }
      openness: { class: 3, components: { Technical report: required }, on-fail: warn }
      size: { max-bytes: 1.5GB, max-memory: 80GiB }
      pin: required
waivers:
  - rule: load
    manifest: "${MANIFEST}"
    reason: a model of the risk team, to be converted
    issued: 2026-12-01
    expires: 2027-01-31
    approved-by: [a@example.com, b@example.com]
`;

/** The short form of each rule. */
export const SHORT = `version: 1
name: s
models:
  - match: { name: x }
    rules:
      signers: [{ key: { pem: "-----BEGIN PUBLIC KEY-----" } }]
      coverage: complete
      pin: if-present
      load: any
      license: [MIT, "@open"]
      openness: 2
      digests: attested
      advisories: warn
`;

/** What is replaced in TEXT, by what, and the first fault: its code, line and column. */
export const FAULTS: readonly (readonly [what: string, from: string, to: string, code: ErrorCode, line: number, column: number])[] = [
  ["another version", "version: 1", "version: 2", "POLICY_VERSION", 1, 10],
  ["a version as text", "version: 1", "version: '1'", "POLICY_TYPE", 1, 10],
  ["a version that is not whole", "version: 1", "version: 1.0", "POLICY_VALUE", 1, 10],
  ["no version", "version: 1\n", "", "POLICY_KEY_MISSING", 1, 1],
  ["a name with capitals", "name: production", "name: Production", "POLICY_VALUE", 2, 7],
  ["a number for a name", "name: production", "name: 7", "POLICY_TYPE", 2, 7],
  ["an address with a query", "policies/production", "policies/production?a", "POLICY_VALUE", 3, 6],
  ["an address with a user", "https://example.com/policies", "https://me@example.com/policies", "POLICY_VALUE", 3, 6],
  ["an unknown key", "pin: required", "pins: required", "POLICY_KEY_UNKNOWN", 26, 7],
  ["an unknown key deep inside", "max-age", "max-aeg", "POLICY_KEY_UNKNOWN", 6, 37],
  ["a boolean for a word", "pin: required", "pin: true", "POLICY_TYPE", 26, 12],
  ["an unknown word", "pin: required", "pin: requird", "POLICY_VALUE", 26, 12],
  ["an unknown format", "gguf]", "ggufs]", "POLICY_VALUE", 22, 30],
  ["a size with a blank", "1.5GB", "1.5 GB", "POLICY_VALUE", 25, 26],
  ["a size in quotes", "1.5GB", "'15'", "POLICY_TYPE", 25, 26],
  ["a size that is not whole", "1.5GB", "1.0000000001kB", "POLICY_VALUE", 25, 26],
  ["a size of zero", "1.5GB", "0", "POLICY_VALUE", 25, 26],
  ["a size in hexadecimal", "1.5GB", "0x10", "POLICY_VALUE", 25, 26],
  ["a class in quotes", "class: 3", "class: '3'", "POLICY_TYPE", 24, 26],
  ["a class beyond three", "class: 3", "class: 4", "POLICY_VALUE", 24, 26],
  ["a component that is unknown", "Technical report:", "Technical reprt:", "POLICY_KEY_UNKNOWN", 24, 43],
  ["a day that does not exist", "2027-06-30", "2027-02-30", "POLICY_VALUE", 19, 24],
  ["a span without a unit", "30d", "30", "POLICY_TYPE", 6, 46],
  ["a span of zero", "30d", "0d", "POLICY_VALUE", 6, 46],
  ["an unknown category", "@non-commercial", "@noncommercial", "POLICY_VALUE", 23, 51],
  ["an expression for a license", "[Apache-2.0, MIT]", "[Apache-2.0 OR MIT]", "POLICY_VALUE", 23, 26],
  ["any issuer", "issuer: https://sigstore.example.com/oauth2", "issuer: '*'", "POLICY_VALUE", 16, 67],
  ["an issuer without encryption", "issuer: https:", "issuer: http:", "POLICY_VALUE", 16, 67],
  ["a pattern that is not one", "identity: Granite-sign@example.com", "identity-regexp: '(a'", "POLICY_VALUE", 16, 40],
  ["no issuer", ", issuer: https://sigstore.example.com/oauth2", "", "POLICY_KEY_MISSING", 16, 23],
  [
    "two kinds of signer in one",
    "key: { file: keys/intake.pub }",
    "key: { file: k }\n          certificate: { roots: [a] }",
    "POLICY_VALUE",
    19,
    11,
  ],
  ["a certificate without roots", "roots: [ca.pem], ", "", "POLICY_KEY_MISSING", 20, 26],
  ["an empty list", "[a@example.com, b@example.com]", "[]", "POLICY_VALUE", 33, 18],
  ["an empty mapping", 'match: { reference: "hf:ibm-granite/**" }', "match: {}", "POLICY_VALUE", 12, 12],
  ["a reason that is too short", "a model of the risk team, to be converted", "short", "POLICY_VALUE", 30, 13],
  ["a waiver of advisories in general", "rule: load", "rule: advisories", "POLICY_KEY_MISSING", 28, 5],
  ["a waiver of an advisory for another rule", "rule: load", "rule: load\n    advisory: x_1", "POLICY_VALUE", 29, 5],
  ["a waiver for too long", "expires: 2027-01-31", "expires: 2028-01-31", "POLICY_VALUE", 32, 14],
  ["a waiver that ends before it was given", "expires: 2027-01-31", "expires: 2026-01-31", "POLICY_VALUE", 32, 14],
  [
    "a digest in capitals",
    `manifest: "${MANIFEST}"\n    reason`,
    `manifest: "${MANIFEST.toUpperCase()}"\n    reason`,
    "POLICY_VALUE",
    29,
    15,
  ],
  ["an anchor", "always:", "always: &a", "POLICY_ALIAS", 5, 3],
  ["a merge key", "pin: required", "<<: required", "POLICY_ALIAS", 26, 7],
  ["a tag", "name: production", "name: !!str production", "POLICY_ALIAS", 2, 13],
  ["a key given twice", "pin: required", "pin: required\n      pin: required", "YAML_DUPLICATE_KEY", 27, 7],
  ["an id given twice", "id: granite", "id: banned", "POLICY_VALUE", 11, 9],
  ["neither rules nor deny", "    deny: withdrawn by its publisher\n", "", "POLICY_KEY_MISSING", 8, 5],
  [
    "rules and deny",
    "    deny: withdrawn by its publisher",
    "    deny: withdrawn by its publisher\n    rules: { load: any }",
    "POLICY_VALUE",
    11,
    5,
  ],
  [
    "a wildcard for a name that is allowed",
    "load: { level: data-only,",
    "load: { level: data-only, allow: [sklearn.*],",
    "POLICY_VALUE",
    5,
    37,
  ],
  ["a NUL in a comment", "name: production", "name: production # \u0000", "YAML_SYNTAX", 2, 20],
  ["a directive", "version: 1", "%YAML 1.1\n---\nversion: 1", "YAML_SYNTAX", 1, 1],
  ["a second document", "waivers:", "---\nwaivers:", "YAML_SYNTAX", 27, 1],
];
