import type { Rule } from "./rule.ts";

const parse = { file: "src/bundle/parse.ts", test: "test/bundle/parse.test.ts" };
const material = { file: "src/bundle/material.ts", test: "test/bundle/parse.test.ts" };
const mediaType = { file: "src/bundle/media-type.ts", test: "test/bundle/parse.test.ts" };
const logEntry = { file: "src/bundle/log-entry.ts", test: "test/bundle/log-entry.test.ts" };

/** The shape of a bundle, before anything in it is verified. */
export const rules: readonly Rule[] = [
  {
    ...parse,
    rule: "a bundle over 256 MiB is rejected before it is read",
    text: "if (bytes.length > MAX_BUNDLE_BYTES) {",
    replacement: "if (bytes.length > 2 * MAX_BUNDLE_BYTES) {",
  },
  {
    ...parse,
    rule: "a bundle with more values than any real one is rejected",
    text: "maxValues: MAX_VALUES",
    replacement: "maxValues: 100 * MAX_VALUES",
  },
  { ...parse, rule: "an unknown field at the top level is rejected", text: "!FIELDS.has(name)", replacement: "false" },
  {
    ...parse,
    rule: "the version is read before fields that a later version may have",
    text: 'return { root: document, version: readVersion(document.require("mediaType")) };',
    replacement:
      'for (const [name] of document.members()) if (!FIELDS.has(name)) document.fail(name, "BUNDLE_UNKNOWN_FIELD");\n    return { root: document, version: readVersion(document.require("mediaType")) };',
  },
  {
    ...parse,
    rule: "a media type that is not a Sigstore bundle's is rejected",
    text: "if (read === undefined) {",
    replacement: 'if (read === undefined) return "0.3";\n  if (read === undefined) {',
  },
  {
    ...parse,
    rule: "a later bundle version is reported as unknown, not as wrong",
    text: '"BUNDLE_VERSION_UNKNOWN",',
    replacement: '"BUNDLE_MEDIA_TYPE",',
  },
  {
    ...parse,
    rule: "a message signature beside an envelope is rejected",
    text: "envelope !== undefined && message !== undefined",
    replacement: "false",
  },
  {
    ...parse,
    rule: "a bundle without an envelope or message signature is rejected for that reason",
    text: `return root.fail('"dsseEnvelope" is missing', "BUNDLE_CONTENT")`,
    replacement: `return root.fail('"dsseEnvelope" is missing')`,
  },
  {
    ...parse,
    rule: "a bundle with only a message signature is not a model's",
    text: 'if (content.kind === "dsse") return { ...rest, envelope: content.envelope };',
    replacement:
      'if (content.kind === "dsse") return { ...rest, envelope: content.envelope };\n  return { ...rest, envelope: { payloadType: "", payload: content.signature, signature: content.signature } };',
  },
  {
    ...parse,
    rule: "an envelope without a signature is rejected for that reason",
    text: '"BUNDLE_SIGNATURE_COUNT"',
    replacement: '"BUNDLE_SHAPE"',
  },
  {
    ...parse,
    rule: "an envelope with two signatures is rejected",
    text: "first === undefined || second !== undefined",
    replacement: "first === undefined",
  },
  {
    ...parse,
    rule: "an empty payload or signature is rejected",
    text: 'return bytes.length > 0 ? bytes : node.fail(`"${node.path}" is empty`);',
    replacement: "return bytes;",
  },
  {
    ...material,
    rule: "verification material without a signer is rejected for that reason",
    text: "kind === undefined || present.length > 1",
    replacement: "present.length > 1",
  },
  {
    ...material,
    rule: "verification material that names the signer in two ways is rejected",
    text: "kind === undefined || present.length > 1",
    replacement: "kind === undefined",
  },
  {
    ...material,
    rule: "a chain of more than a thousand certificates is rejected",
    text: "certificates.length === MAX_CERTIFICATES",
    replacement: "certificates.length === 2 * MAX_CERTIFICATES",
  },
  {
    ...material,
    rule: "a chain without a certificate is rejected",
    text: 'return certificates.length > 0 ? certificates : list.fail(`"${list.path}" holds no certificate`, "BUNDLE_MATERIAL");',
    replacement: "return certificates;",
  },
  {
    ...material,
    rule: "an empty certificate is rejected",
    text: "return der.length > 0 ? der",
    replacement: "return der.length >= 0 ? der",
  },
  {
    ...material,
    rule: "a bundle with more than 32 log entries is rejected",
    text: "entries.length === MAX_TLOG_ENTRIES",
    replacement: "entries.length === 2 * MAX_TLOG_ENTRIES",
  },
  {
    ...material,
    rule: "a bundle with more than 32 timestamps is rejected",
    text: "timestamps.length === MAX_TIMESTAMPS",
    replacement: "timestamps.length === 2 * MAX_TIMESTAMPS",
  },
  {
    ...mediaType,
    rule: "a media type with something after it is not a bundle's",
    text: "\\+json$/",
    replacement: "\\+json/",
  },
  {
    ...mediaType,
    rule: "a media type with something before it is not a bundle's",
    text: "/^application\\/vnd\\.dev\\.sigstore\\.bundle\\.v",
    replacement: "/application\\/vnd\\.dev\\.sigstore\\.bundle\\.v",
  },
  {
    ...mediaType,
    rule: "a version before 0.1 is not a later one",
    text: 'return major > 0 || minor > 3 || version.startsWith("0.3.") ?',
    replacement: 'return major >= 0 || minor > 3 || version.startsWith("0.3.") ?',
  },
  {
    ...logEntry,
    rule: "an inclusion proof with more than 64 hashes is rejected",
    text: "hashes.length === MAX_HASHES",
    replacement: "hashes.length === 2 * MAX_HASHES",
  },
  {
    ...logEntry,
    rule: "a negative index, size or time of a log entry is rejected",
    text: "Number.isSafeInteger(value) && value >= 0 &&",
    replacement: "Number.isSafeInteger(value) &&",
  },
  {
    ...logEntry,
    rule: "an index, size or time beyond 2^53 is rejected",
    text: "Number.isSafeInteger(value) && value >= 0",
    replacement: "Number.isInteger(value) && value >= 0",
  },
  {
    ...logEntry,
    rule: "an index, size or time of minus zero is rejected",
    text: " && !Object.is(value, -0)",
    replacement: "",
  },
  {
    ...logEntry,
    rule: "a number in a string is a canonical decimal",
    text: "DECIMAL.test(text) ? Number(text) : NaN",
    replacement: "Number(text)",
  },
  {
    ...logEntry,
    rule: "a log time that no date can name is rejected",
    text: "node === undefined || seconds <= LAST_SECOND ? seconds",
    replacement: "node === undefined || seconds <= 2 * LAST_SECOND ? seconds",
  },
];
