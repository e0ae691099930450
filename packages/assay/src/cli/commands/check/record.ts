import { writeOutput } from "../../../api/output-file.ts";
import type { Check } from "../../../api/check.ts";
import { AssayError } from "../../../core/error.ts";
import { factsDocument } from "../../../report/json/facts.ts";
import type { CommandContext } from "../../command.ts";

interface RecordTarget extends Pick<CommandContext, "cwd" | "signal"> {
  /** Replaces any regular file. */
  readonly force: boolean;
}

/**
 * Writes the facts that a decision rests on, whole or not at all: for `policy test` and `policy diff`, which decide by them
 * again. An older recording is replaced. Throws OUTPUT_EXISTS, OUTPUT_WRITE, and the error of a model that could not be read.
 */
export async function recordFacts(
  file: string,
  { facts, decision, policy, error }: Check,
  { cwd, force, signal }: RecordTarget,
): Promise<void> {
  if (facts === undefined) throw error ?? new AssayError("INTERNAL", "a decision without facts and without an error");
  const document = factsDocument(facts, new Date(decision.at), policy.policy);
  const bytes = new TextEncoder().encode(`${JSON.stringify(document, undefined, 2)}\n`);
  await writeOutput(file, cwd, { what: "record of a check", bytes, isSameKind: isOwnRecord, force, signal });
}

function isOwnRecord(found: Uint8Array): boolean {
  return new TextDecoder().decode(found.subarray(0, 200)).includes('"urn:assay:schema:facts:v1"');
}
