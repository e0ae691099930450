import type { Rule } from "./rule.ts";

const of = (file: string, test = "revocation"): Pick<Rule, "file" | "test"> => ({
  file: `src/trust/x509/${file}.ts`,
  test: `test/trust/x509/${test}.test.ts`,
});
const crl = of("crl", "crl");
const scope = of("crl-scope");
const entries = of("crl-entries", "crl");
const check = of("revocation-check");
const issuer = of("revocation-issuer");
const age = of("revocation-age");

/** Certificate revocation lists: RFC 5280 section 5 and 6.3. */
export const rules: readonly Rule[] = [
  {
    ...crl,
    rule: "a list is at most 64 MiB",
    text: "if (der.length > MAX_LIST_BYTES) {",
    replacement: "if (der.length > 2 * MAX_LIST_BYTES) {",
  },
  {
    ...crl,
    rule: "two different algorithms in one list are rejected",
    text: "if (!sameBytes(innerAlgorithm.der, signatureAlgorithm.der)) throw",
    replacement: "if (false) throw",
  },
  { ...crl, rule: "a list has an issuer", text: "if (issuer.keys.length === 0) throw", replacement: "if (false) throw" },
  {
    ...crl,
    rule: "a list's next one is not due before it",
    text: "if (nextUpdate !== undefined && nextUpdate < thisUpdate) throw",
    replacement: "if (false) throw",
  },
  {
    ...crl,
    rule: "a list of version 1 has no extensions",
    text: "if (extensions.size > 0 && version === 1) throw",
    replacement: "if (false) throw",
  },
  {
    ...crl,
    rule: "an unknown critical extension of a list is rejected",
    text: "if (critical && !PROCESSED.has(oid)) {",
    replacement: "if (false) {",
  },
  {
    ...crl,
    rule: "a delta list is rejected",
    text: "if (extensions.has(LIST_EXTENSION.deltaListIndicator)) {",
    replacement: "if (false) {",
  },
  {
    ...entries,
    rule: "a certificate that is listed twice makes the list invalid",
    text: "if (found !== undefined) throw",
    replacement: "if (false) throw",
  },
  {
    ...entries,
    rule: "an unknown critical extension of an entry is rejected",
    text: "if (critical && !PROCESSED.has(oid)) {",
    replacement: "if (false) {",
  },
  {
    ...entries,
    rule: "an entry for another issuer's certificate is rejected",
    text: "if (extensions.has(ENTRY_EXTENSION.certificateIssuer)) {",
    replacement: "if (false) {",
  },
  { ...entries, rule: "an entry's reason is known", text: "if (reason === undefined) throw", replacement: "if (false) throw" },
  {
    ...scope,
    rule: "an indirect list is rejected",
    text: "if (isIndirect) {",
    replacement: "if (false) {",
    test: "test/trust/x509/crl.test.ts",
  },
  {
    ...scope,
    rule: "a list for users does not cover a CA",
    text: 'if (certificates === "users" && isAuthority) return',
    replacement: "if (false) return",
  },
  {
    ...scope,
    rule: "a list for authorities does not cover a leaf",
    text: 'if (certificates === "authorities" && !isAuthority) return',
    replacement: "if (false) return",
  },
  {
    ...scope,
    rule: "a list for attribute certificates covers no certificate",
    text: 'if (certificates === "attributes") return',
    replacement: "if (false) return",
  },
  {
    ...scope,
    rule: "a list of another distribution point does not cover a certificate",
    text: "if (distributionPoint === undefined) return undefined;",
    replacement: "return undefined;",
  },
  {
    ...of("revocation"),
    rule: "a revoked certificate is rejected",
    text: 'if (check.kind === "revoked") throw',
    replacement: "if (false) throw",
  },
  {
    ...of("revocation"),
    rule: "a certificate that no list covers leaves the answer open",
    text: "if (unsettled !== undefined) throw unsettled;",
    replacement: "",
  },
  {
    ...of("revocation"),
    rule: "every certificate below the anchor is looked up",
    text: "path.slice(0, -1).entries()",
    replacement: "path.slice(0, 1).entries()",
  },
  {
    ...check,
    rule: "the latest list decides",
    text: "b.thisUpdate.getTime() - a.thisUpdate.getTime()",
    replacement: "a.thisUpdate.getTime() - b.thisUpdate.getTime()",
  },
  {
    ...check,
    rule: "a list of some reasons alone does not clear a certificate",
    text: "const complete = lists.filter(({ scope }) => !scope.isOfSomeReasons);",
    replacement: "const complete = [...lists];",
  },
  {
    ...check,
    rule: "a list of some reasons revokes what it names",
    text: "latest === undefined ? partial : [latest, ...partial]",
    replacement: "latest === undefined ? [] : [latest]",
  },
  {
    ...check,
    rule: "a revocation after the proven time does not undo the signature",
    text: "time !== undefined && time.getTime() <= at",
    replacement: "time !== undefined",
  },
  {
    ...check,
    rule: "an invalidity date before the proven time counts",
    text: "[list.thisUpdate, date, invalidityDate]",
    replacement: "[list.thisUpdate, date]",
  },
  {
    ...issuer,
    rule: "a list is signed by its issuer's key",
    text: "mayBeBy(list, issuer) && (await isSignedBy(list, issuer))",
    replacement: "mayBeBy(list, issuer)",
  },
  {
    ...issuer,
    rule: "a list that no issuer of its name signed is rejected",
    text: "} else if (signers.includes(true) || !mayBeBy(list, issuer)) {",
    replacement: "} else {\n        own.ofOtherKeys.push(list);\n        continue;\n      }\n      if (signers.includes(true)) {",
  },
  { ...issuer, rule: "an issuer of lists may sign them by its key usage", text: "mustBeAllowed(issuer);", replacement: "" },
  {
    ...age,
    rule: "a list that is yet to come does not count",
    text: "if (thisUpdate.getTime() > now) return",
    replacement: "if (false) return",
  },
  {
    ...age,
    rule: "a list without an end does not count",
    text: "if (nextUpdate === undefined) return",
    replacement: "if (nextUpdate === undefined) return undefined;\n  if (false) return",
  },
  { ...age, rule: "a list that ended does not count", text: "if (nextUpdate.getTime() < at) {", replacement: "if (false) {" },
  {
    ...age,
    rule: "a list from after the certificate expired does not clear it",
    text: "if (thisUpdate.getTime() > at && thisUpdate > notAfter) {",
    replacement: "if (false) {",
  },
];
