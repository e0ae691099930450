import type { Rule } from "./rule.ts";

const test = "test/remote/web.test.ts";
const open = { file: "src/source/web/open-web-model.ts", test };
const files = { file: "src/source/web/web-files.ts", test };

/** Models at an address of a web server, which does not list its files. */
export const rules: readonly Rule[] = [
  {
    ...open,
    rule: "an inventory of a server without lists says so",
    text: "return unseen(await model.inventory(request), client.host);",
    replacement: "return model.inventory(request);",
  },
  {
    ...open,
    rule: "what a server without lists may hold is not examined",
    text: 'unexamined: [{ name: ".", kind: "folder" }],',
    replacement: "",
  },
  {
    ...open,
    rule: "the names to look for are those of the signature that was proven",
    text: "request.signed === undefined ? await",
    replacement: "true ? await",
  },
  {
    ...open,
    rule: "a web server is asked without TLS on this machine alone",
    text: "!isLoopback(prefix) && access.plainHttp !== true",
    replacement: "false",
  },
  {
    ...open,
    rule: "a file of a web server is of the version that its size is of",
    text: "before === undefined || now === undefined || before === now ?",
    replacement: "true ?",
  },
  {
    ...files,
    rule: "a signature at a web server that is denied is not taken for missing",
    text: "if (there.length === 0 && denial !== undefined) throw denial;",
    replacement: "",
  },
  {
    file: "src/hashing/files-on-server.ts",
    test,
    rule: "whether a signature covers all cannot be told without a list",
    text: "if (model.isUnlisted !== true) return [];",
    replacement: "if (true) return [];",
  },
  {
    file: "src/api/diff.ts",
    test,
    rule: "two models are not the same where one cannot be seen whole",
    text: 'return source?.kind !== "https";',
    replacement: "return true;",
  },
  {
    file: "src/api/diff.ts",
    test,
    rule: "a file that one side alone shows does not differ where the other cannot be seen whole",
    text: '(kind === "extra" && !isListed(sideA)) || (kind === "missing" && !isListed(sideB))',
    replacement: 'kind === "unreadable" && isListed(sideA)',
  },
  {
    file: "src/source/web/web-reference.ts",
    test,
    rule: "an address with a query or fragment is not a prefix",
    text: 'if (url.search !== "" || url.hash !== "") {',
    replacement: "if (false) {",
  },
  {
    file: "src/api/check.ts",
    test,
    rule: "a policy cannot tell whether all of a model is signed that cannot be seen whole",
    text: 'return source?.kind === "https" ? source.host : undefined;',
    replacement: "return undefined;",
  },
  {
    ...open,
    rule: "a file of a web server is continued where an earlier run stopped",
    text: "model.stream(file, onPiece, from)",
    replacement: "model.stream(file, onPiece)",
  },
];
