import { scanAndDigest, type ScanWithDigests } from "../../../api/scan-and-digest.ts";
import { advisoryDocument } from "../../../report/json/advisory.ts";
import { osvAdvisory } from "../../../report/osv/advisory.ts";
import type { OsvDocument } from "../../../report/osv/document.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { escapeJson } from "../../text/escape.ts";
import { plural } from "../../text/sizes.ts";

/** `assay advisory new`: the advisory is the result, and what it is about is a note beside it. */
export async function run({ values, arguments: [model = ""] }: Invocation, context: CommandContext): Promise<CommandResult> {
  const found = await scanAndDigest(model, {
    ...readModelOptions(values, context, model),
    ...readRemoteOptions(values),
    ...serverAccess(context),
    as: values.text("as"),
  });
  const words = { id: values.text("id"), summary: values.text("summary"), time: new Date() };
  const advisory = osvAdvisory({ ...found, risk: found.scan.risk }, words);
  const { warnings } = found.digested;
  return {
    exitCode: 0,
    report: [{ kind: "finished", text: `${escapeJson(JSON.stringify(advisory, undefined, 2))}\n` }],
    json: advisoryDocument(advisory, warnings),
    warnings,
    notes: [noteOf(advisory, found)],
  };
}

function noteOf({ id, affected }: OsvDocument, { published }: ScanWithDigests): string {
  const files = affected.flatMap(({ database_specific: { digests } }) => digests.files).length;
  const about = `the digest of the model and ${files === 0 ? "of no file" : `of ${plural(files, "file")}`}`;
  if (affected.some(({ versions = [] }) => versions.length > 0)) return `${id} is about ${about}, and the published revision`;
  const why = published === undefined ? "no reference is given" : "the reference has no commit";
  return `${id} is about ${about}, and no published revision: ${why}`;
}
