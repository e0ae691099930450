import type { Rule } from "./rule.ts";

const test = "test/remote/bucket.test.ts";
const open = { file: "src/source/bucket/open-bucket.ts", test };
const server = { file: "src/source/bucket/bucket-server.ts", test };
const list = { file: "src/source/bucket/list-objects.ts", test };
const account = { file: "src/source/bucket/aws-account.ts", test };
const xml = { file: "src/encoding/xml.ts", test: "test/encoding/xml.test.ts" };

/** Models in buckets, whose servers may be hostile. */
export const rules: readonly Rule[] = [
  {
    ...open,
    rule: "an object is read only as it was listed: If-Match",
    text: "part: { from: first, to }, ifMatch, redirects",
    replacement: "part: { from: first, to }, redirects",
  },
  {
    ...open,
    rule: "a server that passes over If-Match is noticed by the ETag",
    text: "return bareEtag(given) === etag ? undefined",
    replacement: "return true ? undefined",
  },
  {
    ...open,
    rule: "an object without its ETag is not taken for the one that was listed",
    text: 'if (given === undefined) return "the',
    replacement: 'if (given === undefined) return undefined; if (false) return "the',
  },
  {
    ...open,
    rule: "what a bucket holds is listed again before the answer",
    text: "changes: async () => changesOf(byName, await listObjects(client, place)),",
    replacement: "",
  },
  {
    ...open,
    rule: "an object that was added meanwhile is a change",
    text: "if (known === undefined) changes.push",
    replacement: "if (false) changes.push",
  },
  {
    ...open,
    rule: "an object that was removed meanwhile is a change",
    text: "for (const name of gone) changes.push",
    replacement: "for (const name of []) changes.push",
  },
  {
    ...open,
    rule: "objects are read at the bucket's own server",
    text: 'redirects: "own-origin" }),',
    replacement: 'redirects: "anywhere" }),',
  },
  {
    ...server,
    rule: "a status that names another region is not followed as a redirect",
    text: 'isRefusal: ({ headers }) => headers.has("x-amz-bucket-region"),',
    replacement: "",
  },
  {
    ...server,
    rule: "a server's words do not show what was sent to it",
    text: 'const words = plainServerText(text("Message") ?? "", { secrets });',
    replacement: 'const words = text("Message") ?? "";',
  },
  { ...list, rule: "an object is under the prefix", text: "if (!key.startsWith(prefix)) return", replacement: "if (false) return" },
  {
    ...list,
    rule: "a list of objects has a bound of pages",
    text: "if (page > MAX_PAGES) throw",
    replacement: "if (page > 3 * MAX_PAGES) break; if (false) throw",
  },
  {
    ...list,
    rule: "a list says whether there is more",
    text: 'if (truncated !== "true" && truncated !== "false") return',
    replacement: 'if (truncated !== "true") return { files, next: undefined }; if (false) return',
  },
  {
    ...list,
    rule: "an ETag fits into a header",
    text: 'bareEtag(childText(entry, "ETag", refuse) ?? "") ??',
    replacement: 'childText(entry, "ETag", refuse) ??',
  },
  {
    ...account,
    rule: "credentials are not sent without TLS, but on this machine",
    text: "credentials: mayTravel ? found : undefined,",
    replacement: "credentials: found,",
    test: "test/source/bucket/aws-account.test.ts",
  },
  {
    ...account,
    rule: "a profile whose credentials are unsupported is refused, and not passed over",
    text: "if (unsupported !== undefined) {",
    replacement: "if (false) {",
  },
  {
    ...account,
    rule: "a profile with endpoints under services is not sent elsewhere",
    text: 'if (!named && settings.has("services")) {',
    replacement: "if (false) {",
  },
  {
    file: "src/source/bucket/web-identity.ts",
    test,
    rule: "an identity token is not sent without TLS, but on this machine",
    text: 'if (endpoint.protocol !== "https:" && !isLoopback(endpoint)) {',
    replacement: "if (false) {",
  },
  {
    file: "src/source/remote/remote-names.ts",
    test,
    rule: "no remote name is a file and a folder",
    text: "if (file === undefined) continue;\n      throw",
    replacement: "if (true) continue;\n      throw",
  },
  {
    ...xml,
    rule: "XML has no entities of its own",
    text: "if (digits === undefined) return refuse(",
    replacement: "if (digits === undefined) return String(",
  },
  { ...xml, rule: "XML is not deeper than a bound", text: "if (open.length === maxDepth)", replacement: "if (false)" },
  { ...xml, rule: "XML has no more elements than a bound", text: "if (++elements > maxElements)", replacement: "if (false)" },
  { ...xml, rule: "an element is closed by its own name", text: "if (closed?.tag !== tag)", replacement: "if (closed === undefined)" },
  {
    ...xml,
    rule: "an element has text or elements",
    text: 'if (closed.children.length > 0 && closed.text.trim() !== "")',
    replacement: "if (false)",
  },
  { ...xml, rule: "a tag has a bound", text: "text.slice(next, next + MAX_TAG)", replacement: "text.slice(next)" },
];
