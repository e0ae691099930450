import { join, resolve } from "node:path";
import { AssayError } from "../../../core/error.ts";
import { shellCommand } from "../../text/shell-quote.ts";
import { inspect, inspectModel } from "../../../api/inspect.ts";
import { isRemoteReference } from "../../../api/opened/with-opened.ts";
import type { Inspection } from "../../../index.ts";
import { readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { inspectReport } from "./report.ts";
import { inspectDocument } from "../../../report/json/inspect.ts";
import { readNamedSignature } from "../../inputs/signature.ts";
import { glanceAt } from "../../inputs/places.ts";

export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [signature = ""] = invocation.arguments;
  const inspection = await inspected(signature, invocation, context);
  return {
    exitCode: 0,
    report: inspectReport(inspection, { path: signature, verbose: invocation.values.flag("verbose") === true }),
    json: inspectDocument(inspection),
    warnings: inspection.warnings,
  };
}

async function inspected(signature: string, { values }: Invocation, context: CommandContext): Promise<Inspection> {
  const { cwd } = context;
  if (isRemoteReference(signature)) return inspectModel(signature, { cwd, ...readRemoteOptions(values), ...serverAccess(context) });
  refuseFolder(resolve(cwd, signature), signature);
  return inspect(await readNamedSignature(signature), { cwd });
}

/** A caller who names the model means a signature in it, or asks what the model holds: say which command looks at that. */
function refuseFolder(path: string, named: string): void {
  const stats = glanceAt(path);
  if (stats?.isDirectory() !== true) return;
  const signature = `${named.replace(/\/+$/, "")}/model.sig`;
  const suggestion =
    glanceAt(join(path, "model.sig")) === undefined
      ? { lead: "what the model holds", line: shellCommand(["assay", "scan", named]) }
      : { lead: "for example", line: shellCommand(["assay", "inspect", signature]) };
  throw new AssayError("USAGE", `${named} is a folder; assay inspect takes a signature file`, { suggestion });
}
