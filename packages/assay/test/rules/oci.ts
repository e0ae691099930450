import type { Rule } from "./rule.ts";

const registry = "test/remote/oci/registry.test.ts";
const account = "test/remote/oci/account.test.ts";
const manifest = { file: "src/source/oci/manifest.ts", test: registry };
const token = { file: "src/source/oci/token.ts", test: account };
const archive = "test/remote/oci/archive.test.ts";
const tar = { file: "src/source/oci/tar-stream.ts", test: archive };
const decompressor = { file: "src/source/oci/decompressor.ts", test: archive };
const kitfile = { file: "src/source/oci/kitfile.ts", test: archive };
const referrers = { file: "src/source/oci/referrers.ts", test: registry };

/** Models in a registry, which may be hostile. */
export const rules: readonly Rule[] = [
  {
    ...manifest,
    rule: "the bytes of a manifest have the digest that they are asked for by",
    text: 'if (stated?.startsWith("sha256:") === true && stated !== digest) {',
    replacement: "if (false) {",
  },
  {
    ...manifest,
    rule: "a manifest is named by a digest that is checked",
    text: 'if (reference.includes(":") && !reference.startsWith("sha256:")) {',
    replacement: "if (false) {",
  },
  {
    ...manifest,
    rule: "a document is not both a manifest and an index",
    text: 'if (document.get("manifests") !== undefined && document.get("layers") !== undefined) document.fail',
    replacement: "if (false) document.fail",
  },
  {
    ...manifest,
    rule: "a document is of the type that it was sent with",
    text: "if (isSentKnown && mediaType !== sent) document.fail",
    replacement: "if (false) document.fail",
  },
  { ...manifest, rule: "a manifest has a bound", text: "accept: ACCEPT }, MAX_MANIFEST_BYTES)", replacement: "accept: ACCEPT }, 1 << 30)" },
  {
    file: "src/source/oci/choose-manifest.ts",
    test: registry,
    rule: "an index has a bound of manifests",
    text: "if (asked.size > MAX_MANIFESTS) throw",
    replacement: "if (false) throw",
  },
  {
    file: "src/source/oci/choose-manifest.ts",
    test: registry,
    rule: "an index has a bound of depth",
    text: "if (depth > MAX_DEPTH) throw",
    replacement: "if (false) throw",
  },
  {
    file: "src/source/oci/choose-manifest.ts",
    test: registry,
    rule: "none of several models is taken by chance",
    text: "if (model !== undefined && more.length === 0) return model;",
    replacement: "if (model !== undefined) return model;",
  },
  {
    file: "src/source/oci/layer-names.ts",
    test: registry,
    rule: "a layer that is not understood is not passed over",
    text: "if (usual === undefined) {",
    replacement: 'if (usual === undefined) return { kind: "nothing" }; if (usual === "") {',
  },
  {
    file: "src/source/oci/layer-names.ts",
    test: registry,
    rule: "a layer does not have two names",
    text: "path === undefined || title === undefined ||",
    replacement: "true || path === undefined || title === undefined ||",
  },
  {
    file: "src/source/oci/layer-files.ts",
    test: registry,
    rule: "the names of layers are checked",
    text: "checkRemoteNames(\n    files.map(({ name }) => name),\n    client.host,\n  );",
    replacement: "",
  },
  {
    ...referrers,
    rule: "an attached signature says itself that it is about this manifest",
    text: "|| referrer.subject?.digest !== manifest.digest)",
    replacement: ")",
  },
  {
    ...referrers,
    rule: "an attached signature says itself that it is one",
    text: "!BUNDLE_TYPE.test(referrer.artifactType) ||",
    replacement: "",
  },
  { ...referrers, rule: "an attached signature has the listed digest", text: "if (found !== layer.sha256) {", replacement: "if (false) {" },
  {
    ...referrers,
    rule: "a list of attachments has a bound of pages",
    text: "if (page > MAX_PAGES) throw",
    replacement: "if (page > 3 * MAX_PAGES) break; if (false) throw",
  },
  {
    ...token,
    rule: "an account is not sent to an unknown token server",
    text: "if (account !== undefined && !isTrusted) {",
    replacement: "if (false) {",
  },
  {
    ...token,
    rule: "a token server is at a public address",
    text: "mayConnect: isTrusted\n      ? undefined",
    replacement: "mayConnect: true\n      ? undefined",
  },
  {
    ...token,
    rule: "a token is asked for with this program's own scope",
    text: '["scope", scope]];',
    replacement: '["scope", "repository:other:push"]];',
  },
  {
    ...token,
    rule: "a token server's answer has a bound",
    text: "if (length > MAX_ANSWER_BYTES)",
    replacement: "if (false)",
  },
  { ...token, rule: "a token is one", text: "if (TOKEN.test(token)) return token;", replacement: "return token;" },
  {
    file: "src/source/oci/registry-server.ts",
    test: account,
    rule: "no account is sent without TLS",
    text: "if (account !== undefined && !isSafe) {",
    replacement: "if (false) {",
  },
  {
    file: "src/source/oci/credential-helper.ts",
    test: account,
    rule: "a credential helper gets what is needed of the environment only",
    text: "programRunner(environment, { needed: NEEDED,",
    replacement: "programRunner(environment, { needed: Object.keys(environment),",
  },
  {
    file: "src/source/reference.ts",
    test: registry,
    rule: "a repository's name does not leave its place",
    text: "(?:\\\\.|_|__|-+)",
    replacement: "(?:[._/-]+)",
  },
  { ...tar, rule: "a tar archive has an end", text: 'if (this.#state !== "fill") throw', replacement: "if (false) throw" },
  {
    ...tar,
    rule: "a tar archive has nothing behind its end",
    text: "if (this.#fill > MAX_FILL_BYTES || piece.some((byte) => byte !== 0)) throw",
    replacement: "if (this.#fill > MAX_FILL_BYTES) throw",
  },
  {
    ...tar,
    rule: "a tar archive does not continue behind a block of zeros",
    text: "if (this.#zeroBlocks > 0) throw",
    replacement: "if (false) throw",
  },
  {
    ...tar,
    rule: "a tar archive holds plain files only",
    text: 'if (header.type !== "0")',
    replacement: 'if (header.type !== "0" && header.type === "")',
  },
  {
    ...tar,
    rule: "readers do not differ about a tar header",
    text: "if (!header.hasNumbers || header.hasStrayPrefix) throw",
    replacement: "if (false) throw",
  },
  { ...tar, rule: "PAX records are understood", text: "if (unknown !== undefined) throw", replacement: "if (false) throw" },
  {
    ...tar,
    rule: "a name or record before a member has a bound",
    text: "if (header.size === 0 || header.size > MAX_EXTENDED_BYTES) throw",
    replacement: "if (header.size === 0) throw",
  },
  {
    ...tar,
    rule: "a member has one size",
    text: "if (stated !== undefined && stated !== header.size && header.size !== 0 && stated < MAX_OCTAL_SIZE) {",
    replacement: "if (false) {",
  },
  {
    ...decompressor,
    rule: "nothing is behind the end of what is compressed",
    text: "if (first !== expected && !isSkippable) {",
    replacement: "if (this.#frames > 1) return new (class { bytesWritten = 0 })() as never; if (false) {",
  },
  {
    ...decompressor,
    rule: "what is compressed does not expand beyond measure",
    text: "if (this.#output > FREE_BYTES + MAX_RATIO * this.#input) {",
    replacement: "if (false) {",
  },
  {
    ...tar,
    rule: "a part of a name is kept beyond the buffer that it arrived in",
    text: "this.#parts.push(new Uint8Array(piece));",
    replacement: "this.#parts.push(piece);",
  },
  {
    file: decompressor.file,
    test: "test/remote/oci/decompressor.test.ts",
    rule: "what is expanded does not gather in memory",
    text: "buffer.transfer(0);",
    replacement: "void buffer;",
  },
  {
    file: "src/source/oci/pass-archive.ts",
    test: archive,
    rule: "an archive has the listed digest",
    text: "if (found !== layer.sha256) {",
    replacement: "if (false) {",
  },
  {
    file: "src/source/oci/layer-files.ts",
    test: archive,
    rule: "a layer takes no file of another away",
    text: "if (isWhiteout(file.name))",
    replacement: "if (false)",
  },
  { ...kitfile, rule: "a ModelKit is whole", text: "if (REFERENCE.test(path)) {", replacement: "if (false) {" },
  {
    ...kitfile,
    rule: "a Kitfile is of these layers",
    text: "if (stated !== digest) throw",
    replacement: "if (false) throw",
  },
  {
    file: "src/source/oci/attach.ts",
    test: "test/remote/oci/attach.test.ts",
    rule: "a bundle is not uploaded to another host",
    text: "if (place.origin !== client.server.endpoint.origin) {",
    replacement: "if (false) {",
  },
  {
    file: "src/source/oci/attach.ts",
    test: "test/remote/oci/attach.test.ts",
    rule: "what others attached stays",
    text: "manifests: [...manifests, entry]",
    replacement: "manifests: [entry]",
  },
  {
    file: "src/source/remote/listed-digest.ts",
    test: registry,
    rule: "a small file that is read by itself has the listed digest",
    text: "if (found !== digest.hex) throw",
    replacement: "if (false) throw",
  },
];
