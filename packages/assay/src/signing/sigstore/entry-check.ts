import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import { plainServerText } from "../../network/server-text.ts";
import type { LogEntry } from "../../bundle/log-entry.ts";
import { readCheckpoint } from "../../trust/sigstore/checkpoint.ts";
import { verifyInclusion } from "../../trust/sigstore/merkle.ts";
import { isEntryFor, type ContentToLog } from "./logged-content.ts";

/**
 * Checks what a log answered as far as possible without its key: the entry is about what was sent, its
 * proof leads from the body to the root, and the checkpoint is about that root. Gives the entry back.
 * Throws SERVER_ANSWER.
 */
export async function checkedEntry(entry: LogEntry, logged: ContentToLog, server: string): Promise<LogEntry> {
  const { inclusionProof } = entry;
  try {
    if (!(await isEntryFor(entry, logged))) {
      throw new AssayError("SERVER_ANSWER", `${server} gave an entry for other data than was sent`);
    }
    if (inclusionProof?.checkpoint === undefined) {
      throw new AssayError(
        "SERVER_ANSWER",
        `${server} gave an entry without ${inclusionProof === undefined ? "an inclusion proof" : "a checkpoint"}`,
      );
    }
    await verifyInclusion(entry.canonicalizedBody, inclusionProof);
    const checkpoint = readCheckpoint(inclusionProof.checkpoint);
    if (checkpoint.treeSize !== inclusionProof.treeSize || !sameBytes(checkpoint.rootHash, inclusionProof.rootHash)) {
      throw new AssayError("SERVER_ANSWER", `${server} gave a proof and a checkpoint that are about different trees`);
    }
    return entry;
  } catch (error) {
    if (!(error instanceof AssayError) || error.code === "SERVER_ANSWER") throw error;
    throw new AssayError("SERVER_ANSWER", `${server} gave an entry that does not hold: ${plainServerText(error.message)}`);
  }
}
