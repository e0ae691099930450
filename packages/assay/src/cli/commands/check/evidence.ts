import { openEvidenceFolder, shippedLicenses, writeEvidence, type WrittenEvidence } from "../../../api/evidence/write-evidence.ts";
import { readUri } from "../../../api/evidence/uris.ts";
import type { Check } from "../../../api/check.ts";
import { EVIDENCE_NAMES, evidenceFiles } from "../../../report/evidence/files.ts";
import { isOwnEvidence } from "../../../report/evidence/own-files.ts";
import { isRemoteReference } from "../../../api/opened/with-opened.ts";
import type { CommandContext } from "../../command.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { displayPath } from "../../inputs/places.ts";
import { openModelSigner } from "../../inputs/signer.ts";
import { escapeName } from "../../text/escape.ts";
import { signerPhrase } from "../../text/names.ts";
import { row, text, type Block } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";
import { readSignMethod } from "./sign-method.ts";

/** Writes the evidence of a check; undefined where the model could not be read. */
export type WriteEvidence = (check: Check) => Promise<WrittenEvidence | undefined>;

/**
 * Prepares the folder and the signer of `--evidence`, before the model is read: a mistake in their names must not cost that
 * time. Throws USAGE, OUTPUT_EXISTS, OUTPUT_WRITE, and what opening the signer throws.
 */
export async function prepareEvidence(
  folder: string,
  model: string,
  values: OptionValues,
  context: CommandContext,
): Promise<WriteEvidence> {
  const method = readSignMethod(values, context);
  const verifierId = values.text("verifier-id");
  const named = verifierId === undefined ? {} : { verifierId: readUri("verifier's id", verifierId) };
  const plan = {
    folder,
    cwd: context.cwd,
    ...EVIDENCE_NAMES,
    isSigned: method !== undefined,
    force: values.flag("force") === true,
    isOwn: isOwnEvidence,
  };
  const opened = openEvidenceFolder(plan, isRemoteReference(model) ? [] : [model]);
  const sealing = method === undefined ? undefined : await openModelSigner(method, values, context);
  return async (check) => {
    const pieces = evidenceFiles(check, {
      ...named,
      verifiedAt: new Date(),
      isTimeChosen: values.text("at") !== undefined,
      redact: values.flag("redact") === true,
      licenses: shippedLicenses(),
    });
    return pieces && writeEvidence(opened, pieces, { ...sealing, signal: context.signal });
  };
}

/** What was written where, and what it is worth. */
export function evidenceBlocks(
  written: WrittenEvidence | undefined,
  { redact, cwd }: { readonly redact: boolean; readonly cwd: string },
): Block[] {
  if (written === undefined) {
    return [
      { kind: "blank" },
      row("Evidence", "none is written: the model could not be read, and nothing says which bytes it would be about"),
    ];
  }
  const { folder, files, signer } = written;
  const where = redact ? "" : ` in ${escapeName(displayPath(folder, cwd))}`;
  const by = signer === undefined ? "unsigned" : `its statements signed by ${signerPhrase(signer)}`;
  return [
    { kind: "blank" },
    row("Evidence", `${plural(files.length, "file")}${where}, ${by}`),
    ...(signer === undefined ? [text("→ evidence: sign it with --sign METHOD; unsigned, it proves nothing to anyone else")] : []),
  ];
}
