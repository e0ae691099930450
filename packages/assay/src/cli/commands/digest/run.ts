import { digest } from "../../../api/digest.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readDigestOrigin, readHashOptions, readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import type { Digested } from "../../../index.ts";
import { digestCountsPart } from "../../../report/json/parts.ts";
import { digestDocument } from "../../../report/json/digest.ts";
import { sha256Text } from "../../../report/digest-text.ts";
import { leftOutNotes } from "../../text/coverage.ts";
import { formatSize, plural } from "../../text/sizes.ts";

/** Prints exactly the root digest, as the reference does, or the manifest digest; what more there is to say is printed beside it. */
export async function run({ values, arguments: [model = ""] }: Invocation, context: CommandContext): Promise<CommandResult> {
  const signature = values.text("signature");
  const digested = await digest(model, {
    ...readModelOptions(values, context, model),
    ...readHashOptions(values),
    ...readRemoteOptions(values),
    ...readDigestOrigin(values),
    ...serverAccess(context),
    ...(signature === undefined ? {} : { signature }),
  });
  const manifest = sha256Text(digested.manifestDigest);
  const wantsManifest = values.flag("manifest") === true;
  const details = [
    `${plural(digested.files.length, "file")}, ${formatSize(digested.totalBytes)}, hashed with ${digested.hash}`,
    wantsManifest ? `root digest ${sha256Text(digested.rootDigest)}` : `manifest digest ${manifest}`,
  ];
  return {
    exitCode: 0,
    report: [{ kind: "line", text: wantsManifest ? manifest : sha256Text(digested.rootDigest) }],
    json: digestDocument(digested),
    warnings: digested.warnings,
    notes: [
      ...(digested.source === undefined ? [] : [readNote(digested.source, digested.digestOrigins)]),
      ...leftOutNotes(digested.notCovered),
      ...(values.flag("verbose") === true ? details : []),
    ],
  };
}

function readNote({ pinned, host }: NonNullable<Digested["source"]>, origins: Digested["digestOrigins"] = new Map()): string {
  const { computed, attested } = digestCountsPart(origins);
  return `read ${pinned} from ${host}: ${computed} computed, ${attested} attested`;
}
