import { digest } from "../../../api/digest.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readHashOptions, readModelOptions } from "../../inputs/model-options.ts";
import { digestedJson } from "../../../report/documents.ts";
import { sha256 } from "./report.ts";
import { leftOutNotes } from "../verify/coverage.ts";
import { formatSize, plural } from "../../text/sizes.ts";

/** Prints exactly the root digest, as the reference does, or the manifest digest; what more there is to say is printed beside it. */
export async function run({ values, arguments: [model = ""] }: Invocation, context: CommandContext): Promise<CommandResult> {
  const signature = values.text("signature");
  const digested = await digest(model, {
    ...readModelOptions(values, context, model),
    ...readHashOptions(values),
    ...(signature === undefined ? {} : { signature }),
  });
  const manifest = sha256(digested.manifestDigest);
  const wantsManifest = values.flag("manifest") === true;
  const details = [
    `${plural(digested.files.length, "file")}, ${formatSize(digested.totalBytes)}, hashed with ${digested.hash}`,
    wantsManifest ? `root digest ${sha256(digested.rootDigest)}` : `manifest digest ${manifest}`,
  ];
  return {
    exitCode: 0,
    report: [{ kind: "line", text: wantsManifest ? manifest : sha256(digested.rootDigest) }],
    json: digestedJson(digested, digested.warnings),
    warnings: digested.warnings,
    notes: [...leftOutNotes(digested.notCovered), ...(values.flag("verbose") === true ? details : [])],
  };
}
