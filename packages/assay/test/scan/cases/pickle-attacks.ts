import { bytes } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { code, unknown } from "../../support/scan/one-file.ts";
import {
  binary,
  dtype,
  FALSE,
  get,
  global,
  int,
  MEMOIZE,
  NEWOBJ,
  oldPickle,
  pickle,
  put,
  recordDtype,
  short,
  stackGlobal,
  text,
  TRUE,
  tuple,
} from "../../support/scan/pickle.ts";

const SYSTEM = global("os", "system");
const ORDERED = global("collections", "OrderedDict");
const ENCODE = global("_codecs", "encode");
const FROM_TYPE = global("torch._tensor", "_rebuild_from_type_v2");
const TENSOR = global("torch", "Tensor");
const RECONSTRUCT = global("numpy.core.multiarray", "_reconstruct");
const NDARRAY = global("numpy", "ndarray");

/** Reads `os.system` where a reader keeps the memo, and `collections.OrderedDict` where it starts a new one. */
const SECOND = bytes(short("collections"), MEMOIZE, short("OrderedDict"), MEMOIZE, get(0), get(1), 0x93, ")R");

/** A record whose field is a dtype that is built again, into objects, when the record is there. */
function changedLater(): Uint8Array {
  const inner = bytes(global("numpy", "dtype"), tuple(text("V8"), FALSE, TRUE), "R", put(0));
  const objects = tuple(
    int(3),
    text("|"),
    "N",
    tuple(text("a")),
    bytes("}", text("a"), tuple(dtype("O8"), int(0)), "s"),
    int(8),
    int(1),
    int(0),
  );
  return bytes(recordDtype(inner, 8), "0", get(0), objects, "b");
}

