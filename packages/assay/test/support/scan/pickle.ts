import { bytes, littleEndian } from "./bytes.ts";

/** Parts of a pickle: opcodes as text (`(`, `t`, `R`), as bytes, or assembled by the functions here. */
export type PicklePart = string | number | Uint8Array;

/** A pickle of a protocol from 2 on: PROTO, the parts, STOP. */
export function pickle(protocol: number, ...parts: readonly PicklePart[]): Uint8Array {
  return bytes(0x80, protocol, ...parts, ".");
}

/** A pickle of protocol 0 or 1: the parts, STOP. */
export function oldPickle(...parts: readonly PicklePart[]): Uint8Array {
  return bytes(...parts, ".");
}

/** GLOBAL. */
export function global(module: string, name: string): Uint8Array {
  return bytes(`c${module}\n${name}\n`);
}

/** Module and name as text, and STACK_GLOBAL. */
export function stackGlobal(module: string, name: string): Uint8Array {
  return bytes(short(module), short(name), 0x93);
}

/** BINUNICODE. */
export function text(value: string): Uint8Array {
  const content = Buffer.from(value);
  return bytes("X", littleEndian(content.length, 4), content);
}

/** SHORT_BINUNICODE. */
export function short(value: string): Uint8Array {
  const content = Buffer.from(value);
  return bytes(0x8c, content.length, content);
}

/** SHORT_BINSTRING: a string of Python 2. */
export function oldText(value: string): Uint8Array {
  return bytes("U", value.length, Buffer.from(value, "latin1"));
}

/** SHORT_BINBYTES. */
export function binary(value: string | Uint8Array): Uint8Array {
  const content = typeof value === "string" ? Buffer.from(value, "latin1") : value;
  return bytes("C", content.length, content);
}

/** BININT1, BININT2 or BININT. */
export function int(value: number): Uint8Array {
  if (value >= 0 && value < 0x100) return bytes("K", value);
  if (value >= 0 && value < 0x10000) return bytes("M", littleEndian(value, 2));
  return bytes("J", littleEndian(value, 4));
}

/** MARK, the parts, TUPLE. */
export function tuple(...parts: readonly PicklePart[]): Uint8Array {
  return bytes("(", ...parts, "t");
}

/** BINPUT. */
export function put(index: number): Uint8Array {
  return bytes("q", index);
}

/** BINGET. */
export function get(index: number): Uint8Array {
  return bytes("h", index);
}

/** FRAME around the parts. */
export function frame(...parts: readonly PicklePart[]): Uint8Array {
  const content = bytes(...parts);
  return bytes(0x95, littleEndian(content.length, 8), content);
}

export const MEMOIZE = 0x94;
export const NEWOBJ = 0x81;
export const NEWOBJ_EX = 0x92;
export const TRUE = 0x88;
export const FALSE = 0x89;

/** A call of a global with one text: `os.system("id")`. */
export function call(module: string, name: string, argument = "id"): Uint8Array {
  return bytes(global(module, name), tuple(text(argument)), "R");
}

/** A numpy dtype as numpy writes it, with the state of a plain type unless it is given. */
export function dtype(type = "f4", state: Uint8Array = tuple(int(3), text("<"), "NNN", int(-1), int(-1), int(0))): Uint8Array {
  return bytes(global("numpy", "dtype"), tuple(text(type), FALSE, TRUE), "R", state, "b");
}

/** A record of one field of a dtype. */
export function recordDtype(field: Uint8Array, itemBytes = 4, flags = 16): Uint8Array {
  const fields = bytes("}", text("a"), tuple(field, int(0)), "s");
  return dtype(`V${itemBytes}`, tuple(int(3), text("|"), "N", tuple(text("a")), fields, int(itemBytes), int(1), int(flags)));
}

/** A numpy array of so many 32-bit floats, protocol 3 and numpy 1. */
export function numpyArray(
  items = 3,
  { type = dtype(), data = binary(new Uint8Array(items * 4)), module = "numpy.core.multiarray" } = {},
): Uint8Array {
  const empty = tuple(global("numpy", "ndarray"), tuple(int(0)), binary("b"));
  const state = tuple(int(1), tuple(int(items)), type, FALSE, data);
  return bytes(global(module, "_reconstruct"), empty, "R", state, "b");
}

