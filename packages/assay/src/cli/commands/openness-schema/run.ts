import { AssayError } from "../../../core/error.ts";
import { packageFolder } from "../../../files/package-folder.ts";
import { readBounded } from "../../../files/read-bounded.ts";
import type { CommandResult, Invocation } from "../../command.ts";
import { head, type JsonObject } from "../../../report/json.ts";

const SCHEMAS = packageFolder(import.meta.url, "schemas");
const LIMIT = 1024 * 1024;

/** `assay openness schema`: the JSON schema of a mof.yml; with --result, that of the answer. */
export function run({ values }: Invocation): Promise<CommandResult> {
  const text = readSchema(values.flag("result") === true ? "openness" : "mof");
  const document: JsonObject = JSON.parse(text);
  const json = { ...head("openness-schema"), exitCode: 0, document };
  return Promise.resolve({ exitCode: 0, report: [{ kind: "finished", text }], json, warnings: [] });
}

function readSchema(name: "openness" | "mof"): string {
  try {
    return new TextDecoder().decode(readBounded(`${SCHEMAS}${name}.v1.json`, "schema", LIMIT));
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its schemas", { cause, hint: "install it again" });
  }
}
