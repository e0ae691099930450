import type { InclusionProof } from "../../bundle/log-entry.ts";
import { decodeBase64 } from "../../encoding/base64.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import { verifyByLogKey } from "./log-key.ts";
import type { TransparencyLog } from "./trusted-root.ts";

/** A log's signed statement about its tree, read and not verified. https://c2sp.org/tlog-checkpoint */
export interface Checkpoint {
  readonly origin: string;
  readonly treeSize: number;
  readonly rootHash: Uint8Array;
  /** What the signatures are over: the text up to its last newline. */
  readonly signedText: Uint8Array;
  readonly signatures: readonly NoteSignature[];
}

/** https://c2sp.org/signed-note: `— name base64(4 bytes of key id, signature)`. */
interface NoteSignature {
  readonly name: string;
  readonly keyHint: Uint8Array;
  readonly signature: Uint8Array;
}

const MAX_CHECKPOINT = 64 * 1024;
const MAX_SIGNATURES = 32;
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/;
const SIZE_LINE = /^(?:0|[1-9]\d{0,15})$/;

/** Throws CHECKPOINT_INVALID. */
export function readCheckpoint(note: string): Checkpoint {
  if (note.length > MAX_CHECKPOINT) throw invalid("it is longer than any checkpoint");
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw invalid("it has no signatures");
  const text = note.slice(0, end + 1);
  const [origin = "", size = "", root = ""] = text.split("\n");
  // A missing line moves the next ones up: then the size is a hash, or the hash is nothing.
  if (origin.trim() === "" || SIZE_LINE.test(origin)) throw invalid("it names no origin");
  const treeSize = SIZE_LINE.test(size) ? Number(size) : NaN;
  if (!Number.isSafeInteger(treeSize)) throw invalid("its second line is not a tree size");
  const rootHash = decodeBase64(root, "CHECKPOINT_INVALID", "the checkpoint's root hash");
  if (rootHash.length !== 32) throw invalid("its third line is not a root hash");
  return { origin, treeSize, rootHash, signedText: encodeUtf8(text), signatures: readSignatures(note.slice(end + 2)) };
}

function readSignatures(text: string): NoteSignature[] {
  if (!text.endsWith("\n")) throw invalid("its last line is not ended");
  const lines = text.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw invalid(`it has more than ${MAX_SIGNATURES} signatures`);
  return lines.map((line) => {
    const [, name = "", encoded = ""] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = decodeBase64(encoded, "CHECKPOINT_INVALID", "a signature of the checkpoint");
    if (name === "" || bytes.length < 5) throw invalid("a line of its signatures is malformed");
    return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
}

/**
 * Proves that the log signed the tree that an inclusion proof is about, and gives the names of others
 * who signed beside it: witnesses, whose keys no trusted root lists yet, so that nothing follows from them.
 *
 * Throws CHECKPOINT_INVALID.
 */
export async function verifyCheckpoint(proof: InclusionProof & { readonly checkpoint: string }, log: TransparencyLog): Promise<string[]> {
  const checkpoint = readCheckpoint(proof.checkpoint);
  if (checkpoint.treeSize !== proof.treeSize || !sameBytes(checkpoint.rootHash, proof.rootHash)) {
    throw invalid("it is about another tree than the inclusion proof");
  }
  const own = checkpoint.signatures.filter((signature) => isByLog(signature, checkpoint.origin, log));
  if (own.length === 0) throw invalid(`it carries no signature of the log ${log.baseUrl}`);
  for (const { signature } of own) {
    if (!(await verifyByLogKey(log.key, signature, checkpoint.signedText))) throw invalid(`the log ${log.baseUrl} did not sign it`);
  }
  return checkpoint.signatures.filter((signature) => !own.includes(signature)).map(({ name }) => name);
}

/** Rekor v1 puts a number behind its name: `rekor.example - 123456`; elsewhere the origin is the name. */
function isByLog({ name, keyHint }: NoteSignature, origin: string, log: TransparencyLog): boolean {
  return (name === origin || origin.startsWith(`${name} - `)) && sameBytes(keyHint, log.checkpointKeyId.subarray(0, 4));
}

function invalid(why: string): AssayError {
  return new AssayError("CHECKPOINT_INVALID", `the log's checkpoint does not hold: ${why}`);
}
