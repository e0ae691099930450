import type { Rule } from "./rule.ts";

const of = (file: string, test: string): Pick<Rule, "file" | "test"> => ({
  file: `src/signing/sigstore/${file}.ts`,
  test: `test/signing/sigstore/${test}.test.ts`,
});
const entry = of("entry-check", "rekor");
const logged = of("logged-content", "rekor");
const tsa = of("timestamp-authority", "timestamp-authority");
const config = of("signing-config", "signing-config");
const services = of("select-services", "signing-config");
const tiles = of("tiles", "tiles");
const chain = { file: "src/roots/authority-chain.ts", test: "test/roots/private-instance.test.ts" };

/** What the servers of keyless signing answer, and which of them are asked. */
export const rules: readonly Rule[] = [
  {
    ...of("check-certificate", "keyless-signer"),
    rule: "a new certificate is for signing code",
    text: 'checkLeafUsage(leaf, "codeSigning");',
    replacement: "",
  },
  {
    ...of("check-certificate", "keyless-signer"),
    rule: "a new certificate is in a certificate log",
    text: "await verifyCertificateLogged(leaf, await issuerOf(leaf, trust), trust.root.ctLogs);",
    replacement: "await issuerOf(leaf, trust);",
  },
  {
    ...of("check-certificate", "keyless-signer"),
    rule: "a detached timestamp of a certificate log is refused before signing",
    text: "if (isSctDetached) {",
    replacement: "if (false) {",
  },
  {
    ...entry,
    rule: "a log's answer is for what it was sent",
    text: "if (!(await isEntryFor(entry, logged))) {",
    replacement: "if (false) {",
  },
  {
    ...entry,
    rule: "a log's answer has a proof and a checkpoint",
    text: "if (inclusionProof?.checkpoint === undefined) {",
    replacement: "if (inclusionProof?.checkpoint === undefined) return entry;\n    if (false) {",
  },
  { ...entry, rule: "a log's proof holds", text: "await verifyInclusion(entry.canonicalizedBody, inclusionProof);", replacement: "" },
  {
    ...entry,
    rule: "a log's proof and checkpoint are about one tree",
    text: "if (checkpoint.treeSize !== inclusionProof.treeSize || !sameBytes(checkpoint.rootHash, inclusionProof.rootHash)) {",
    replacement: "if (false) {",
  },
  {
    ...logged,
    rule: "an entry of a log has our signature and certificate",
    text: "if (!sameBytes(signature.signature, logged.signature) || !sameBytes(signature.verifier, logged.verifier.der)) return false;",
    replacement: "",
  },
  { ...logged, rule: "RSA keys of odd lengths are not sent to a log", text: "if (RSA_BITS.has(bits)) return", replacement: "return" },
  {
    ...tsa,
    rule: "a timestamp answers this request",
    text: "if (token.nonce === undefined || !sameBytes(token.nonce, nonce))",
    replacement: "if (false)",
  },
  {
    ...tsa,
    rule: "a timestamp is for the signature that was sent",
    text: "if (token.imprint.algorithm !== SHA_256 || !sameBytes(token.imprint.digest, sha256))",
    replacement: "if (false)",
  },
  { ...config, rule: "a signing configuration has its media type", text: "if (mediaType !== VERSION_0_2) {", replacement: "if (false) {" },
  {
    ...config,
    rule: "a signing configuration has at most 256 services of a kind",
    text: "if (services.length === MAX_SERVICES) node.fail",
    replacement: "if (false) node.fail",
  },
  { ...config, rule: "a selector is ANY, ALL or EXACT", text: 'if (kind !== "EXACT") config.fail', replacement: "if (false) config.fail" },
  {
    ...config,
    rule: "an exact count of services is at least one",
    text: 'return wanted > 0 ? { kind: "EXACT"',
    replacement: 'return wanted >= 0 ? { kind: "EXACT"',
  },
  {
    ...config,
    rule: "a count of a signing configuration is a whole number",
    text: "Number.isSafeInteger(value) && value >= 0 && value <= 0xffff_ffff ? value",
    replacement: "value >= 0 ? value",
  },
  {
    ...services,
    rule: "a service is used while it is valid",
    text: "validFor === undefined || covers(validFor, now)",
    replacement: "true",
  },
  {
    ...services,
    rule: "of one operator's services one is used",
    text: "if (!operators.has(service.operator)) operators.set(service.operator, service);",
    replacement: "operators.set(`${operators.size}`, service);",
  },
  {
    ...services,
    rule: "as many services as are asked for are used",
    text: "if (suitable.length >= selector.count) return",
    replacement: "return",
  },
  {
    ...services,
    rule: "a log without a time is not used without a timestamp authority",
    text: "if (services.timestampUrls.length > 0 || services.logs.every(({ version }) => version === 1)) return services;",
    replacement: "return services;",
  },
  { ...services, rule: "a certificate authority is named", text: "if (fulcio === undefined) throw", replacement: "if (false) throw" },
  {
    ...tiles,
    rule: "an entry bundle holds the entry",
    text: "if (offset + 2 > bundle.length || end > bundle.length) throw",
    replacement: "if (offset > bundle.length + 70_000) throw",
  },
  {
    ...tiles,
    rule: "a tile holds as many hashes as its size says",
    text: "if (tile.length < start + count * HASH_LENGTH) throw",
    replacement: "if (false) throw",
  },
  { ...chain, rule: "a chain reaches its root", text: "if (anchors.length === 0) {", replacement: "if (false) {" },
  { ...chain, rule: "a file of an authority holds one chain", text: "if (ends.length > 1) {", replacement: "if (false) {" },
  { ...chain, rule: "a chain holds nothing else", text: "if (extra > 0) throw", replacement: "if (false) throw" },
  {
    ...chain,
    rule: "a certificate authority's chain ends in a CA",
    text: "if (end.basicConstraints?.isCa !== true) {",
    replacement: "if (false) {",
  },
  {
    ...chain,
    rule: "a timestamp authority's own certificate is not a CA",
    text: "if (end.basicConstraints?.isCa === true) {",
    replacement: "if (false) {",
  },
  {
    ...chain,
    rule: "a timestamp authority's own certificate is for timestamps alone",
    text: "if (!isForTimestampsOnly(end)) {",
    replacement: "if (false) {",
  },
];
