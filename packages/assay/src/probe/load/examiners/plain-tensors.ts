import { beginsAsCtranslate2, readCtranslate2 } from "../../../formats/ctranslate2.ts";
import { hasExtension } from "../../../formats/format.ts";
import { beginsAsImatrix, readImatrix } from "../../../formats/imatrix.ts";
import { readMessagePack } from "../../../formats/message-pack.ts";
import type { Examiner } from "../examiner.ts";

/** Tensors of Flax in maps. */
export const MESSAGE_PACK_EXAMINER: Examiner = {
  format: "MessagePack (Flax)",
  isNamed: hasExtension("msgpack"),
  // A map whose first key is a text.
  begins: ([first = 0, second = 0]) => first > 0x80 && first <= 0x8f && second >= 0xa1 && second <= 0xbf,
  isDistinctive: false,
  async examine({ file, addFacts, leaveOut }) {
    const { tensors, elements, bytes, types } = await readMessagePack(file);
    addFacts({ tensors, parameters: elements, types, weightBytes: bytes });
    leaveOut("the values of arrays");
  },
};

export const CTRANSLATE2_EXAMINER: Examiner = {
  format: "CTranslate2",
  isNamed: (name) => /(?:^|\/)model\.bin$/.test(name),
  begins: beginsAsCtranslate2,
  isDistinctive: true,
  async examine({ file, addFacts, leaveOut }) {
    const { architecture, tensors, elements, bytes, types } = await readCtranslate2(file);
    addFacts({ architecture, tensors, parameters: elements, types, weightBytes: bytes });
    leaveOut("the values of variables");
  },
};

/** How much each number of a model matters, as llama.cpp measured it: for the program that quantizes. */
export const IMATRIX_EXAMINER: Examiner = {
  format: "importance matrix of llama.cpp",
  isNamed: (name) => /\.imatrix$|(?:^|\/)[^/]*imatrix[^/]*\.dat$/.test(name),
  begins: beginsAsImatrix,
  isDistinctive: false,
  async examine({ file, leaveOut }) {
    await readImatrix(file);
    leaveOut("the values of importance matrices");
  },
};
