import type { Rule } from "./rule.ts";

const registry = "test/remote/oci/registry.test.ts";
const account = "test/remote/oci/account.test.ts";
const manifest = { file: "src/source/oci/manifest.ts", test: registry };
const token = { file: "src/source/oci/token.ts", test: account };
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
    file: "src/source/oci/raw-layers.ts",
    test: registry,
    rule: "the names of layers are checked",
    text: "checkRemoteNames(\n    files.map(({ name }) => name),\n    host,\n  );",
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
];
