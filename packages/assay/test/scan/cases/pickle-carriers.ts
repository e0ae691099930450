import { deflateSync, gzipSync } from "node:zlib";
import { bytes } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { benign, code, invalid, unknown } from "../../support/scan/one-file.ts";
import {
  call,
  dtype,
  FALSE,
  global,
  int,
  joblibArray,
  legacyTorch,
  npy,
  npyHeader,
  numpyArray,
  pickle,
  recordDtype,
  stateDict,
  storage,
  tensor,
  tensorArguments,
  text,
  tuple,
} from "../../support/scan/pickle.ts";

const ONE = [{ key: "0", count: 6, itemBytes: 4 }];
const TENSOR = legacyTorch(stateDict({ "layer.weight": tensor() }), ONE);
const HOOKS = bytes(global("collections", "OrderedDict"), ")R");
const FLOAT16 = storage("0", 6, "HalfStorage");

/** A state dict whose value names no storage. */
function withoutStorage(value: Uint8Array): Uint8Array {
  return legacyTorch(stateDict({ w: value }), []);
}

/** A state dict with one tensor of a storage of six numbers. */
function legacy(value: Uint8Array, itemBytes = 4): Uint8Array {
  return legacyTorch(stateDict({ w: value }), [{ key: "0", count: 6, itemBytes }]);
}

const PARAMETER = bytes(global("torch._utils", "_rebuild_parameter"), tuple(tensor(), FALSE, HOOKS), "R");

const LEGACY: readonly ScanCase[] = [
  benign("a PyTorch file of the first format", TENSOR, undefined, "model.pt"),
  benign("a PyTorch file of the first format without an extension", TENSOR, undefined, "weights"),
  benign("a PyTorch file of the first format named pytorch_model.bin", TENSOR, undefined, "pytorch_model.bin"),
  benign("a PyTorch file of the first format with a half tensor", legacy(tensor(FLOAT16), 2), undefined, "model.pth"),
  benign("a PyTorch file of the first format with bfloat16", legacy(tensor(storage("0", 6, "BFloat16Storage")), 2), undefined, "m.pt"),
  benign("a PyTorch file of the first format with a parameter", legacy(PARAMETER), undefined, "model.pt"),
  benign("a PyTorch file of the first format without tensors", legacyTorch(bytes("}"), []), undefined, "scheduler.pt"),
  benign("a tensor with attributes", legacy(fromType("N")), undefined, "model.pt"),
  benign("a tensor with an attribute", legacy(fromType(bytes("}", text("tag"), int(1), "s"))), undefined, "model.pt"),
  code(
    "a tensor with an attribute __class__",
    legacy(bytes(fromType(bytes("}", text("__class__"), "Ns")), call("os", "system"), "0")),
    undefined,
    "model.pt",
  ),
  unknown("a tensor with an attribute __setstate__", legacy(fromType(bytes("}", text("__setstate__"), "Ns"))), "pickle/call", "model.pt"),
  code("a call in a PyTorch file of the first format", legacy(call("os", "system")), "pickle/global", "model.pt"),
  code(
    "a call in the facts about the system",
    bytes(TENSOR.subarray(0, 20), 0x80, 2, call("os", "system"), ".", TENSOR.subarray(20)),
    "pickle/global",
    "model.pt",
  ),
  code(
    "a class by a persistent id",
    legacy(bytes(tuple(text("module"), global("models", "Net"), text("a.py"), text("...")), "Q")),
    "pickle/global",
    "model.pt",
  ),
  unknown(
    "a persistent id of a class of numpy",
    withoutStorage(bytes(tuple(text("storage"), global("numpy", "ndarray"), text("0"), text("cpu"), int(6)), "Q")),
    "pickle/persistent-id",
    "model.pt",
  ),
  unknown("a persistent id that is a text", withoutStorage(bytes(text("storage"), "Q")), "pickle/persistent-id", "model.pt"),
  unknown("a storage with two sizes", legacy(bytes(tuple(tensor(), tensor(storage("0", 7))))), "pickle/persistent-id", "model.pt"),
  unknown(
    "_rebuild_from_type_v2 of an allowed function that rebuilds nothing",
    withoutStorage(
      bytes(
        global("torch._tensor", "_rebuild_from_type_v2"),
        tuple(global("builtins", "set"), global("torch", "Tensor"), tuple("]"), "N"),
        "R",
      ),
    ),
    "pickle/call",
    "model.pt",
  ),
  invalid("a PyTorch file of the first format cut in a storage", TENSOR.subarray(0, -1), "torch/legacy-layout", "model.pt"),
  invalid("a PyTorch file of the first format with more bytes", bytes(TENSOR, 0), "torch/legacy-layout", "model.pt"),
  invalid("a PyTorch file of the first format without its keys", TENSOR.subarray(0, 15), "torch/legacy-layout", "model.pt"),
  invalid(
    "a PyTorch file of the first format whose keys are others",
    legacyTorch(stateDict({ w: tensor() }), [{ key: "1", count: 6, itemBytes: 4 }]),
    "torch/legacy-layout",
    "model.pt",
  ),
  invalid(
    "a PyTorch file of the first format with a shorter storage",
    legacyTorch(stateDict({ w: tensor() }), [{ key: "0", count: 5, itemBytes: 4 }]),
    "torch/legacy-layout",
    "model.pt",
  ),
  invalid(
    "a PyTorch file of the first format that lists no storage of its tensor",
    legacyTorch(stateDict({ w: tensor() }), []),
    "torch/legacy-layout",
    "model.pt",
  ),
  invalid(
    "a PyTorch file of the first format with a storage of other numbers in as many bytes",
    legacyTorch(stateDict({ w: tensor() }), [{ key: "0", count: 12, itemBytes: 2 }]),
    "torch/legacy-layout",
    "model.pt",
  ),
  unknown("a PyTorch file that is also a tar header", alsoTar(), "torch/also-tar", "model.pt"),
];

