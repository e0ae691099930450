import { AssayError } from "../../../core/error.ts";
import { parseJson, type JsonNode } from "../../../encoding/json.ts";
import { isAllowedSkopsType } from "../../../risk/allowed/skops-types.ts";
import type { ExamineInput } from "../examiner.ts";
import type { ExamineLayout } from "./archives/zip-contents.ts";

const SCHEMA = "schema.json";
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_DEPTH = 400;
const MAX_VALUES = 2_000_000;
/** Keys of a node under which a module or function is named beside the node's own type. */
const NAMES: readonly string[] = ["function", "type", "attr", "func", "ufunc"];

/**
 * Examines `schema.json` of an archive of skops (skops/io/_persist.py): a tree of nodes, each with the type of the object
 * that skops makes of it. Every type must be on the list. The other members remain, to be examined as files of their own.
 */
export const examineSkopsMembers: ExamineLayout = async (input, members, contents, isExpected) => {
  const schemas = members.filter(({ name }) => name.toLowerCase() === SCHEMA);
  if (isExpected && schemas.length === 0) input.report("skops/malformed", `has no ${SCHEMA}: skops cannot load it`);
  for (const member of schemas) {
    const content = await contents.open(member, true);
    if (content !== undefined) examineSchema(await content.read(0, MAX_BYTES), member.name, isExpected, input.report);
  }
  return members;
};

function examineSchema(bytes: Uint8Array, member: string, isExpected: boolean, report: ExamineInput["report"]): void {
  const seen = new Set<string>();
  let nodes = 0;
  const visit = (node: JsonNode): void => {
    if (node.kind === "array") {
      for (const element of node.elements()) visit(element);
    } else if (node.kind === "object") {
      const loader = node.get("__loader__");
      if (loader !== undefined) {
        nodes++;
        for (const name of typesOf(node, textOf(loader)))
          if (seen.size < seen.add(name).size) report("skops/type", `makes an object of ${name}, or calls it`, { member, name });
      }
      for (const [, value] of node.members()) visit(value);
    }
  };
  try {
    visit(parseJson(bytes, { what: "schema", shapeCode: "JSON_SYNTAX", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES }));
    if (nodes === 0 && isExpected) report("skops/malformed", "has a schema without types", { member });
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    if (isExpected) report("skops/malformed", `has a schema that is not understood: ${error.message}`, { member });
  }
}

/** What a node makes that is not on the list. A function is named in the content, and may be another than the node's type. */
function typesOf(node: JsonNode, loader: string): readonly string[] {
  const type = `${textOf(node.get("__module__"))}.${textOf(node.get("__class__"))}`;
  if (isAllowedSkopsType(loader, type)) return [];
  const content = node.get("content");
  const inner = content?.kind === "object" ? content : undefined;
  const module = textOf(inner?.get("module_path"));
  const names = module === "" ? [] : NAMES.map((key) => textOf(inner?.get(key))).filter((name) => name !== "");
  return [type, ...names.map((name) => `${module}.${name}`)];
}

function textOf(node: JsonNode | undefined): string {
  return node?.kind === "string" ? node.string() : "";
}
