import { hasExtension } from "../../../formats/format.ts";
import { readSentencePiece } from "../../../formats/sentencepiece.ts";
import type { Examiner } from "../examiner.ts";

/** A vocabulary with scores: read whole. */
export const SENTENCEPIECE_EXAMINER: Examiner = {
  format: "SentencePiece",
  // Mistral numbers them: `tokenizer.model.v3`.
  isNamed: (name) => hasExtension("model", "spm")(name) || /\.model\.v\d+(?:m\d+)?$/.test(name),
  // A piece, its text first.
  begins: ([tag, , inner]) => tag === 0x0a && inner === 0x0a,
  isDistinctive: false,
  async examine({ file }) {
    await readSentencePiece(file);
  },
};

/** Tokens in base 64 with their numbers: read whole. */
export const TIKTOKEN_EXAMINER: Examiner = {
  format: "tiktoken",
  isNamed: hasExtension("tiktoken", "model"),
  begins: (head) => /^(?:[A-Za-z0-9+/]+={0,2} \d+\r?\n)+(?:[A-Za-z0-9+/= ]*\d*\r?)$/.test(String.fromCharCode(...head.subarray(0, 256))),
  isDistinctive: false,
  async examine({ file, report }) {
    if (file.size > MAX_BYTES) return report("file/not-understood", "is longer than any list of tokens");
    const bytes = await file.read(0, file.size);
    const text = new TextDecoder("latin1").decode(bytes);
    const lines = text.split("\n");
    const wrong = lines.findIndex((line, index) => !LINE.test(line) && !(line === "" && index === lines.length - 1));
    if (wrong >= 0) report("file/malformed", `has a line that is not a token and its number: line ${wrong + 1}`);
  },
};

const MAX_BYTES = 64 * 1024 * 1024;
const LINE = /^[A-Za-z0-9+/]*={0,2} \d{1,10}\r?$/;
