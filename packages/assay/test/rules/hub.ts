import type { Rule } from "./rule.ts";

const test = "test/remote/hub.test.ts";
const client = { file: "src/source/remote/remote-client.ts", test };
const transfer = { file: "src/source/remote/transfer.ts", test };
const names = { file: "src/source/remote/remote-names.ts", test };

/** Models on a hub, which may be hostile. */
export const rules: readonly Rule[] = [
  {
    ...client,
    rule: "the token is sent to the hub's own origin only",
    text: "const credentials = isOwn ? await",
    replacement: "const credentials = true ? await",
  },
  {
    ...client,
    rule: "a redirect to an address that is not public is not followed",
    text: "mayConnect: isOwn || this.#isAllowed(url) ? undefined :",
    replacement: "mayConnect: true ? undefined :",
  },
  {
    ...client,
    rule: "redirects have a bound",
    text: "if (followed === MAX_REDIRECTS) throw",
    replacement: "if (followed === 10 * MAX_REDIRECTS) return answer; if (false) throw",
  },
  {
    ...client,
    rule: "a redirect to another protocol is not followed",
    text: 'if (to.protocol !== "https:" && to.protocol !== "http:") throw',
    replacement: "if (false) throw",
  },
  {
    ...client,
    rule: "a redirect with a password in it is not followed",
    text: 'if (to.username !== "" || to.password !== "") throw',
    replacement: "if (false) throw",
  },
  {
    ...client,
    rule: "the next page is of the hub itself",
    text: "if (next?.origin !== this.server.endpoint.origin) throw",
    replacement: "if (next === null) throw",
  },
  {
    file: "src/source/hub/list-files.ts",
    test,
    rule: "a list of files has a bound of pages",
    text: "if (page > MAX_PAGES) throw",
    replacement: "if (page > 3 * MAX_PAGES) break; if (false) throw",
  },
  {
    file: "src/source/hub/hub-account.ts",
    test,
    rule: "the token of a file is for huggingface.co alone",
    text: "if (endpoint.origin !== PUBLIC_HUB) return undefined;",
    replacement: "",
  },
  {
    file: "src/source/hub/hub-account.ts",
    test,
    rule: "a token is not sent without TLS, but on this machine",
    text: "token: mayTravel ? token : undefined",
    replacement: "token",
  },
  {
    file: "src/source/hub/open-hub-model.ts",
    test,
    rule: "a file is of the commit that was listed",
    text: "given === undefined || given === commit ?",
    replacement: "true ?",
  },
  {
    ...transfer,
    rule: "a file that changes on the way is not put together of two",
    text: "if (etag !== undefined && now !== undefined && now !== etag) throw",
    replacement: "if (false) throw",
  },
  {
    ...transfer,
    rule: "a part is the one that was asked for",
    text: 'if (Number(first) !== at || Number(last) < at || Number(last) >= file.size || (total !== "*" && Number(total) !== file.size)) {',
    replacement: "if (false) {",
  },
  {
    file: "src/hashing/hash-stream.ts",
    test,
    rule: "the bytes of a server are those that it lists",
    text: "if (file.digest !== undefined && found !== file.digest.hex) {",
    replacement: "if (false) {",
  },
  { ...names, rule: "a remote name is not absolute", text: 'if (name.startsWith("/") || DRIVE.test(name))', replacement: "if (false)" },
  { ...names, rule: "a remote name has no backslash", text: 'if (name.includes("\\\\"))', replacement: "if (false)" },
  { ...names, rule: "a remote name has no control character", text: "if (CONTROL.test(name))", replacement: "if (false)" },
  {
    ...names,
    rule: "a remote name does not leave the model",
    text: 'part === "" || part === "." || part === ".."',
    replacement: 'part === ""',
  },
  {
    ...names,
    rule: "two remote names that a file system takes for one are refused",
    text: 'name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC")',
    replacement: "name",
  },
  {
    ...names,
    rule: "two remote names that full case folding takes for one are refused",
    text: ".toUpperCase().toLowerCase()",
    replacement: ".toLowerCase()",
  },
  {
    file: "src/source/remote/transfer.ts",
    test,
    rule: "a listed file that is missing does not deny that the model exists",
    text: "if (!MISSING.has(asAssayError(thrown).code)) throw thrown;",
    replacement: "if (true) throw thrown;",
  },
  {
    file: "src/source/remote/transfer.ts",
    test,
    rule: "a part ends within the file",
    text: " || Number(last) >= file.size",
    replacement: "",
  },
  {
    file: "src/source/without-account.ts",
    test: "test/remote/oci/reference.test.ts",
    rule: "a password that was typed into a reference is not repeated",
    text: '"$1…@"',
    replacement: '"$&"',
  },
];