function fromType(state: Uint8Array | string): Uint8Array {
  const rebuild = global("torch._utils", "_rebuild_tensor_v2");
  const given = tuple(rebuild, global("torch.nn.parameter", "Parameter"), tuple(tensorArguments()), state);
  return bytes(global("torch._tensor", "_rebuild_from_type_v2"), given, "R");
}

/** A pickle whose first 512 bytes have the checksum of a tar header. */
function alsoTar(): Uint8Array {
  const block = Buffer.alloc(512, "N");
  block.write("\u0080\u0002B\u0000\u0002\u0000\u0000", "latin1");
  block.write("        ", 148);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes(block, new Uint8Array(7), ".");
}

const JOBLIB: readonly ScanCase[] = [
  benign("a joblib file of an array", pickle(4, joblibArray()), undefined, "model.joblib"),
  benign("a joblib file of several arrays", pickle(4, "]", joblibArray(), "a", joblibArray(), "a"), undefined, "model.joblib"),
  benign("a joblib file without padding", pickle(3, joblibArray(undefined, { padding: false })), undefined, "model.joblib"),
  benign("a joblib file compressed by zlib", deflateSync(pickle(4, joblibArray())), undefined, "model.joblib"),
  benign("a joblib file compressed by gzip", gzipSync(pickle(4, joblibArray())), undefined, "model.joblib"),
  code(
    "a call behind the array of a joblib file",
    pickle(4, "]", joblibArray(), "a", call("os", "system"), "a"),
    "pickle/global",
    "model.joblib",
  ),
  code("a call in a compressed joblib file", deflateSync(pickle(4, call("os", "system"))), "pickle/global", "model.joblib"),
  code("a call in a gzip file named .pkl", gzipSync(pickle(4, call("os", "system"))), "pickle/global", "model.pkl"),
  code("a call in the objects of a joblib array", pickle(4, objects(pickle(2, call("os", "system")))), "pickle/global", "model.joblib"),
  unknown("an array of objects in a joblib file", pickle(4, objects(pickle(2, "]"))), "pickle/object-dtype", "model.joblib"),
  code("a joblib array that is a pickle to pickle", twoReadings(), undefined, "model.joblib"),
  unknown(
    "a joblib array of opcodes without padding",
    pickle(3, joblibArray(bytes("0c_codecs\nencode\nNR.    "), { padding: false, items: 6 })),
    "pickle/two-readings",
    "model.joblib",
  ),
  unknown(
    "a joblib array with a padding of opcodes",
    pickle(
      4,
      joblibArray(bytes(2, "NN", new Uint8Array(9)), { padding: true }).map((byte) => (byte === 0xff ? 0x4e : byte)),
    ),
    "pickle/two-readings",
    "model.joblib",
  ),
  invalid("a joblib file cut in an array", pickle(4, joblibArray()).subarray(0, -8), "pickle/malformed", "model.joblib"),
  code(
    "a joblib array of a subclass",
    pickle(4, Buffer.from(Buffer.from(joblibArray()).toString("latin1").replace("cnumpy\nndarray", "cnumpy\nmatrix"), "latin1")),
    "pickle/global",
    "model.joblib",
  ),
  unknown("a joblib file compressed by bz2", bytes("BZh91AY&SY"), "joblib/compression", "model.joblib"),
  unknown("a joblib file compressed by xz", bytes(0xfd, "7zXZ", 0), "joblib/compression", "model.joblib"),
  unknown("a joblib file compressed by lz4", bytes(4, '"M', 0x18), "joblib/compression", "model.joblib"),
  unknown(
    "a joblib file that decompresses to more than is held",
    deflateSync(Buffer.alloc(129 * 1024 * 1024), { level: 1 }),
    "joblib/compression",
    "model.joblib",
  ),
  invalid(
    "a joblib file with damaged compression",
    deflateSync(pickle(4, joblibArray())).map((byte, at) => (at === 20 ? byte ^ 0xff : byte)),
    undefined,
    "model.joblib",
  ),
];

