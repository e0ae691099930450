import { readFileSync } from "node:fs";
import { entryPoints, type EntryPoint, type Exported } from "./exports.ts";
import { list, page } from "./markdown.ts";

const root = new URL("../../", import.meta.url);

/** docs/api/README.md: every name that the package exports, with the first sentence of its doc comment and the source. */
export function apiPage(): string {
  const entries = entryPoints();
  return page("The library", [
    "What `import` gives, by entry point. The link leads to the source: its doc comment says what comes in, in which units, what comes out, and which codes are thrown ([error codes](../error-codes.md)). `npm run docs:api` builds a reference with every type and field from the same comments, in tools/apidoc/html.",
    list(entries.map(({ specifier, exports }) => `[\`${specifier}\`](#${anchor(specifier)}): ${exports.length} names`)),
    ...entries.flatMap(section),
  ]);
}

function section({ specifier, file, exports }: EntryPoint): string[] {
  const values = exports.filter(({ kind }) => kind !== "type");
  const types = exports.filter(({ kind }) => kind === "type");
  const about = aboutModule(file);
  return [
    `## ${specifier}`,
    ...(about === "" ? [] : [about]),
    list(values.map(line)),
    ...(types.length === 0 ? [] : ["Types:", list(types.map(line))]),
  ];
}

function line({ name, kind, file, comment }: Exported): string {
  const summary = firstSentence(comment);
  return `[\`${name}${kind === "function" ? "()" : ""}\`](../../${file})${summary === "" ? "" : `: ${summary}`}`;
}

/** The comment at the head of an entry point. */
function aboutModule(file: string): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(new URL(file, root), "utf8"))?.[1] ?? "";
  return comment.replace(/\n\s*\* ?/g, " ").trim();
}

function firstSentence(comment: string): string {
  const paragraph = (comment.split("\n\n")[0] ?? "").replace(/\s*\n\s*/g, " ").replace(/^- /, "");
  return /^.*?[.?!](?= [A-Z`]|$)/.exec(paragraph)?.[0] ?? paragraph;
}

function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}
