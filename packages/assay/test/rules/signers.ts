import type { Rule } from "./rule.ts";

const vault = { file: "src/signing/vault/settings.ts", test: "test/signing/vault/vault-signer.test.ts" };
const transit = { file: "src/signing/vault/transit.ts", test: "test/signing/vault/vault-signer.test.ts" };
const plugin = { file: "src/signing/plugin/protocol.ts", test: "test/signing/plugin/plugin-signer.test.ts" };
const keyUri = { file: "src/signing/plugin/key-uri.ts", test: "test/signing/plugin/plugin-signer.test.ts" };
const uri = { file: "src/signing/pkcs11/uri.ts", test: "test/signing/pkcs11/uri.test.ts" };
const key = { file: "src/signing/private-key.ts", test: "test/signing/private-key.test.ts" };
const cosignKey = { file: "src/signing/cosign-key.ts", test: "test/signing/cosign-key.test.ts" };

/** Keys for signing: in files, on tokens, in a Vault, behind plug-ins. */
export const rules: readonly Rule[] = [
  { ...vault, rule: "the address of a Vault is said", text: "if (address === undefined) {", replacement: "if (false) {" },
  {
    ...vault,
    rule: "the address of a Vault has no user, query or fragment",
    text: 'if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {',
    replacement: "if (false) {",
  },
  {
    ...vault,
    rule: "a Vault key's name is plain",
    text: "if (!NAME.test(keyName) || others.length > 0) {",
    replacement: "if (others.length > 0) {",
  },
  { ...vault, rule: "a Vault key's version is a number from 1", text: "if (!VERSION.test(version)) {", replacement: "if (false) {" },
  { ...vault, rule: "the path of a secrets engine is plain", text: "if (isPlain) return path;", replacement: "return path;" },
  { ...vault, rule: "a Vault's token is there", text: "if (token === undefined) {", replacement: "if (false) {" },
  { ...vault, rule: "a Vault's token has no blanks", text: "if (!TOKEN.test(token)) throw", replacement: "if (false) throw" },
  {
    ...transit,
    rule: "a Vault's key is of a type that signs models",
    text: "if (!SIGNING_TYPES.test(type)) {",
    replacement: "if (false) {",
  },
  {
    ...transit,
    rule: "the version of a Vault's key that is asked for exists",
    text: "if (entry === undefined) {",
    replacement: "if (false) {",
  },
  {
    ...transit,
    rule: "the version of a Vault's key that was asked for signs",
    text: "if (Number(version) !== key.version) {",
    replacement: "if (false) {",
  },
  { ...plugin, rule: "a plug-in that says no is heard", text: 'if (refusal !== "") throw', replacement: "if (false) throw" },
  {
    ...plugin,
    rule: "a plug-in's public key is one PEM block",
    text: 'if (block?.label === "PUBLIC KEY" && others.length === 0) return block.bytes;',
    replacement: "if (block !== undefined) return block.bytes;",
  },
  {
    ...cosignKey,
    rule: "a key of cosign whose parameters of scrypt keep the machine busy is rejected",
    text: "if (!SCRYPT_COSTS.has(cost) || parameters",
    replacement: "if (parameters",
  },
  {
    ...cosignKey,
    rule: "a key of cosign says another block size of scrypt: rejected",
    text: 'parameters.require("r").natural() !== BLOCK_SIZE || ',
    replacement: "",
  },
  { ...cosignKey, rule: "a key of cosign names its cipher", text: "if (given !== name) throw", replacement: "if (false) throw" },
  {
    ...cosignKey,
    rule: "a key of cosign has a nonce of 24 bytes",
    text: "if (nonce.length !== NONCE_BYTES) throw",
    replacement: "if (false) throw",
  },
  {
    ...cosignKey,
    rule: "a key of cosign without a password asks for it",
    text: "if (password === undefined) throw",
    replacement: "if (false) throw",
  },
  { ...keyUri, rule: "the URI of a key has a scheme", text: 'if (scheme === "") {', replacement: "if (false) {" },
  { ...keyUri, rule: "a file or http URL is not a key's", text: "if (NOT_HOLDERS.has(scheme)) {", replacement: "if (false) {" },
  { ...keyUri, rule: "NUL in a key's URI is rejected", text: 'if (rest.includes("\\0")) throw', replacement: "if (false) throw" },
  {
    ...uri,
    rule: "a PKCS#11 URI names a private key",
    text: 'if (type !== undefined && type !== "private") throw',
    replacement: "if (false) throw",
  },
  {
    ...uri,
    rule: "a PKCS#11 module is named by an absolute path",
    text: "if (modulePath !== undefined && !/^(?:\\/|[A-Za-z]:[\\\\/])/.test(modulePath)) throw",
    replacement: "if (false) throw",
  },
  {
    ...uri,
    rule: "a PIN is given in one way",
    text: 'if (asked.has("pin-value") && asked.has("pin-source")) throw',
    replacement: "if (false) throw",
  },
  { ...uri, rule: "a PKCS#11 URI names a key", text: 'if (!of.has("object") && !of.has("id")) throw', replacement: "if (false) throw" },
  { ...uri, rule: "an attribute of a PKCS#11 URI is one of RFC 7512", text: "if (!known.has(name)) {", replacement: "if (false) {" },
  { ...uri, rule: "an attribute of a PKCS#11 URI is there once", text: "if (attributes.has(name)) throw", replacement: "if (false) throw" },
  {
    ...uri,
    rule: "reserved characters of a PKCS#11 URI are percent-encoded",
    text: "if (!allowed.test(value))",
    replacement: "if (false)",
  },
  {
    ...uri,
    rule: "a PKCS#11 URI is at most as long as its bound",
    text: "if (uri.length > MAX_LENGTH) throw",
    replacement: "if (false) throw",
  },
  {
    ...uri,
    rule: "a slot is a number of 32 bits",
    text: "if (!/^\\d{1,10}$/.test(text) || Number(text) > 0xffff_ffff) throw",
    replacement: "if (false) throw",
  },
  {
    ...key,
    rule: "an encrypted key needs its password",
    text: "/m.test(text);\n  if (isEncrypted && password === undefined) throw passwordMissing();",
    replacement: "/m.test(text);",
  },
];
