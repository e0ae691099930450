import { fileURLToPath } from "node:url";
import { AssayError } from "../../error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { Invocation } from "../arguments.ts";
import type { CommandResult } from "../command.ts";
import type { JsonObject } from "../output/json.ts";

/** The package's schemas: they lie at the same place from the source, the library and the bundled command. */
const SCHEMAS = packageFolder(import.meta.url);
const LIMIT = 1024 * 1024;

/** `assay openness schema`: the JSON schema of a mof.yml; with --result, that of the answer. */
export function run({ values }: Invocation): Promise<CommandResult> {
  const text = readSchema(values.flag("result") === true ? "openness" : "mof");
  const json: JsonObject = JSON.parse(text);
  return Promise.resolve({ exitCode: 0, report: [{ kind: "finished", text }], json, warnings: [] });
}

function readSchema(name: "openness" | "mof"): string {
  try {
    return new TextDecoder().decode(readBounded(`${SCHEMAS}${name}.v1.json`, "schema", LIMIT));
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its schemas", { cause, hint: "install it again" });
  }
}

/** `src/cli/commands/` in tests, `dist/bin/` in the command. */
function packageFolder(module: string): string {
  const at = Math.max(...["/src/", "/dist/"].map((mark) => module.lastIndexOf(mark)));
  return fileURLToPath(new URL(`${module.slice(0, at)}/schemas/`));
}
