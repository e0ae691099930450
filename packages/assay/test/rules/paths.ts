import type { Rule } from "./rule.ts";

const of = (file: string, test = "path"): Pick<Rule, "file" | "test"> => ({
  file: `src/trust/x509/${file}.ts`,
  test: `test/trust/x509/${test}.test.ts`,
});
const search = of("search");
const rules5280 = of("path-rules");
const issuers = of("issuers");
const names = of("constrained-names", "name-constraints");
const general = of("general-name", "name-constraints");
const policies = of("policies", "policies");
const algorithm = of("signature-algorithm", "certificate");
const method = { file: "src/trust/method-certificate.ts", test: "test/trust/method-certificate.test.ts" };

/** Certificate paths: RFC 5280 section 6, and the method `certificate`. */
export const rules: readonly Rule[] = [
  {
    ...search,
    rule: "an issuer's key verifies the certificate below it",
    text: "if (await isSignedBy(certificate, key)) return;",
    replacement: "return;",
  },
  {
    ...search,
    rule: "an issuer of a path keeps its own rules",
    text: "(await this.#checkSignature(last, issuer)) ?? (await this.#checkIssuer(issuer))",
    replacement: "await this.#checkSignature(last, issuer)",
  },
  {
    ...search,
    rule: "a path ends in an anchor, not in any root",
    text: "if (isAnchor) return this.#conclude(path);",
    replacement: "if (isAnchor || certificate.isSelfIssued) return this.#conclude(path);",
  },
  { ...search, rule: "the rules of a whole path are checked", text: "checkPathRules(path, this.#context.budget);", replacement: "" },
  { ...search, rule: "the number of intermediates is bounded", text: "counted <= this.#maxIntermediates && ", replacement: "" },
  {
    ...search,
    rule: "the same CA is on a path once",
    text: ".filter(({ ca }) => !above.some((other) => other.ca === ca))",
    replacement: "",
  },
  {
    ...search,
    rule: "an exhausted bound on work ends the search",
    text: 'error.code === "CERTIFICATE_PATH_WORK") throw error;',
    replacement: 'error.code === "INTERNAL") throw error;',
    test: "test/trust/x509/hostile.test.ts",
  },
  { ...rules5280, rule: "a path length holds for the CAs below", text: "if (remaining <= 0)", replacement: "if (false)" },
  {
    ...rules5280,
    rule: "a path length of any CA counts, the anchor's too",
    text: "remaining = Math.min(remaining, basicConstraints?.pathLength ?? Infinity);",
    replacement: "if (!isAnchor) remaining = Math.min(remaining, basicConstraints?.pathLength ?? Infinity);",
  },
  {
    ...rules5280,
    rule: "a self-issued certificate does not count for a path length",
    text: "if (!isAnchor && !isSelfIssued) {",
    replacement: "if (!isAnchor) {",
  },
  {
    ...rules5280,
    rule: "name constraints hold for the names below",
    text: "if (!isExempt) names.check(certificate.subject, certificate.subjectAlternativeNames, budget);",
    replacement: "",
    test: "test/trust/x509/name-constraints.test.ts",
  },
  {
    ...rules5280,
    rule: "name constraints of every CA add up",
    text: "if (nameConstraints !== undefined) names.add(nameConstraints);",
    replacement: "if (nameConstraints !== undefined && isAnchor) names.add(nameConstraints);",
    test: "test/trust/x509/name-constraints.test.ts",
  },
  {
    ...rules5280,
    rule: "a demanded policy holds at the leaf",
    text: "policies.conclude(certificate.policies);",
    replacement: "",
    test: "test/trust/x509/policies.test.ts",
  },
  {
    ...issuers,
    rule: "certificates to build a path from are at most 1000",
    text: "if (certificates.length <= MAX_CERTIFICATES && bytes",
    replacement: "if (bytes",
    test: "test/trust/x509/hostile.test.ts",
  },
  {
    ...issuers,
    rule: "certificates to build a path from are at most a megabyte",
    text: "certificates.length <= MAX_CERTIFICATES && bytes <= MAX_BYTES) return",
    replacement: "certificates.length <= MAX_CERTIFICATES) return",
    test: "test/trust/x509/hostile.test.ts",
  },
  {
    ...issuers,
    rule: "an issuer is found by its name",
    text: "this.#bySubject.get(nameKey(issuer.keys)) ?? []",
    replacement: "[...this.#bySubject.values()].flat()",
  },
  {
    ...of("validity"),
    rule: "an expired certificate is rejected",
    text: "if (second > notAfter.getTime()) {",
    replacement: "if (false) {",
  },
  {
    ...of("validity"),
    rule: "a certificate that is not valid yet is rejected",
    text: "if (second < notBefore.getTime()) {",
    replacement: "if (false) {",
  },
  { ...of("issuer-rules"), rule: "every CA of a path is valid at the time", text: "checkValidity(certificate, at);", replacement: "" },
  {
    ...of("issuer-rules"),
    rule: "an issuer is a CA",
    text: 'checkIssuer(certificate, isAnchor && profile === "default");',
    replacement: "",
  },
  {
    ...of("issuer-rules"),
    rule: "a CA's extended key usage limits what is below it",
    text: "checkPurpose(certificate, purpose);",
    replacement: "",
  },
  {
    file: "src/trust/x509/certificate-rules.ts",
    rule: "an issuer without the CA bit is rejected",
    text: "if (basicConstraints?.isCa !== true && !isOldAnchor) {",
    replacement: "if (false) {",
    test: "test/trust/x509/path.test.ts",
  },
  {
    file: "src/trust/x509/certificate-rules.ts",
    rule: "an issuer that may not sign certificates is rejected",
    text: 'if (keyUsage?.has("keyCertSign") === false) {',
    replacement: "if (false) {",
    test: "test/trust/x509/path.test.ts",
  },
  {
    file: "src/trust/x509/certificate-rules.ts",
    rule: "an unknown critical extension is rejected",
    text: "if (!critical || PROCESSED.has(oid)) continue;",
    replacement: "continue;",
    test: "test/trust/x509/path.test.ts",
  },
  {
    file: "src/trust/x509/certificate-rules.ts",
    rule: "two different algorithms in one certificate are rejected",
    text: "if (!certificate.algorithmsAgree && !isAnchor) {",
    replacement: "if (false) {",
    test: "test/trust/x509/path.test.ts",
  },
  {
    file: "src/trust/x509/certificate-rules.ts",
    rule: "a certificate for other purposes is rejected",
    text: "if (extendedKeyUsage.includes(purpose) || extendedKeyUsage.includes(ANY_PURPOSE)) return;",
    replacement: "return;",
    test: "test/trust/x509/path.test.ts",
  },
  { ...names, rule: "an excluded name is rejected", text: "if (crossing !== undefined) throw", replacement: "if (false) throw" },
  {
    ...names,
    rule: "a name that is not permitted is rejected",
    text: "if (bases.length > 0 && !bases.some(({ base, isMalformed }) => !isMalformed && isInSubtree(base)))",
    replacement: "if (false)",
  },
  {
    ...names,
    rule: "mail addresses in the subject are constrained",
    text: "subject.rdns.flat().filter(({ oid }) => oid === EMAIL_ADDRESS)",
    replacement: "subject.rdns.flat().filter(() => false)",
  },
  {
    ...names,
    rule: "a wildcard is excluded with what it matches",
    text: "canBeInSubtree: (base) => isInSubtree(base) || coversWildcard(base)",
    replacement: "canBeInSubtree: isInSubtree",
  },
  {
    ...names,
    rule: "a form that is not understood is rejected where it is constrained",
    text: "canBeInSubtree: isInSubtree ?? (() => true)",
    replacement: "canBeInSubtree: isInSubtree ?? (() => false)",
  },
  {
    ...names,
    rule: "a host name is below a domain by whole labels",
    text: "parent.endsWith(`.${base}`)",
    replacement: "parent.endsWith(base)",
  },
  {
    ...names,
    rule: "an address is in a range by its mask",
    text: "return (octet & mask) === ((range[index] ?? 0) & mask);",
    replacement: "return true;",
  },
  { ...general, rule: "a host name is one", text: "labels.every((label) => LABEL.test(label)) && ", replacement: "" },
  {
    ...policies,
    rule: "a policy that is not on the whole path does not hold",
    text: "if (this.#expected.size > 0) return;",
    replacement: "return;",
  },
  { ...policies, rule: "anyPolicy can be inhibited", text: "(this.#inhibitAnyPolicy > 0 || exempt)", replacement: "true" },
  { ...policies, rule: "policy mapping can be inhibited", text: "if (this.#policyMapping > 0) {", replacement: "if (true) {" },
  {
    ...policies,
    rule: "a mapped policy no longer holds by itself",
    text: "for (const from of mappings.keys()) expected.delete(from);",
    replacement: "",
  },
  {
    ...algorithm,
    rule: "SHA-1 and MD5 under a certificate are forbidden",
    text: "if (weak !== undefined) throw",
    replacement: "if (false) throw",
  },
  {
    ...algorithm,
    rule: "RSA-PSS has one hash, which is not SHA-1",
    text: "if (hash === undefined || maskHash !== hash) {",
    replacement: "if (hash === undefined) {",
  },
  {
    ...algorithm,
    rule: "ECDSA has no parameters",
    text: "if (ecdsa !== undefined) {\n    fields.end();",
    replacement: "if (ecdsa !== undefined) {",
  },
  {
    ...of("extensions", "certificate"),
    rule: "an extension is there once",
    text: "if (extensions.has(oid)) throw",
    replacement: "if (false) throw",
  },
  {
    ...of("extensions", "certificate"),
    rule: "a path length is a CA's",
    text: "if (pathLength !== undefined && !isCa) constraints.depart",
    replacement: "if (false) constraints.depart",
  },
  {
    ...of("certificate", "certificate"),
    rule: "a certificate is at most 256 KiB",
    text: "if (der.length > MAX_CERTIFICATE_BYTES) {",
    replacement: "if (false) {",
  },
  {
    ...method,
    rule: "a bundle with a key is not verified by a certificate",
    text: 'requireMethod(bundle, "certificate");',
    replacement: "",
  },
  {
    ...method,
    rule: "a root in the bundle is not trusted",
    text: "anchors: anchors.map(({ der }) => der),",
    replacement: "anchors: [...anchors, ...carried.certificates].map(({ der }) => der),",
  },
  {
    ...method,
    rule: "a certificate that its own key verifies is an anchor, and no other",
    text: "((await isSelfSigned(certificate)) ? anchors : candidates).push(certificate)",
    replacement: "anchors.push(certificate)",
  },
  {
    ...method,
    rule: "without a root among the certificates nothing is verified",
    text: "if (anchors.length > 0) return { anchors, candidates, skipped };",
    replacement: "return { anchors, candidates, skipped };",
  },
  {
    ...method,
    rule: "the leaf's key made the signature",
    text: "verifyEnvelopeSignature(bundle.envelope, parsePublicKey(leaf.spki));",
    replacement: 'Promise.resolve({ algorithm: "ed25519", historical: false } as const);',
  },
  {
    ...method,
    rule: "a pinned identity is the subject or a name, exactly",
    text: "if (subject.rfc4514 === expected || names.some(({ value }) => value === expected)) return;",
    replacement: "if (subject.rfc4514.includes(expected) || names.some(({ value }) => value.includes(expected))) return;",
  },
  { ...method, rule: "a pinned fingerprint is the leaf's", text: "if (found === expected) return;", replacement: "return;" },
  {
    ...method,
    rule: "revocation lists that are given are consulted",
    text: "lists && (await checkRevocation(path, listsForPath(lists, path), { at, now }))",
    replacement: "undefined",
    test: "test/trust/x509/revocation-method.test.ts",
  },
  {
    ...of("path"),
    rule: "a leaf that is an anchor is a path of one",
    text: "if (isAnchor) return described([leaf], profile);",
    replacement: "",
  },
];
