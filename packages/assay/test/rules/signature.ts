import type { Rule } from "./rule.ts";

const envelope = { file: "src/trust/envelope-signature.ts", test: "test/trust/method-key.test.ts" };
const key = { file: "src/trust/method-key.ts", test: "test/trust/method-key.test.ts" };
const method = { file: "src/trust/method.ts", test: "test/trust/method-key.test.ts" };
const signature = { file: "src/trust/signature.ts", test: "test/trust/signature.test.ts" };
const prehashed = { file: "src/trust/prehashed-signature.ts", test: "test/trust/prehashed-signature.test.ts" };
const publicKey = { file: "src/trust/public-key.ts", test: "test/trust/public-key.test.ts" };
const pae = { file: "src/trust/pae.ts", test: "test/trust/pae.test.ts" };
const bundle = { file: "src/trust/verify-bundle.ts", test: "test/trust/verify-bundle.test.ts" };

/** The envelope's signature, keys, algorithms, and the method `key`. */
export const rules: readonly Rule[] = [
  {
    ...envelope,
    rule: "a payload that is not an in-toto statement is rejected",
    text: "if (payloadType === PAYLOAD_TYPE) return",
    replacement: "return",
  },
  {
    ...envelope,
    rule: "a signature that does not verify is rejected",
    text: "if (algorithm !== undefined) return { algorithm, historical: false };",
    replacement: 'return { algorithm: algorithm ?? "ed25519", historical: false };',
  },
  {
    ...envelope,
    rule: "a signature in the historical encoding is marked as such",
    text: "historical: true }",
    replacement: "historical: false }",
  },
  {
    ...envelope,
    rule: "the hash follows from the key, also for P-384",
    text: '{ kind: "ecdsa", hash: "SHA-384" }, algorithm: "ecdsa-p384-sha384"',
    replacement: '{ kind: "ecdsa", hash: "SHA-256" }, algorithm: "ecdsa-p384-sha384"',
  },
  {
    ...envelope,
    rule: "Ed25519ph verifies",
    text: 'if (ed25519ph.verify(signature, signed, publicKey, strict)) return "ed25519ph";',
    replacement: "",
  },
  {
    ...envelope,
    rule: "pure Ed25519 verifies",
    text: 'if (ed25519.verify(signature, signed, publicKey, strict)) return "ed25519";',
    replacement: "",
  },
  {
    ...envelope,
    rule: "an Ed25519 signature of an envelope has 64 bytes",
    text: "if (signature.length !== 64) {",
    replacement: "if (false) {",
  },
  { ...key, rule: "a bundle with a certificate is not verified with a key", text: 'requireMethod(bundle, "key");', replacement: "" },
  {
    ...key,
    rule: "only the caller's key verifies",
    text: "return [parsePublicKey(spki), spki] as const;",
    replacement:
      'return [parsePublicKey(bundle.material.kind === "publicKey" && bundle.material.rawBytes !== undefined ? readPublicKey(bundle.material.rawBytes) : spki), spki] as const;',
  },
  {
    ...key,
    rule: "a hint that names another key is a warning",
    text: "if (!known.includes(hint.toLowerCase())) {",
    replacement: "if (false) {",
  },
  { ...key, rule: "an upper-case hint is the same key", text: "known.includes(hint.toLowerCase())", replacement: "known.includes(hint)" },
  {
    ...key,
    rule: "a SHA-256 of the DER as hint is the same key",
    text: "[fingerprint, await sha256Hex(key.spki), await",
    replacement: "[fingerprint, await",
  },
  { ...key, rule: "another key in the bundle is a warning", text: "!(await isSameKey(rawBytes, spki))", replacement: "false" },
  {
    ...method,
    rule: "a key that is asked for and a certificate in the bundle disagree",
    text: 'if (METHODS[kind] === method || (method === "sigstore" && mayBeKeyless(bundle))) return;',
    replacement: "return;",
  },
  {
    ...signature,
    rule: "an ECDSA signature has nothing after its integers",
    text: "const [r, s] = [fields.next(), fields.next()];\n    fields.end();",
    replacement: "const [r, s] = [fields.next(), fields.next()];",
  },
  {
    ...signature,
    rule: "a negative integer of an ECDSA signature is rejected",
    text: "if (isNegative(bytes)) throw",
    replacement: "if (false) throw",
  },
  {
    ...signature,
    rule: "a zero in an ECDSA signature is rejected",
    text: "if (magnitude.length === 0) throw",
    replacement: "if (false) throw",
  },
  {
    ...signature,
    rule: "a signature by a key on a larger curve is another key's",
    text: '"SIGNATURE_INVALID", `the ECDSA signature is too large',
    replacement: '"SIGNATURE_ENCODING", `the ECDSA signature is too large',
  },
  {
    ...signature,
    rule: "an RSA signature has the length of the modulus",
    text: "if (signature.length !== length) {",
    replacement: "if (false) {",
  },
  {
    ...signature,
    rule: "an ECDSA scheme requires a key on a curve",
    text: 'if (key.kind !== "ec") throw mismatch(key, scheme);',
    replacement: 'if (key.kind !== "ec") return false;',
  },
  {
    ...signature,
    rule: "an RSA scheme requires an RSA key",
    text: 'if (key.kind !== "rsa") throw mismatch(key, scheme);',
    replacement: 'if (key.kind !== "rsa") return false;',
  },
  {
    ...signature,
    rule: "an Ed25519 scheme requires an Ed25519 key",
    text: 'if (key.kind !== "ed25519") throw mismatch(key, scheme);',
    replacement: 'if (key.kind !== "ed25519") return false;',
  },
  { ...signature, rule: "an Ed25519 signature has 64 bytes", text: "if (signature.length !== 64) {", replacement: "if (false) {" },
  { ...signature, rule: "an Ed25519 key of small order proves nothing", text: "{ zip215: false }", replacement: "{ zip215: true }" },
  {
    ...signature,
    rule: "a PSS salt has room in the modulus",
    text: 'if (scheme.kind === "rsa-pss" && Math.ceil',
    replacement: "if (false && Math.ceil",
  },
  {
    ...signature,
    rule: "a point that is not on its curve is an invalid key",
    text: '"KEY_INVALID", "the public key is damaged: not a point',
    replacement: '"INTERNAL", "the public key is damaged: not a point',
    test: "test/trust/public-key.test.ts",
  },
  {
    ...prehashed,
    rule: "a signature over a digest has the modulus' length",
    text: "if (signature.length !== length) return false;",
    replacement: "if (signature.length > length + 1) return false;",
  },
  { ...prehashed, rule: "an RSA signature is smaller than the modulus", text: "if (value >= modulus) return false;", replacement: "" },
  {
    ...prehashed,
    rule: "the RSA padding is compared to the byte",
    text: "0, ...SHA256_DIGEST_INFO, ...digest];",
    replacement: "1, ...SHA256_DIGEST_INFO, ...digest];",
  },
  { ...prehashed, rule: "high s is valid", text: "lowS: false", replacement: "lowS: true" },
  { ...prehashed, rule: "the digest is not hashed again", text: "prehash: false", replacement: "prehash: true" },
  {
    ...publicKey,
    rule: "an RSA key under 2048 bits is forbidden",
    text: 'if (key.kind === "rsa" && key.bits < 2048) {',
    replacement: 'if (key.kind === "rsa" && key.bits < 1024) {',
  },
  {
    ...publicKey,
    rule: "an RSA key over 16,384 bits is forbidden",
    text: "if (bits > MAX_RSA_BITS) throw",
    replacement: "if (false) throw",
  },
  {
    ...publicKey,
    rule: "a key's curve is named, not spelled out",
    text: "if (parameters.tag !== TAG.oid) throw",
    replacement: "if (false) throw",
  },
  {
    ...publicKey,
    rule: "known weak curves and algorithms are forbidden, not unknown",
    text: "if (name !== undefined) return",
    replacement: "if (false) return",
  },
  {
    ...publicKey,
    rule: "an algorithm that is not known leaves the answer open",
    text: 'return new AssayError("ALGORITHM_UNKNOWN"',
    replacement: 'return new AssayError("ALGORITHM_FORBIDDEN"',
  },
  { ...publicKey, rule: "an Ed25519 key has 32 bytes", text: "if (key.length !== 32) throw", replacement: "if (false) throw" },
  { ...publicKey, rule: "an RSA modulus is odd", text: "if (isEven(modulus)) throw", replacement: "if (false) throw" },
  {
    ...publicKey,
    rule: "an RSA exponent is odd, not 1, and at most 64 bits",
    text: "if (isEven(exponent) || bitLength(exponent) < 2 || bitLength(exponent) > 64) throw",
    replacement: "if (false) throw",
  },
  {
    ...publicKey,
    rule: "a modulus or exponent is not negative",
    text: "if (isNegative(bytes)) throw damaged",
    replacement: "if (false) throw damaged",
  },
  {
    ...publicKey,
    rule: "a key has nothing after its bits",
    text: "const key = readBitStringBytes(fields.next());\n  fields.end();",
    replacement: "const key = readBitStringBytes(fields.next());",
  },
  {
    ...publicKey,
    rule: "an RSA key has nothing after its exponent",
    text: 'const exponent = positive(fields.next(), "exponent");\n  fields.end();',
    replacement: 'const exponent = positive(fields.next(), "exponent");',
  },
  {
    ...pae,
    rule: "the signed bytes hold the type",
    text: "`DSSEv1 ${type.length} ${payloadType} ",
    replacement: "`DSSEv1 ${type.length} ",
  },
  { ...pae, rule: "lengths in the signed bytes count bytes", text: "DSSEv1 ${type.length} ", replacement: "DSSEv1 ${payloadType.length} " },
  {
    ...pae,
    rule: "the historical encoding is Python's",
    text: "const shown = pythonRepr(payload);",
    replacement: "const shown = payload;",
  },
  {
    ...bundle,
    rule: "a bundle of a key is not keyless",
    text: 'if (bundle.material.kind === "publicKey") throw',
    replacement: "if (false) throw",
  },
  {
    ...bundle,
    rule: "a bundle of a certificate is not a key's",
    text: 'if (bundle.material.kind !== "publicKey")\n    throw',
    replacement: "if (false)\n    throw",
  },
  {
    ...bundle,
    rule: "a signature with a key is seen by a trusted log",
    text: "if (evidence.logEntries.length === 0) {",
    replacement: "if (false) {",
  },
  {
    ...bundle,
    rule: "the historical encoding is not for files",
    text: "if (!signature.historical) return signature.algorithm;",
    replacement: "return signature.algorithm;",
  },
  {
    ...bundle,
    rule: "a file's signature is by the signer's key",
    text: "if (algorithm === undefined)\n    throw",
    replacement: "if (false)\n    throw",
  },
  {
    ...bundle,
    rule: "the digest in a message signature is the file's",
    text: "if (sameBytes(claimed, found)) return;",
    replacement: "return;",
  },
  {
    ...bundle,
    rule: "a digest by an unknown hash leaves the answer open",
    text: '"ALGORITHM_UNKNOWN",',
    replacement: '"ARTIFACT_MISMATCH",',
  },
  {
    ...bundle,
    rule: "a key that signs over more than SHA-256 needs the file",
    text: 'if (scheme.hash === "SHA-256") return',
    replacement: "return",
  },
  {
    ...bundle,
    rule: "the file is among the statement's subjects",
    text: "if (hex !== undefined && decodeHexInto(hex, 32, found, 0) && sameBytes(found, sha256)) return;",
    replacement: "if (hex !== undefined) return;",
  },
  {
    ...bundle,
    rule: "a subject's digest is whole",
    text: "decodeHexInto(hex, 32, found, 0) && ",
    replacement: "(decodeHexInto(hex, 32, found, 0) || decodeHexInto(hex.toLowerCase(), 32, found, 0)) && ",
  },
  {
    ...bundle,
    rule: "a statement about files is of in-toto's type",
    text: "if (payloadType !== PAYLOAD_TYPE) {",
    replacement: "if (false) {",
  },
  {
    file: "src/trust/fingerprint.ts",
    test: "test/trust/method-key.test.ts",
    rule: "the hint that names a key is the SHA-256 of its PEM",
    text: 'new TextEncoder().encode(encodePem("PUBLIC KEY", spki))',
    replacement: "spki",
  },
];
