import { readFileSync } from "node:fs";
import { entryPoints, type EntryPoint, type Exported } from "./exports.ts";
import { list, page } from "./markdown.ts";

const root = new URL("../../", import.meta.url);

/** docs/api/README.md: every name that the package exports, with the first sentence of its doc comment and the source. */
export function apiPage(): string {
  const entries = entryPoints();
  return page("The library", [
    "What `import` gives, by entry point. The link leads to the source: its doc comment says what comes in, in which units, what comes out, and which codes are thrown ([error codes](../error-codes.md)). `npm run docs:api` builds a reference with every type and field from the same comments, in tools/apidoc/html.",
    "## The questions, in one program",
    EXAMPLE,
    "A no is a result and never an error: `outcome`, `decision` and `class` say it. What is thrown is an `AssayError` about the question, such as a model, a signature or a policy that is missing, or a fault of the machine; its `code` is stable, its `message` is for a person. The documents of `assay/report` are what `--json` prints ([JSON output](../json-output.md)).",
    "## Entry points",
    list(entries.map(({ specifier, exports }) => `[\`${specifier}\`](#${anchor(specifier)}): ${exports.length} names`)),
    ...entries.flatMap(section),
  ]);
}

/** Compiled by the tests in strict TypeScript, as every example of the documentation. */
const EXAMPLE = `\`\`\`ts
import { readFile } from "node:fs/promises";
import { AssayError, assessOpenness, check, scan, verify } from "assay";

const model = process.argv[2] ?? "granite";
try {
  // Are these the bytes that the holder of this key signed?
  const trust = { method: "key", publicKey: await readFile("key.pub") } as const;
  const answer = await verify(model, { trust });
  console.log(answer.outcome, answer.outcome === "verified" ? answer.manifest.manifestDigest : answer.error.message);

  // What happens when it is loaded?
  const { risk } = await scan(model);
  for (const { file, findings } of risk.files) {
    for (const { outcome, what } of findings) console.log(\`\${file}: \${outcome}: \${what}\`);
  }

  // How open is it, by its files and by what they claim? 1, 2, 3, or null for no class.
  const { asFound, ifClaimsHold } = await assessOpenness(model);
  console.log(risk.outcome, asFound.evaluation.class, ifClaimsHold.evaluation.class);

  // May it be used here?
  const { decision } = await check(model, "policy.yml");
  for (const { rule, outcome, message } of decision.rules) console.log(rule, outcome, message);
  process.exitCode = decision.decision === "allow" ? 0 : 1;
} catch (error) {
  if (!(error instanceof AssayError)) throw error;
  console.error(error.code, error.message);
  process.exitCode = 3;
}
\`\`\``;

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
