import type { Rule } from "./rule.ts";

const read = { file: "src/statement/read.ts", test: "test/statement/read.test.ts" };
const signed = { file: "src/statement/read.ts", test: "test/statement/signed.test.ts" };
const serialization = { file: "src/statement/read-serialization.ts", test: "test/statement/read.test.ts" };
const oms = { file: "src/statement/oms-statement.ts", test: "test/statement/read.test.ts" };
const historical = { file: "src/statement/historical-statement.ts", test: "test/statement/read.test.ts" };
const algorithms = { file: "src/statement/algorithms.ts", test: "test/statement/read.test.ts" };
const digests = { file: "src/statement/digests.ts", test: "test/statement/manifest.test.ts" };
const manifestText = { file: "src/statement/manifest-text.ts", test: "test/statement/manifest.test.ts" };
const order = { file: "src/statement/name-order.ts", test: "test/statement/manifest.test.ts" };
const write = { file: "src/statement/write.ts", test: "test/statement/write.test.ts" };

/** The statement: in-toto, the predicate of OMS, the historical format, digests. */
export const rules: readonly Rule[] = [
  {
    ...signed,
    rule: "the historical encoding is accepted for historical statements only",
    text: "if (!isRightlyEncoded) {",
    replacement: "if (!isRightlyEncoded && !envelope.historical) {",
  },
  {
    ...signed,
    rule: "a historical statement signed with a key is in the historical encoding",
    text: "if (!isRightlyEncoded) {",
    replacement: "if (!isRightlyEncoded && envelope.historical) {",
  },
  {
    ...signed,
    rule: "a keyless historical statement is in today's encoding",
    text: '(isOfOldFormat && envelope.signer.method === "sigstore")',
    replacement: "false",
    test: "test/statement/manifest.test.ts",
  },
  {
    ...signed,
    rule: "showing an unverified manifest needs an in-toto payload",
    text: "if (payloadType !== PAYLOAD_TYPE) {",
    replacement: "if (false) {",
    test: "test/statement/manifest.test.ts",
  },
  { ...read, rule: "the statement is an in-toto statement version 1", text: "if (type !== STATEMENT_TYPE)", replacement: "if (false)" },
  {
    ...read,
    rule: "a statement that is not about a model is rejected",
    text: "return root.fail(\n    `it is not a statement about",
    replacement: "return readOmsStatement(root);\n  return root.fail(\n    `it is not a statement about",
  },
  {
    ...read,
    rule: "the root digest is the one of the listed files",
    text: "listing.signedRootDigest !== undefined && listing.signedRootDigest !== rootDigest",
    replacement: "false",
  },
  {
    ...read,
    rule: "unsorted resources are accepted with a warning",
    text: 'if (sorted !== listing && format === "oms-1.0") {',
    replacement: "if (false) {",
  },
  {
    ...read,
    rule: "the root digest is over the listed order",
    text: "const bytes = digestBytes(listing, serialization.hash);",
    replacement: "const bytes = digestBytes(inCodePointOrder(listing), serialization.hash);",
  },
  {
    ...read,
    rule: "a file is listed once",
    text: "if (files.size !== index + 1) throw",
    replacement: "if (false) throw",
    test: "test/statement/read.test.ts",
  },
  {
    ...read,
    rule: "a lone dot names a model of one file only",
    text: 'if (name !== "." || names.length > 1) checkName',
    replacement: 'if (name !== ".") checkName',
    test: "test/statement/read.test.ts",
  },
  {
    ...read,
    rule: "every listed name is checked",
    text: 'if (name !== "." || names.length > 1) checkName(name, platform);',
    replacement: "",
    test: "test/statement/read.test.ts",
  },
  {
    ...serialization,
    rule: "an unknown serialization method leaves the answer open",
    text: '"SERIALIZATION_UNKNOWN"',
    replacement: '"STATEMENT_SHAPE"',
  },
  {
    ...serialization,
    rule: "an unknown field of the serialization is rejected",
    text: "if (!FIELDS.has(name))",
    replacement: "if (false)",
  },
  {
    ...serialization,
    rule: "allow_symlinks is a boolean",
    text: 'node.require("allow_symlinks").boolean()',
    replacement: 'Boolean(node.require("allow_symlinks").plain())',
  },
  { ...serialization, rule: "shard_size is rejected for whole files", text: "size?.fail(", replacement: "if (false) size?.fail(" },
  {
    ...serialization,
    rule: "shard_size is a whole number from 1",
    text: "Number.isSafeInteger(size) && size >= 1",
    replacement: "size >= 1",
    test: "test/statement/shards.test.ts",
  },
  {
    ...serialization,
    rule: "shard_size is not 0",
    text: "Number.isSafeInteger(size) && size >= 1",
    replacement: "Number.isSafeInteger(size)",
    test: "test/statement/shards.test.ts",
  },
  {
    ...serialization,
    rule: "the shard size in the algorithm's name is the statement's",
    text: "if (size !== String(shardSize)) node.fail",
    replacement: "if (false) node.fail",
    test: "test/statement/shards.test.ts",
  },
  {
    ...serialization,
    rule: "the ignore paths are bounded in number",
    text: "if (node.valueCount > MAX_IGNORE_PATHS)",
    replacement: "if (node.valueCount > 2 * MAX_IGNORE_PATHS)",
  },
  { ...serialization, rule: "an ignore path is a string", text: "(path) => path.string()", replacement: "(path) => String(path.plain())" },
  { ...oms, rule: "a statement without resources is rejected", text: "if (names.length === 0)", replacement: "if (false)" },
  { ...oms, rule: "a statement without a subject is rejected for that reason", text: '"SUBJECT_COUNT"', replacement: '"STATEMENT_SHAPE"' },
  {
    ...oms,
    rule: "a statement has one subject",
    text: "subject === undefined || second !== undefined",
    replacement: "subject === undefined",
  },
  {
    ...oms,
    rule: "the subject has a SHA-256",
    text: 'subject.require("digest").require("sha256").string()',
    replacement: 'subject.require("digest").get("sha256")?.string()',
  },
  { ...oms, rule: "every resource names the statement's algorithm", text: "if (found === expected) continue;", replacement: "continue;" },
  {
    ...oms,
    rule: "the reference's dialect is said",
    text: "if (checkAlgorithms(names, algorithms, fields)) {",
    replacement: "if (!checkAlgorithms(names, algorithms, fields)) {",
    test: "test/statement/shards.test.ts",
  },
  {
    ...historical,
    rule: "a historical statement without files is rejected",
    text: "if (names.length === 0)",
    replacement: "if (false)",
    test: "test/statement/manifest.test.ts",
  },
  {
    ...historical,
    rule: "a historical statement over another algorithm leaves the answer open",
    text: "if (algorithm !== undefined && !ALGORITHMS.has(algorithm)) {",
    replacement: "if (false) {",
    test: "test/statement/manifest.test.ts",
  },
  {
    ...historical,
    rule: "the historical format is said",
    text: 'warnings: [{ code: "HISTORICAL_FORMAT", message: "the signature is in the format of the reference 0.2.0, which is no longer written" }],',
    replacement: "warnings: [],",
    test: "test/statement/manifest.test.ts",
  },
  {
    ...historical,
    rule: "a historical statement does not allow links",
    text: "allowSymlinks: false,",
    replacement: "allowSymlinks: true,",
    test: "test/statement/manifest.test.ts",
  },
  {
    ...algorithms,
    rule: "SHA-1 and MD5 of files are forbidden, not unknown",
    text: "if (FORBIDDEN.test(text))",
    replacement: "if (false)",
  },
  {
    ...algorithms,
    rule: "what cannot name an algorithm is of the wrong shape, not unknown",
    text: "if (!WELL_FORMED.test(text))",
    replacement: "if (false)",
  },
  {
    ...digests,
    rule: "a digest is lowercase hexadecimal of its algorithm's length",
    text: 'if (!decodeHexInto(digests[index] ?? "", length, bytes, index * length))',
    replacement: 'if (!decodeHexInto((digests[index] ?? "").toLowerCase(), length, bytes, index * length))',
    test: "test/statement/read.test.ts",
  },
  {
    ...manifestText,
    rule: "the manifest digest covers names",
    text: "text += `${names[index]}\\0${hash}",
    replacement: "text += `\\0${hash}",
  },
  {
    ...manifestText,
    rule: "the manifest digest covers the algorithm",
    text: "\\0${hash}:${digests[index]}",
    replacement: "\\0:${digests[index]}",
  },
  {
    ...manifestText,
    rule: "the manifest digest begins with its version",
    text: "let text = MANIFEST_HEAD;",
    replacement: 'let text = "";',
  },
  {
    ...digests,
    rule: "the manifest digest is over names in code-point order",
    text: "manifestDigestOf(resources, serialization.hash),",
    replacement:
      "manifestDigestOf({ names: [...resources.names].reverse(), digests: [...resources.digests].reverse() }, serialization.hash),",
    test: "test/statement/write.test.ts",
  },
  {
    ...digests,
    rule: "the number of digests fits a file's size in shards",
    text: "if (digests.length !== expected) {",
    replacement: "if (false) {",
    test: "test/statement/write.test.ts",
  },
  {
    ...digests,
    rule: "a sharded file's size is given",
    text: 'if (serialization.method === "shards" && size === undefined) {',
    replacement: "if (false) {",
    test: "test/statement/write.test.ts",
  },
  {
    ...order,
    rule: "names are ordered by code points, not by UTF-16",
    text: "names.some((name) => SURROGATE.test(name)) ? compareNames : compareCodeUnits",
    replacement: "compareCodeUnits",
    test: "test/statement/write.test.ts",
  },
  { ...write, rule: "a name to be signed is canonical", text: "checkName(name);", replacement: "" },
  {
    ...write,
    rule: "a name to be signed is well-formed Unicode",
    text: "if (!name.isWellFormed()) throw",
    replacement: "if (false) throw",
  },
  {
    ...write,
    rule: "nothing is signed where no file is left",
    text: "if (resources.names.length === 0) throw",
    replacement: "if (false) throw",
  },
];