/** A joblib array of Python objects: its bytes are a pickle. */
function objects(content: Uint8Array): Uint8Array {
  return joblibArray(content, { type: dtype("O8"), padding: false });
}

/** To joblib the text is the array; to pickle it is a call. */
function twoReadings(): Uint8Array {
  return pickle(3, joblibArray(bytes("0cos\nsystem\n(S'id'\ntR.  "), { padding: false, items: 6 }), global("os", "abort"));
}

const NUMPY: readonly ScanCase[] = [
  ...["'<f4'", "'|b1'", "'<i4'", "'<U1'", "'|S4'", "'|V4'", "[('a', '<f4')]", "[('a', '<i2', (2,))]", "[('a', [('b', '<f4')])]"].map(
    (descr) =>
      benign(`a NumPy file of ${descr}`, npy(npyHeader(descr, "(3,)"), new Uint8Array(descr === "'|b1'" ? 3 : 12)), undefined, "array.npy"),
  ),
  benign("a NumPy file of version 2", npy(npyHeader("'<f4'", "(3,)"), undefined, 2), undefined, "array.npy"),
  benign("a NumPy file of version 3", npy(npyHeader("'<f4'", "(3,)"), undefined, 3), undefined, "array.npy"),
  benign("a NumPy file without items", npy(npyHeader("'<f4'", "(0, 3)"), new Uint8Array(0)), undefined, "array.npy"),
  benign("a NumPy file of one number", npy(npyHeader("'<f4'", "()"), new Uint8Array(4)), undefined, "array.npy"),
  benign("a NumPy file of Python 2", npy(npyHeader("'<f4'", "(3L,)")), undefined, "array.npy"),
  code("a call in a NumPy file of objects", npy(npyHeader("'|O'", "(1,)"), pickle(3, call("os", "system"))), "pickle/global", "array.npy"),
  code(
    "a call in a NumPy file of records with objects",
    npy(npyHeader("[('a', '<f4'), ('b', [('c', '|O')])]", "(1,)"), pickle(3, call("os", "system"))),
    "pickle/global",
    "array.npy",
  ),
  unknown("a NumPy file of objects", npy(npyHeader("'|O'", "(1,)"), pickle(3, "]")), "pickle/object-dtype", "array.npy"),
  unknown(
    "a NumPy file with bytes behind the array",
    npy(npyHeader("'<f4'", "(3,)"), new Uint8Array(13)),
    "numpy/not-understood",
    "array.npy",
  ),
  unknown("a NumPy file with an unknown dtype", npy(npyHeader("'float32'", "(3,)")), "numpy/not-understood", "array.npy"),
  unknown("a NumPy file of version 9", npy(npyHeader("'<f4'", "(3,)"), undefined, 9), "numpy/not-understood", "array.npy"),
  invalid("a NumPy file that is cut", npy(npyHeader("'<f4'", "(3,)"), new Uint8Array(11)), "numpy/malformed", "array.npy"),
  invalid("a NumPy file whose header is cut", npy(npyHeader("'<f4'", "(3,)")).subarray(0, 40), "numpy/malformed", "array.npy"),
  invalid(
    "a NumPy file whose header is a call",
    npy("{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': (3,), }\n"),
    "numpy/malformed",
    "array.npy",
  ),
  invalid(
    "a NumPy file with a fourth key",
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'x': 1}\n"),
    "numpy/malformed",
    "array.npy",
  ),
  invalid(
    "a NumPy file with a key twice",
    npy("{'descr': '<f4', 'descr': '|O', 'fortran_order': False, 'shape': (3,)}\n"),
    "numpy/malformed",
    "array.npy",
  ),
  invalid("a NumPy file of a negative length", npy(npyHeader("'<f4'", "(-3,)")), "numpy/malformed", "array.npy"),
  invalid(
    "a NumPy file of more items than can be counted",
    npy(npyHeader("'<f4'", "(9223372036854775807, 2)")),
    "numpy/malformed",
    "array.npy",
  ),
];

export const PICKLE_CARRIER_CASES: readonly ScanCase[] = [
  ...LEGACY,
  ...JOBLIB,
  ...NUMPY,
  benign("a pickle of an array of records of arrays", pickle(3, numpyArray(3, { type: recordDtype(recordDtype(dtype())) }))),
];
