import type { Rule } from "./rule.ts";

const of = (file: string, test: string): Pick<Rule, "file" | "test"> => ({
  file: `src/trust/${file}.ts`,
  test: `test/trust/sigstore/${test}.test.ts`,
});
const sct = of("sigstore/sct", "sct");
const timestamp = of("sigstore/timestamp", "timestamp");
const token = of("sigstore/timestamp-token", "timestamp");
const witnesses = of("sigstore/witnesses", "time");

/** Keyless signatures: timestamps, certificate logs, witnesses, and when each was trusted. */
export const rules: readonly Rule[] = [
  {
    ...sct,
    rule: "a keyless certificate carries a timestamp of a certificate log",
    text: "if (embedded.length + detached.length === 0) {",
    replacement: "if (false) {",
  },
  {
    ...sct,
    rule: "a certificate log is one of the trusted root",
    text: "if (log === undefined) continue;",
    replacement: 'if (log === undefined) {\n      logged.push({ log: "", time });\n      continue;\n    }',
  },
  { ...sct, rule: "a certificate log was trusted at its time", text: " && covers(validFor, time)", replacement: "" },
  {
    ...sct,
    rule: "a certificate's timestamp is signed by its log",
    text: "if (!(await isSignedByLog(sct, signedEntry, log))) {",
    replacement: "if (false) {",
  },
  {
    ...sct,
    rule: "a certificate's timestamp names the algorithm of the log's key",
    text: "if (!isKnownPair) return false;",
    replacement: "",
  },
  {
    ...sct,
    rule: "the extensions of a certificate's timestamp are signed",
    text: "sct.timestamp, signedEntry, extensions)",
    replacement: "sct.timestamp, signedEntry, Uint8Array.of(0, 0))",
  },
  { ...sct, rule: "a certificate's timestamp is of version 1", text: "if (version !== 0) throw", replacement: "if (false) throw" },
  { ...sct, rule: "a certificate's timestamp has nothing after its signature", text: "fields.end();", replacement: "" },
  { ...sct, rule: "the list of a certificate's timestamps has nothing after it", text: "outer.end();", replacement: "" },
  {
    ...sct,
    rule: "a certificate's timestamps are at most 32",
    text: "if (scts.length === MAX_SCTS) throw",
    replacement: "if (scts.length === 100 * MAX_SCTS) throw",
  },
  {
    ...timestamp,
    rule: "a timestamp is for the bundle's signature",
    text: "if (!sameBytes(found, imprint.digest))",
    replacement: "if (false)",
  },
  {
    ...timestamp,
    rule: "a timestamp's imprint is by a known hash",
    text: "if (hash === undefined) throw",
    replacement: 'if (hash === undefined) return "SHA-256";\n  if (false) throw',
  },
  {
    ...timestamp,
    rule: "a timestamp's authority was trusted at its time",
    text: "if (covers(authority.validFor, token.time)) return { authority, certificate };",
    replacement: "return { authority, certificate };",
  },
  {
    ...timestamp,
    rule: "a timestamp's authority's path is verified",
    text: "await checkPath(certificate, token, authority, retiredAt(token.time, authorities), profile);",
    replacement: "",
  },
  {
    ...timestamp,
    rule: "a retired timestamp authority is not brought back by a token",
    text: "retiredAt(token.time, authorities), profile);",
    replacement: "[], profile);",
    test: "test/trust/sigstore/retired-authority.test.ts",
  },
  {
    ...timestamp,
    rule: "a timestamp's attributes say that it holds a time",
    text: "if (contentType === undefined || readOid(contentType) !== TST_INFO) throw",
    replacement: "if (false) throw",
  },
  {
    ...timestamp,
    rule: "a timestamp's attributes hold the digest of its time",
    text: "if (expected === undefined || !sameBytes(expected, found)) throw",
    replacement: "if (false) throw",
  },
  {
    ...timestamp,
    rule: "a timestamp names the certificate that signed it",
    text: "if (!sameBytes(expected, await digestOfBytes(hash, certificate.der)))",
    replacement: "if (false)",
  },
  {
    ...timestamp,
    rule: "a timestamp names its certificate by more than SHA-1",
    text: "if (attribute === undefined) {",
    replacement: "if (attribute === undefined) return;\n  if (false) {",
  },
  {
    ...timestamp,
    rule: "a timestamp is signed by its authority",
    text: "if (!(await verifySignature(key, schemeOf(signer), signer.signature, signer.signedAttributes))) {",
    replacement: "if (false) {",
  },
  {
    ...timestamp,
    rule: "a timestamp authority's certificate is for time stamping alone",
    text: "if (!isForTimestampsOnly(certificate)) throw",
    replacement: "if (false) throw",
  },
  {
    ...timestamp,
    rule: "a timestamp authority's certificate is for signatures",
    text: 'if (keyUsage !== undefined && !keyUsage.has("digitalSignature") && !keyUsage.has("contentCommitment")) {',
    replacement: "if (false) {",
  },
  { ...token, rule: "a timestamp response is granted", text: "if (!GRANTED.has(status)) throw", replacement: "if (false) throw" },
  { ...token, rule: "a timestamp is at most 64 KiB", text: "if (der.length > MAX_TIMESTAMP)", replacement: "if (false)" },
  {
    ...token,
    rule: "a timestamp is signed data of version 3",
    text: "if (readSmallInteger(signedData.next()) !== 3) throw",
    replacement: "if (readSmallInteger(signedData.next()) > 9) throw",
  },
  { ...token, rule: "a timestamp has one signature", text: "signers.end();", replacement: "" },
  {
    ...token,
    rule: "a timestamp brings at most 16 certificates",
    text: "if (certificates.length > MAX_CERTIFICATES) throw",
    replacement: "if (false) throw",
  },
  {
    ...token,
    rule: "a TSTInfo is of version 1",
    text: "if (readSmallInteger(fields.next()) !== 1) throw",
    replacement: "if (readSmallInteger(fields.next()) > 9) throw",
  },
  {
    ...token,
    rule: "a critical extension of a TSTInfo is rejected",
    text: "if (flag !== undefined && readBoolean(flag)) throw",
    replacement: "if (false) throw",
  },
  {
    ...token,
    rule: "a timestamp's time exists",
    text: 'if (year === "" || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso)) throw',
    replacement: 'if (year === "" || Number.isNaN(time.getTime())) throw',
  },
  {
    ...token,
    rule: "a signer's version must match how it is named",
    text: 'if (version !== ("issuer" in sid ? 1 : 3)) throw',
    replacement: "if (false) throw",
  },
  { ...token, rule: "a signed attribute is there once", text: "if (attributes.has(oid)) throw", replacement: "if (false) throw" },
  { ...token, rule: "a signed attribute has one value", text: "values.end();", replacement: "" },
  {
    file: "src/trust/sigstore/time-range.ts",
    test: "test/trust/sigstore/trusted-root.test.ts",
    rule: "a period of a trusted root does not end before it starts",
    text: "if (period.end !== undefined && period.end < period.start) node.fail",
    replacement: "if (false) node.fail",
  },
  {
    file: "src/trust/sigstore/time-range.ts",
    test: "test/trust/sigstore/trusted-root.test.ts",
    rule: "a period of a trusted root has a start",
    text: 'start: readTime(node.require("start"))',
    replacement: 'start: node.get("start") === undefined ? new Date(0) : readTime(node.require("start"))',
  },
  {
    file: "src/trust/sigstore/time-range.ts",
    test: "test/trust/sigstore/trusted-root.test.ts",
    rule: "a time of a trusted root is as RFC 3339 writes it",
    text: "RFC_3339.test(text) ? new Date(text) : new Date(NaN)",
    replacement: "new Date(text)",
  },
  {
    ...witnesses,
    rule: "a log's time counts only under its promise",
    text: "integratedTime === undefined ? [] : [{ time: integratedTime",
    replacement: 'integratedTime === undefined ? [{ time: new Date(), source: "log" } as const] : [{ time: integratedTime',
  },
  {
    ...witnesses,
    rule: "a log without a time is checked at the times that other witnesses prove",
    text: "integratedTime === undefined ? timestamps.map((timestamp) => timestamp.time) : [integratedTime]",
    replacement: "integratedTime === undefined ? [] : [integratedTime]",
    test: "test/trust/sigstore/log-listed-twice.test.ts",
  },
  {
    ...witnesses,
    rule: "only an unknown log or authority is set aside",
    text: "error.code !== code) throw error;",
    replacement: 'error.code === "INTERNAL") throw error;',
    test: "test/trust/sigstore/log-entry.test.ts",
  },
  {
    file: "src/trust/sigstore/validity.ts",
    test: "test/trust/sigstore/certificate.test.ts",
    rule: "a period ends",
    text: "(end === undefined || second <= Math.floor(end.getTime() / 1000))",
    replacement: "true",
  },
  {
    file: "src/trust/sigstore/witness-trust.ts",
    rule: "a witness that the caller asks for is there",
    text: "if (evidence.logEntries.length + evidence.timestamps.length > 0) return;",
    replacement: "return;",
    test: "test/trust/method-key.test.ts",
  },
];
