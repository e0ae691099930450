import { writeOutput } from "../../../api/output-file.ts";
import type { Scan } from "../../../index.ts";
import { scanSarif } from "../../../report/sarif/sarif.ts";
import type { CommandContext } from "../../command.ts";

interface SarifTarget extends Pick<CommandContext, "cwd" | "signal"> {
  /** Replaces any regular file. */
  readonly force: boolean;
}

/** Writes the findings as SARIF, whole or not at all; an older result of a scan is replaced. Throws OUTPUT_EXISTS, OUTPUT_WRITE. */
export async function writeSarif(file: string, scans: readonly Scan[], { cwd, force, signal }: SarifTarget): Promise<void> {
  const text = `${JSON.stringify(scanSarif(scans), undefined, 2)}\n`;
  await writeOutput(file, cwd, { what: "result of a scan", bytes: new TextEncoder().encode(text), isSameKind: isOwnSarif, force, signal });
}

function isOwnSarif(found: Uint8Array): boolean {
  const beginning = new TextDecoder().decode(found.subarray(0, 400));
  return (
    /^\{\s*"\$schema": "https:\/\/json\.schemastore\.org\/sarif-2\.1\.0\.json"/.test(beginning) && beginning.includes('"name": "Assay"')
  );
}
