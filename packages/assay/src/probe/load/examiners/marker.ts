import { FormatError } from "../../../formats/format-error.ts";
import type { Examiner } from "../examiner.ts";

/** `latest` of DeepSpeed names a folder of the model, `refs/main` of a download a commit: one word each. */
const NAMED = /(?:^|\/)(?:latest|refs\/(?:[^/.]+|pr\/\d+))$/;
const WORD = /^[A-Za-z0-9][\w-]{0,199}\n?$/;
const MAX_BYTES = 256;

/** Files of one word, which say where to look: never a path that leads elsewhere. */
export const MARKER_EXAMINER: Examiner = {
  format: "name of a folder or commit",
  isNamed: (name) => NAMED.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine({ file, setNotLoaded }) {
    const text = new TextDecoder("latin1").decode(await file.read(0, MAX_BYTES));
    if (file.size > MAX_BYTES || !WORD.test(text)) throw new FormatError("not-understood", "is not one word, as its name says");
    setNotLoaded();
  },
};
