import { digest } from "../../digest.ts";
import type { Invocation } from "../arguments.ts";
import type { CommandContext, CommandResult } from "../command.ts";
import { readHashOptions, readModelOptions } from "../model-options.ts";
import { digestedJson } from "../output/documents.ts";
import { sha256 } from "../output/digests.ts";
import { formatSize, plural } from "../output/sizes.ts";

/** Prints exactly the root digest, as the reference does; what more there is to say goes to the log. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [model = ""] = invocation.arguments;
  const digested = await digest(model, { ...readModelOptions(invocation, context, model), ...readHashOptions(invocation) });
  const details = [
    `${plural(digested.files.length, "file")}, ${formatSize(digested.totalBytes)}, hashed with ${digested.hash}`,
    `manifest digest ${sha256(digested.manifestDigest)}`,
  ];
  return {
    exitCode: 0,
    report: [{ kind: "line", text: sha256(digested.rootDigest) }],
    json: digestedJson(digested, digested.warnings),
    warnings: digested.warnings,
    notes: invocation.values.flag("verbose") === true ? details : [],
  };
}
