import type { Rule } from "./rule.ts";

const of = (file: string, test: string): Pick<Rule, "file" | "test"> => ({
  file: `src/trust/${file}.ts`,
  test: `test/trust/sigstore/${test}.test.ts`,
});
const entry = of("sigstore/log-entry", "log-entry");
const body = of("sigstore/entry-body", "log-entry");
const checkpoint = of("sigstore/checkpoint", "checkpoint");
const merkle = of("sigstore/merkle", "merkle");
const promise = of("sigstore/inclusion-promise", "inclusion-promise");

/** Keyless signatures: what the transparency log holds, proves and promises. */
export const rules: readonly Rule[] = [
  {
    ...entry,
    rule: "a log entry is of a log of the trusted root",
    text: "const log = logs.find((known) => sameBytes(known.logId, logId));",
    replacement: "const log = logs.find((known) => sameBytes(known.logId, logId)) ?? logs[0];",
  },
  {
    ...entry,
    rule: "a log entry has an inclusion proof from version 0.2 on",
    text: 'if (version === "0.1" && entry.inclusionPromise !== undefined) return undefined;',
    replacement: "if (entry.inclusionPromise !== undefined) return undefined;",
    test: "test/trust/sigstore/inclusion-proof.test.ts",
  },
  {
    ...entry,
    rule: "an entry of version 0.1 without a proof has a promise",
    text: 'if (version === "0.1" && entry.inclusionPromise !== undefined) return undefined;',
    replacement: 'if (version === "0.1") return undefined;',
    test: "test/trust/sigstore/inclusion-proof.test.ts",
  },
  {
    ...entry,
    rule: "an inclusion proof is verified",
    text: "await verifyInclusion(entry.canonicalizedBody, proof);",
    replacement: "",
    test: "test/trust/sigstore/inclusion-proof.test.ts",
  },
  {
    ...entry,
    rule: "a checkpoint is verified",
    text: "const cosigners = await verifyCheckpoint(proof, log);",
    replacement: "const cosigners: string[] = [];",
    test: "test/trust/sigstore/checkpoint.test.ts",
  },
  {
    ...entry,
    rule: "an inclusion promise is verified where it is there",
    text: "entry.inclusionPromise === undefined ? undefined : await verifyInclusionPromise(entry, log)",
    replacement: "entry.inclusionPromise === undefined ? undefined : new Date(entry.integratedTime * 1000)",
    test: "test/trust/sigstore/inclusion-promise.test.ts",
  },
  {
    ...entry,
    rule: "the outer index is the proven one where no promise signs it",
    text: "checkIndex(entry, proof);",
    replacement: "",
    test: "test/trust/sigstore/inclusion-proof.test.ts",
  },
  {
    ...entry,
    rule: "a log entry is for one signature",
    text: "signature === undefined || more.length > 0",
    replacement: "signature === undefined",
  },
  {
    ...entry,
    rule: "a log entry is for the bundle's signature",
    text: "if (!sameBytes(signature.signature, content.signature)) throw",
    replacement: "if (false) throw",
  },
  {
    ...entry,
    rule: "a log entry is for the signer's certificate or key",
    text: "if (!sameBytes(signature.verifier, verifier)) throw",
    replacement: "if (false) throw",
  },
  {
    ...entry,
    rule: "a hashedrekord entry is for the signed content",
    text: "if (body.digest !== undefined && !sameBytes(body.digest.value, await content.digest(body.digest.hash))) throw",
    replacement: "if (false) throw",
  },
  {
    ...entry,
    rule: "a dsse entry is for the payload",
    text: "if (!sameBytes(body.payloadDigest.value, await digestOfBytes(body.payloadDigest.hash, payload))) throw",
    replacement: "if (false) throw",
  },
  {
    ...entry,
    rule: "an entry for an envelope does not fit a file's signature",
    text: "if (payload === undefined) throw",
    replacement: "if (payload === undefined) return;\n  if (false) throw",
  },
  {
    ...entry,
    rule: "a log was trusted at the time of its entry",
    text: "if (validFor.some((period) => covers(period, time))) return;",
    replacement: "return;",
  },
  {
    ...body,
    rule: "a body is of the kind and version that the entry says",
    text: 'if ((entry.kind !== "" && entry.kind !== kind) || (entry.version !== "" && entry.version !== version)) {',
    replacement: "if (false) {",
  },
  { ...body, rule: "an entry of an unknown kind leaves the answer open", text: '"LOG_ENTRY_UNKNOWN"', replacement: '"LOG_ENTRY_INVALID"' },
  {
    ...body,
    rule: "a verifier is a certificate or a key, not both or neither",
    text: "if ((certificate === undefined) === (publicKey === undefined)) {",
    replacement: "if (false) {",
  },
  { ...body, rule: "a verifier in PEM is one block", text: "block !== undefined && more.length === 0", replacement: "block !== undefined" },
  {
    ...body,
    rule: "a digest in a body is whole lowercase hexadecimal",
    text: "if (!decodeHexInto(text.string(), value.length, value, 0)) text.fail",
    replacement: "if (!decodeHexInto(text.string().toLowerCase(), value.length, value, 0)) text.fail",
  },
  {
    ...body,
    rule: "a body does not name a weak hash",
    text: "return hashes.get(node.string()) ?? node.fail(`",
    replacement: 'return hashes.get(node.string()) ?? (node.string() === "" ? undefined : "SHA-256") ?? node.fail(`',
  },
  {
    ...checkpoint,
    rule: "a checkpoint is about the proof's tree size",
    text: "checkpoint.treeSize !== proof.treeSize || ",
    replacement: "",
  },
  {
    ...checkpoint,
    rule: "a checkpoint is about the proof's root hash",
    text: " || !sameBytes(checkpoint.rootHash, proof.rootHash)",
    replacement: "",
  },
  { ...checkpoint, rule: "a checkpoint carries the log's signature", text: "if (own.length === 0) throw", replacement: "if (false) throw" },
  {
    ...checkpoint,
    rule: "a checkpoint's signature verifies",
    text: "if (!(await verifyByLogKey(log.key, signature, checkpoint.signedText))) throw",
    replacement: "if (false) throw",
  },
  {
    ...checkpoint,
    rule: "a checkpoint names an origin",
    text: 'if (origin.trim() === "" || SIZE_LINE.test(origin)) throw',
    replacement: "if (false) throw",
  },
  {
    ...checkpoint,
    rule: "a checkpoint has a tree size",
    text: "if (!Number.isSafeInteger(treeSize)) throw",
    replacement: "if (false) throw",
  },
  {
    ...checkpoint,
    rule: "a checkpoint's root hash has 32 bytes",
    text: "if (rootHash.length !== 32) throw",
    replacement: "if (false) throw",
  },
  { ...checkpoint, rule: "a checkpoint's last line is ended", text: 'if (!text.endsWith("\\n")) throw', replacement: "if (false) throw" },
  {
    ...checkpoint,
    rule: "a checkpoint's signature line is whole",
    text: 'if (name === "" || bytes.length < 5) throw',
    replacement: 'if (name === "") throw',
  },
  {
    ...checkpoint,
    rule: "a checkpoint is at most 64 KiB",
    text: "if (note.length > MAX_CHECKPOINT) throw",
    replacement: "if (false) throw",
  },
  {
    ...checkpoint,
    rule: "a checkpoint has at most 32 signatures",
    text: "if (lines.length > MAX_SIGNATURES) throw",
    replacement: "if (false) throw",
  },
  { ...merkle, rule: "a leaf's index is in the tree", text: "if (logIndex >= treeSize) throw", replacement: "if (false) throw" },
  { ...merkle, rule: "a hash of a proof has 32 bytes", text: "if (sibling.length !== 32) throw", replacement: "if (false) throw" },
  {
    ...merkle,
    rule: "a proof has no more hashes than the tree has levels",
    text: "if (last === 0) throw",
    replacement: "if (last === 0) break;\n    if (false) throw",
  },
  {
    ...merkle,
    rule: "a proof has no fewer hashes than the tree has levels",
    text: "if (last !== 0) throw",
    replacement: "if (false) throw",
  },
  { ...merkle, rule: "a proof leads to the root", text: "if (!sameBytes(hash, rootHash)) throw", replacement: "if (false) throw" },
  {
    ...promise,
    rule: "a promise is signed by its log",
    text: "if (!(await verifyByLogKey(log.key, inclusionPromise, encodeUtf8(JSON.stringify(signed))))) {",
    replacement: "if (false) {",
  },
  {
    ...promise,
    rule: "a promise is for a time",
    text: "if (inclusionPromise === undefined || integratedTime === 0) {",
    replacement: "if (inclusionPromise === undefined) {",
  },
];
