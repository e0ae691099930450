import type { Rule } from "./rule.ts";

const leaf = { file: "src/trust/leaf.ts", test: "test/trust/method-certificate.test.ts" };
const profile = { file: "src/trust/x509/profile.ts", test: "test/trust/x509/profile.test.ts" };
const single = { file: "src/trust/x509/certificate-rules.ts", test: "test/trust/x509/profile.test.ts" };
const skipped = { test: "test/trust/skipped-certificates.test.ts" };
const evidence = { test: "test/trust/sigstore/evidence.test.ts" };

/** Certificates, the two profiles, and what logs and authorities prove. */
export const rules: readonly Rule[] = [
  // The signer's certificate.
  {
    ...leaf,
    rule: "a certificate with neither key usage nor extended key usage is rejected",
    text: "if (keyUsage !== undefined) return;",
    replacement: "return;",
  },
  {
    ...leaf,
    rule: "a key usage without digitalSignature is rejected",
    text: 'keyUsage !== undefined && !keyUsage.has("digitalSignature")',
    replacement: "false",
  },
  {
    ...leaf,
    rule: "anyExtendedKeyUsage allows signing",
    text: " || extendedKeyUsage.includes(ANY_PURPOSE)",
    replacement: "",
  },
  {
    ...leaf,
    rule: "code signing can be required by name",
    text: 'purpose === "codeSigning" && ',
    replacement: "false && ",
  },
  {
    rule: "a keyless certificate lists codeSigning by name",
    file: "src/trust/method-sigstore.ts",
    text: 'checkLeafUsage(leaf, "codeSigning")',
    replacement: 'checkLeafUsage(leaf, "any")',
    test: "test/trust/sigstore/certificate.test.ts",
  },

  // Both profiles.
  {
    ...single,
    rule: "a certificate with two signature algorithms is rejected",
    text: "&& !isAnchor) {\n    throw",
    replacement: "&& false) {\n    throw",
  },
  {
    ...single,
    rule: "an unknown critical extension is rejected",
    text: "if (!critical || PROCESSED.has(oid)) continue;",
    replacement: "continue;",
  },
  { ...single, rule: "a version 1 certificate is a CA only as an anchor", text: "isAnchor && version !== 3", replacement: "version !== 3" },
  { ...single, rule: "an issuer has keyCertSign", text: 'keyUsage?.has("keyCertSign") === false', replacement: "false" },
  {
    ...single,
    rule: "a list of purposes without the one asked for is rejected",
    text: "if (extendedKeyUsage.includes(purpose) || extendedKeyUsage.includes(ANY_PURPOSE)) return;",
    replacement: "return;",
  },
  {
    rule: "bits behind the end of a key usage do not count",
    file: "src/encoding/der-values.ts",
    text: "const length = 8 * bytes.length - unused;",
    replacement: "const length = 8 * bytes.length;",
    test: "test/trust/x509/profile.test.ts",
  },
  {
    rule: "name constraints permit no malformed name and exclude it",
    file: "src/trust/x509/constrained-names.ts",
    text: "if (malformation(name) !== undefined) return comparable(name.type, undefined);",
    replacement: "",
    test: "test/trust/x509/name-constraints.test.ts",
  },
  {
    rule: "a malformed name constraint excludes all names of its form",
    file: "src/trust/x509/constrained-names.ts",
    text: "(isMalformed || canBeInSubtree(base))",
    replacement: "canBeInSubtree(base)",
    test: "test/trust/x509/name-constraints.test.ts",
  },
  {
    rule: "a malformed name constraint permits no name of its form",
    file: "src/trust/x509/constrained-names.ts",
    text: "!isMalformed && isInSubtree(base)",
    replacement: "isInSubtree(base)",
    test: "test/trust/x509/name-constraints.test.ts",
  },
  {
    rule: "a serial number in too many octets is compared by its value",
    file: "src/encoding/der-values.ts",
    text: "return start === 0 ? content : content.subarray(start);",
    replacement: "return content;",
    test: "test/trust/x509/crl.test.ts",
  },
  {
    rule: "the older string types are compared byte for byte",
    file: "src/trust/x509/name.ts",
    text: "text: decodeOld?.(content), isComparedAsText: false",
    replacement: "text: decodeOld?.(content), isComparedAsText: true",
    test: "test/trust/x509/name.test.ts",
  },
  {
    rule: "a compressed point is one of its curve",
    file: "src/trust/ec-point.ts",
    text: "if ((root * root) % p !== square) return undefined;",
    replacement: "",
    test: "test/trust/public-key.test.ts",
  },

  // The strict profile.
  {
    ...profile,
    rule: "the strict profile rejects what departs from DER",
    text: "for (const what of certificate.departures) yield",
    replacement: "for (const what of [] as string[]) yield",
  },
  {
    ...profile,
    rule: "the strict profile rejects a serial number that is not positive",
    text: "if (!isPositive) yield",
    replacement: "if (false as boolean) yield",
  },
  {
    ...profile,
    rule: "the strict profile asks for key identifiers",
    text: "if (authorityKeyIdentifier !== undefined || isRoot) return;",
    replacement: "return;",
  },
  {
    rule: "the strict profile checks every certificate of the path",
    file: "src/trust/x509/issuer-rules.ts",
    text: 'if (profile === "strict") await refuseBreaches(certificate, budget);',
    replacement: "",
    test: "test/trust/x509/profile.test.ts",
  },
  {
    rule: "the strict profile does not look past key identifiers",
    file: "src/trust/x509/search.ts",
    text: '|| this.#context.profile === "strict"',
    replacement: "",
    test: "test/trust/x509/profile.test.ts",
  },

  // What cannot be read.
  {
    ...skipped,
    rule: "one unreadable certificate does not stop the others",
    file: "src/trust/certificates.ts",
    text: 'const subject = "problem" in block ? undefined : subjectOf(block.bytes);',
    replacement: 'if (1 > 0) throw error;\n      const subject = "problem" in block ? undefined : subjectOf(block.bytes);',
  },
  {
    ...skipped,
    rule: "a skipped certificate is named where no path is found",
    file: "src/trust/certificates.ts",
    text: "throw addSkipped(error, skipped);",
    replacement: "throw error;",
  },
  {
    ...skipped,
    rule: "an unreadable revocation list of an issuer on the path is rejected",
    file: "src/trust/x509/crl-file.ts",
    text: "if (!mayMatter) continue;",
    replacement: "continue;",
  },
  {
    ...skipped,
    rule: "an unreadable revocation list without a readable issuer is rejected",
    file: "src/trust/x509/crl-file.ts",
    text: "issuer === undefined || path",
    replacement: "issuer !== undefined && path",
  },
  {
    ...skipped,
    rule: "a revocation list of an unsupported kind is never skipped",
    file: "src/trust/x509/crl-file.ts",
    text: "if (!isMalformed || ",
    replacement: "if (",
  },
  {
    rule: "a chain that does not verify is a warning when signing",
    file: "src/signing/own-chain.ts",
    text: 'return [...breachWarnings(alone.breaches), { code: "CERTIFICATE_CHAIN_REFUSED", message }];',
    replacement: "void message;\n    return [];",
    test: "test/signing/own-chain.test.ts",
  },

  // Logs, times and authorities.
  {
    ...evidence,
    rule: "a promise without proof is a warning",
    file: "src/trust/sigstore/witnesses.ts",
    text: '.filter(({ inclusion }) => inclusion === "promise")',
    replacement: ".filter(() => false)",
  },
  {
    ...evidence,
    rule: "the result says whether a log entry is proven or promised",
    file: "src/trust/sigstore/log-entry.ts",
    text: 'cosigners === undefined ? "promise" : "proof"',
    replacement: '"proof"',
  },
  {
    ...evidence,
    rule: "a log entry that a bundle holds twice is listed once",
    file: "src/trust/sigstore/witnesses.ts",
    text: "eachOnce(entries.map(({ logged }) => logged))",
    replacement: "entries.map(({ logged }) => logged)",
  },
  {
    ...evidence,
    rule: "a keyless signature in the encoding of the reference 0.2.0 is rejected",
    file: "src/trust/method-sigstore.ts",
    text: "if (signature.historical) throw",
    replacement: "if (signature.historical && false) throw",
  },
  {
    ...evidence,
    rule: "a keyless bundle's chain has a bound",
    file: "src/trust/method-sigstore.ts",
    text: "chain.length > MAX_CHAIN",
    replacement: "false",
  },
  {
    ...evidence,
    rule: "an authority that was not trusted at the time is named",
    file: "src/trust/method-sigstore.ts",
    text: "throw await asUntrusted(validated, leaf, time, authorities);",
    replacement: "throw validated;",
  },
  {
    rule: "a log's key is trusted in the periods of that key, not of another under the same id",
    file: "src/trust/sigstore/log-entry.ts",
    text: " && sameBytes(other.key.spki, log.key.spki)",
    replacement: "",
    test: "test/trust/sigstore/log-listed-twice.test.ts",
  },

  // Files that the caller gives by mistake.
  {
    rule: "a private key in the place of a public one is rejected and named",
    file: "src/trust/public-key-file.ts",
    text: "return publicKeyBlock(file) ?? fail(kind, name);",
    replacement: "return publicKeyBlock(file) ?? new Uint8Array();",
    test: "test/trust/method-key.test.ts",
  },
  {
    rule: "a file of two public keys is rejected, for either may be meant",
    file: "src/trust/public-key-file.ts",
    text: "if (keys.size > 1)",
    replacement: "if (keys.size > 2)",
    test: "test/trust/key-files.test.ts",
  },
  {
    rule: "an OpenSSH key of two kinds is rejected",
    file: "src/trust/ssh-public-key.ts",
    text: 'if (fields.text() !== type) throw refused("names two kinds of key");',
    replacement: "fields.text();",
    test: "test/trust/key-files.test.ts",
  },
  {
    rule: "an OpenSSH public key with data behind it is rejected",
    file: "src/trust/ssh-public-key.ts",
    text: "fields.end();\n  return spki;",
    replacement: "return spki;",
    test: "test/trust/key-files.test.ts",
  },
  {
    rule: "a fault in the caller's file is a wrong question and names the file",
    file: "src/encoding/given-file.ts",
    text: "throw aboutFile(role, file, error);",
    replacement: "throw error;",
    test: "test/trust/key-files.test.ts",
  },
  {
    rule: "a command shows a file's name only where a shell takes it as it is",
    file: "src/cli/text/way-out.ts",
    text: "name !== undefined && PLAIN_NAME.test(name)",
    replacement: "name !== undefined",
    test: "test/cli/way-out.test.ts",
  },

  // Who signed.
  {
    rule: "an identity is compared exactly, save for the case of a mailbox's host",
    file: "src/trust/subject-spelling.ts",
    text: "a.slice(0, at) === b.slice(0, other) && ",
    replacement: "",
    test: "test/trust/subject-spelling.test.ts",
  },
  {
    rule: "a subject in another spelling gets a hint and is not accepted",
    file: "src/trust/method-certificate.ts",
    text: "if (subject.rfc4514 === expected || ",
    replacement: "if (namesSubject(expected, subject) || ",
    test: "test/trust/method-certificate.test.ts",
  },
  {
    rule: "a fingerprint that is not SHA-256 is a wrong question",
    file: "src/trust/method-certificate.ts",
    text: "if (/^[0-9a-f]{64}$/.test(hex)) return hex;",
    replacement: "return hex;",
    test: "test/trust/method-certificate.test.ts",
  },
];
