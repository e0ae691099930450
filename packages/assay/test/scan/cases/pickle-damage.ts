import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { hostile, invalid } from "../../support/scan/one-file.ts";
import { get, numpyArray, oldPickle, pickle, put } from "../../support/scan/pickle.ts";

const DAMAGED: Readonly<Record<string, Uint8Array>> = {
  "no STOP": bytes(0x80, 2, "N"),
  "only a protocol": bytes(0x80, 2),
  "an end inside of a string": bytes(0x80, 2, "X", littleEndian(100, 4), "abc"),
  "an end inside of a length": bytes(0x80, 2, "X", 1, 0),
  "an end inside of a number": bytes(0x80, 2, "J", 1),
  "an end inside of a line": bytes("I12"),
  "an end inside of a long number": bytes(0x80, 2, 0x8a, 4, 1),
  "a length beyond what a file can have": bytes(0x80, 4, 0x8e, littleEndian(2n ** 63n, 8), "."),
  "a frame beyond the end": bytes(0x80, 4, 0x95, littleEndian(1000, 8), "N."),
  "a byte that is no opcode": pickle(2, 0xff),
  "a byte 0 in the middle": pickle(2, "N", 0, "N"),
  "a STOP on an empty stack": pickle(2),
  "a STOP below a mark": pickle(2, "N("),
  "a POP on an empty stack": pickle(2, "0"),
  "a DUP on an empty stack": pickle(2, "2"),
  "a DUP on a mark": pickle(2, "N(2"),
  "a TUPLE without a mark": pickle(2, "Nt"),
  "a TUPLE2 across a mark": pickle(2, "N(N", 0x86),
  "APPENDS without a list": pickle(2, "(Ne"),
  "APPEND across a mark": pickle(2, "](Na"),
  "SETITEMS with a key without a value": pickle(2, "}(NNNu"),
  "DICT with a key without a value": oldPickle("(Nd"),
  "SETITEM across a mark": pickle(2, "}(NNs"),
  "BUILD on an empty stack": pickle(2, "b"),
  "REDUCE on an empty stack": pickle(2, "R"),
  "OBJ without a class": oldPickle("(o"),
  "INST without a mark": oldPickle("icollections\nOrderedDict\n"),
  "a memo entry that was not set": pickle(2, get(1)),
  "a memo entry of an empty stack": pickle(2, put(0)),
  "a long number of a negative length": pickle(2, 0x8b, littleEndian(-1, 4)),
  "READONLY_BUFFER on an empty stack": pickle(5, 0x98),
  "STACK_GLOBAL on an empty stack": pickle(4, 0x93),
};

const whole = pickle(3, numpyArray());

/** More than a reader should follow; the loader would, so that the answer is not known. */
const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  "more than a million values on the stack": pickle(2, Buffer.alloc(1_000_001, "N")),
  "more than a million marks": pickle(2, Buffer.alloc(1_000_001, "(")),
  "a memo entry beyond a million": pickle(2, "Nr", littleEndian(2 ** 31, 4)),
  "a memo entry of fifteen digits": oldPickle("Np999999999999999\n"),
  "a line of 100,000 digits": oldPickle("I", "1".repeat(100_000), "\n"),
  "a name without an end": bytes("c", "a".repeat(2_000_000)),
};

export const PICKLE_DAMAGE_CASES: readonly ScanCase[] = [
  ...Object.entries(DAMAGED).map(([name, content]) => invalid(`a pickle with ${name}`, content, "pickle/malformed")),
  ...Array.from({ length: whole.length - 3 }, (_, at) => at + 3).map((length) =>
    invalid(`a numpy array cut at ${length} bytes`, whole.subarray(0, length), "pickle/malformed"),
  ),
  ...Object.entries(HOSTILE).map(([name, content]) => hostile(`a pickle with ${name}`, content, "pickle/too-large")),
];