/** A storage by its persistent id. */
export function storage(key = "0", count = 6, type = "FloatStorage", module = "torch"): Uint8Array {
  return bytes(tuple(text("storage"), global(module, type), text(key), text("cpu"), int(count)), "Q");
}

/** The arguments of torch._utils._rebuild_tensor_v2, without the tuple around them. */
export function tensorArguments(of: Uint8Array = storage(), shape: readonly number[] = [2, 3]): Uint8Array {
  const strides = shape.map((_, at) => shape.slice(at + 1).reduce((a, b) => a * b, 1));
  const hooks = bytes(global("collections", "OrderedDict"), ")R");
  return bytes(of, int(0), tuple(...shape.map(int)), tuple(...strides.map(int)), FALSE, hooks);
}

/** A tensor as torch.save writes it. */
export function tensor(of: Uint8Array = storage(), shape: readonly number[] = [2, 3]): Uint8Array {
  return bytes(global("torch._utils", "_rebuild_tensor_v2"), tuple(tensorArguments(of, shape)), "R");
}

/** A state dict: an OrderedDict with `_metadata` as its state, as `Module.state_dict()` makes it. */
export function stateDict(tensors: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const items = Object.entries(tensors).flatMap(([name, value]) => [text(name), value]);
  const metadata = bytes("}", text("_metadata"), global("collections", "OrderedDict"), ")R", text(""), "}", text("version"), int(1), "sss");
  return bytes(global("collections", "OrderedDict"), ")R", "(", ...items, "u", metadata, "b");
}

const MAGIC = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/** The first format of PyTorch: five pickles, and the numbers of the storages. */
export function legacyTorch(
  object: Uint8Array,
  storages: readonly { readonly key: string; readonly count: number; readonly itemBytes: number }[],
): Uint8Array {
  const system = bytes(text("protocol_version"), int(1001), text("little_endian"), TRUE, text("type_sizes"), "}");
  return bytes(
    pickle(2, Buffer.from(MAGIC)),
    pickle(2, int(1001)),
    pickle(2, "}", put(0), "(", system, "u"),
    pickle(2, object),
    pickle(2, "]", put(0), ...(storages.length === 0 ? [] : ["(", ...storages.map(({ key }) => text(key)), "e"])),
    ...storages.map(({ count, itemBytes }) => bytes(littleEndian(count, 8), new Uint8Array(count * itemBytes))),
  );
}

/** A NumpyArrayWrapper as joblib writes it, and the bytes of its array. */
export function joblibArray(array: Uint8Array = new Uint8Array(12), { type = dtype(), items = 3, padding = true } = {}): Uint8Array {
  const state = bytes(
    "}(",
    text("subclass"),
    global("numpy", "ndarray"),
    text("shape"),
    tuple(int(items)),
    text("order"),
    text("C"),
    text("dtype"),
    type,
    text("allow_mmap"),
    TRUE,
    ...(padding ? [text("numpy_array_alignment_bytes"), int(16)] : []),
    "u",
  );
  const wrapper = bytes(global("joblib.numpy_pickle", "NumpyArrayWrapper"), ")", NEWOBJ, state, "b");
  return bytes(wrapper, ...(padding ? [3, Buffer.alloc(3, 0xff)] : []), array);
}

/** A `.npy` file. */
export function npy(header: string, data: Uint8Array = new Uint8Array(12), version = 1): Uint8Array {
  const length = Buffer.byteLength(header, "latin1");
  return bytes(0x93, "NUMPY", version, 0, littleEndian(length, version === 1 ? 2 : 4), Buffer.from(header, "latin1"), data);
}

/** The header that numpy writes for a plain array. */
export function npyHeader(descr: string, shape: string): string {
  const dictionary = `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`;
  return `${dictionary}${" ".repeat(63 - ((10 + dictionary.length) % 64))}\n`;
}