/** Written to get a call, or a name, past the reader as data. */
export const PICKLE_ATTACK_CASES: readonly ScanCase[] = [
  code(
    "a name that a second pickle finds in the memo of the first",
    bytes(pickle(4, short("os"), MEMOIZE, short("system"), MEMOIZE, 0x86), pickle(4, SECOND)),
    "pickle/global",
  ),
  code(
    "a name that a third pickle finds in the memos of two",
    bytes(pickle(4, short("os"), MEMOIZE), pickle(4, short("system"), MEMOIZE), pickle(4, SECOND)),
    "pickle/global",
  ),
  code("a name in a line that ends with the file", bytes(0x80, 2, "cevil\nmodule"), "pickle/global"),
  code("a module in a line that ends with the file", bytes(0x80, 2, "cevil_module"), "pickle/global"),
  code("INST without a mark, which one reader imports first", oldPickle("ievil\nmodule\n"), "pickle/global"),
  code(
    "STACK_GLOBAL by MEMOIZE after a gap in the memo",
    pickle(4, short("collections"), put(7), short("os"), MEMOIZE, "00", get(1), short("system"), 0x93),
    "pickle/global",
  ),
  code(
    "an OrderedDict given __setstate__ and state again",
    pickle(2, ORDERED, ")R}", text("__setstate__"), ENCODE, "sb", text("x"), "b"),
    "pickle/state",
  ),
  code(
    "attributes of an OrderedDict in an OrderedDict",
    pickle(2, ORDERED, ")R", ORDERED, ")R", text("__setstate__"), ENCODE, "sb"),
    "pickle/state",
  ),
  code(
    "attributes of an OrderedDict in a Counter",
    pickle(2, ORDERED, ")R", global("collections", "Counter"), ")R", text("__class__"), int(1), "sb"),
    "pickle/state",
  ),
  code(
    "attributes that get their key after they were memoized",
    pickle(2, "}", put(0), "0", ORDERED, ")R", put(1), "0", get(0), text("__setstate__"), ENCODE, "s0", get(1), get(0), "b"),
    "pickle/state",
  ),
  code(
    "attributes with a key behind sixty-four others",
    pickle(2, ORDERED, ")R}(", ...Array.from({ length: 70 }, (_, at) => bytes(text(`k${at}`), "N")), text("__setstate__"), ENCODE, "ub"),
    "pickle/state",
  ),
  code("_codecs.encode by INST", oldPickle("(S'a'\nS'rot13'\ni_codecs\nencode\n"), "pickle/codec"),
  code("_codecs.encode by OBJ", oldPickle("(c_codecs\nencode\nS'a'\nS'bz2'\no"), "pickle/codec"),
  code("_codecs.encode by another spelling of latin1", pickle(2, ENCODE, tuple(text("a"), text("Latin1")), "R"), "pickle/codec"),
  code("_codecs.encode by a codec in escapes", oldPickle("c_codecs\nencode\n(Va\nVl\\u0061tin1\ntR"), "pickle/codec"),
  unknown("_codecs.encode by NEWOBJ", pickle(2, ENCODE, tuple(text("a"), text("hex")), NEWOBJ), "pickle/call"),
  unknown(
    "_codecs.encode by _rebuild_from_type_v2",
    pickle(2, FROM_TYPE, tuple(ENCODE, TENSOR, tuple(text("a"), text("rot13")), "N"), "R"),
    "pickle/call",
  ),
  unknown(
    "_rebuild_from_type_v2 by itself",
    pickle(2, FROM_TYPE, tuple(FROM_TYPE, TENSOR, tuple(ENCODE, TENSOR, tuple(text("a"), text("zlib")), "N"), "N"), "R"),
    "pickle/call",
  ),
  unknown("a bytearray by another codec", pickle(2, global("builtins", "bytearray"), tuple(text("a"), text("rot13")), "R"), "pickle/call"),
  unknown(
    "a dtype of several types in one text",
    pickle(3, global("numpy", "dtype"), tuple(text("O8,f4"), FALSE, TRUE), "R"),
    "pickle/call",
  ),
  unknown(
    "a dtype of a list",
    pickle(3, global("numpy", "dtype"), tuple(bytes("]", tuple(text("a"), text("O")), "a"), FALSE, TRUE), "R"),
    "pickle/call",
  ),
  unknown("a dtype of a dictionary", pickle(3, global("numpy", "dtype"), tuple("}", FALSE, TRUE), "R"), "pickle/call"),
  unknown("a dtype of a class", pickle(3, global("numpy", "dtype"), tuple(ORDERED, FALSE, TRUE), "R"), "pickle/call"),
  code("a dtype that is built after a record uses it", pickle(3, changedLater()), "pickle/state"),
  unknown("a scalar of objects", pickle(3, global("numpy.core.multiarray", "scalar"), tuple(dtype("O8"), "]"), "R"), "pickle/object-dtype"),
  unknown("_reconstruct of another class", pickle(3, RECONSTRUCT, tuple(ORDERED, tuple(int(0)), binary("b")), "R"), "pickle/call"),
  unknown(
    "_reconstruct of an array that is not empty",
    pickle(3, RECONSTRUCT, tuple(NDARRAY, tuple(int(1000)), binary("O")), "R"),
    "pickle/call",
  ),
  code("no items at all for an allowed class", pickle(2, ORDERED, "(e"), "pickle/target"),
  code("no keys at all for an allowed class", pickle(2, ORDERED, "(u"), "pickle/target"),
  code("set items for an OrderedDict", pickle(4, ORDERED, ")R(", int(1), 0x90), "pickle/target"),
  code("items for a storage class", pickle(2, global("torch", "FloatStorage"), int(1), int(2), "s"), "pickle/target"),
  code("an allowed name in the old module of exceptions", pickle(2, global("exceptions", "set"), ")R"), "pickle/global"),
  code("an allowed name behind a byte order mark", pickle(2, global("\ufeffcollections", "OrderedDict"), ")R"), "pickle/global"),
  code("an allowed name with a NUL", pickle(2, global("collections\u0000", "OrderedDict"), ")R"), "pickle/global"),
  code("an allowed name with a letter of another script", pickle(4, stackGlobal("\u0441ollections", "OrderedDict"), ")R"), "pickle/global"),
  code("an allowed name with a byte that is not UTF-8", pickle(2, "ccollections", 0xff, "\nOrderedDict\n)R"), "pickle/global"),
  code("a name of Python 2 that moves into a called module", pickle(2, global("__builtin__", "reduce"), ")R"), "pickle/global"),
  code("a call of what an extension names", pickle(2, 0x82, 1, tuple(text("id")), "R"), "pickle/computed-call"),
  code("a call of what is out of band", pickle(5, 0x97, ")R"), "pickle/computed-call"),
  code("a function as an argument of an allowed call", pickle(2, global("collections", "Counter"), tuple(SYSTEM), "R"), "pickle/global"),
  code(
    "an odd number before a call in a file without an extension",
    oldPickle("I 1\n0cos\nsystem\n(S'id'\ntR"),
    "pickle/global",
    "weights",
  ),
  code("a call and text behind it in a list of words", oldPickle("cos\nsystem\n(S'id'\ntRjunk junk"), "pickle/global", "vocabulary"),
];
