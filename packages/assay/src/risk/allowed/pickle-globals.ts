import type { Allowlist } from "./allowlist.ts";

/** Types of numbers that PyTorch names its storages and tensors after. */
const NUMBERS = ["Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"];
const MORE_STORAGES = ["ComplexDouble", "ComplexFloat", "QUInt8", "QInt8", "QInt32", "QUInt4x2", "QUInt2x4"];
const SPARSE = ["Double", "Float", "BFloat16", "Long", "Int", "Short", "Char", "Byte"];

const DTYPES = `
bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 float4_e2m1fn_x2 float64
float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int16 int2 int3 int32 int4 int5 int6 int64 int7 int8
qint32 qint8 quint2x4 quint4x2 quint8 uint1 uint16 uint2 uint3 uint32 uint4 uint5 uint6 uint64 uint7 uint8
`;
const QSCHEMES = "per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric";

/**
 * Every global that a pickle may name, as exact pairs, with what it is used for: a use says with which arguments it is
 * called, if at all. What torch's `weights_only` loader allows (torch/_weights_only_unpickler.py at 00f730b of
 * pytorch/pytorch), and what the benign files of numpy and joblib need beside it. 2026-11-29.
 */
const GLOBALS = [
  ["collections", ["OrderedDict"], "ordered-dictionary"],
  ["collections", ["Counter"], "counter"],
  ["builtins", ["set"], "set"],
  ["builtins", ["frozenset"], "frozenset"],
  ["builtins", ["bytes"], "empty-bytes"],
  ["builtins", ["bytearray"], "bytearray"],
  ["builtins", ["complex"], "complex"],
  ["_codecs", ["encode"], "encode"],
  ["torch.nn.parameter", ["Parameter"], "parameter"],
  ["torch.serialization", ["_get_layout"], "layout"],
  ["torch", ["Size"], "size"],
  ["torch", ["device"], "device"],
  ["torch", ["Tensor", ...NUMBERS.map(tensorName)], "tensor-class"],
  ["torch.cuda", NUMBERS.map(tensorName), "tensor-class"],
  ["torch.sparse", SPARSE.map(tensorName), "tensor-class"],
  ["torch.cuda.sparse", SPARSE.map(tensorName), "tensor-class"],
  ["torch", [...NUMBERS, ...MORE_STORAGES].map(storageName), "storage-class"],
  ["torch.cuda", [...NUMBERS, "ComplexDouble", "ComplexFloat"].map(storageName), "storage-class"],
  ["torch.storage", ["UntypedStorage", "TypedStorage"], "storage-class"],
  ["torch", DTYPES.trim().split(/\s+/), "torch-dtype"],
  ["torch", QSCHEMES.split(" "), "value"],
  ["torch._utils", ["_rebuild_tensor"], "rebuild-tensor"],
  ["torch._utils", ["_rebuild_tensor_v2"], "rebuild-tensor-v2"],
  ["torch._utils", ["_rebuild_tensor_v3"], "rebuild-tensor-v3"],
  ["torch._utils", ["_rebuild_parameter"], "rebuild-parameter"],
  ["torch._utils", ["_rebuild_parameter_with_state"], "rebuild-parameter-with-state"],
  ["torch._utils", ["_rebuild_qtensor"], "rebuild-quantized-tensor"],
  ["torch._utils", ["_rebuild_sparse_tensor"], "rebuild-sparse-tensor"],
  ["torch._utils", ["_rebuild_meta_tensor_no_storage"], "rebuild-meta-tensor"],
  ["torch._utils", ["_rebuild_wrapper_subclass"], "rebuild-wrapper-subclass"],
  ["torch._utils", ["_rebuild_device_tensor_from_numpy", "_rebuild_device_tensor_from_cpu_tensor"], "rebuild-device-tensor"],
  ["torch._tensor", ["_rebuild_from_type_v2"], "rebuild-from-type"],
  ["numpy", ["dtype"], "numpy-dtype"],
  ["numpy", ["ndarray"], "numpy-array"],
  ["numpy.core.multiarray", ["_reconstruct"], "numpy-reconstruct"],
  ["numpy._core.multiarray", ["_reconstruct"], "numpy-reconstruct"],
  ["numpy.core.multiarray", ["scalar"], "numpy-scalar"],
  ["numpy._core.multiarray", ["scalar"], "numpy-scalar"],
  ["numpy.core.numeric", ["_frombuffer"], "numpy-from-buffer"],
  ["numpy._core.numeric", ["_frombuffer"], "numpy-from-buffer"],
  ["joblib.numpy_pickle", ["NumpyArrayWrapper"], "joblib-array"],
] as const satisfies readonly (readonly [module: string, names: readonly string[], use: string])[];

/** What an allowed global is used for. */
export type PickleGlobalUse = (typeof GLOBALS)[number][2];

const uses = new Map<string, PickleGlobalUse>(
  GLOBALS.flatMap(([module, names, use]) => names.map((name): [string, PickleGlobalUse] => [keyOf(module, name), use])),
);

/** The use of a global by its exact names; undefined where it is not allowed. No prefixes, no dotted names. */
function pickleGlobalUse(module: string, name: string): PickleGlobalUse | undefined {
  return uses.get(keyOf(module, name));
}

const modules: readonly string[] = GLOBALS.map(([module]) => module);

/** Whether a module has an allowed global; for a name that the end of the file cuts, whether one begins so. */
function isPickleModule(start: string, isCut: boolean): boolean {
  return modules.some((module) => (isCut ? module.startsWith(start) : module === start));
}

/** Both, as a reader of pickles takes them. */
export const PICKLE_NAMES = { useOf: pickleGlobalUse, hasModule: isPickleModule } as const;

export const PICKLE_GLOBALS: Allowlist = {
  what: "classes and functions that a pickle may name",
  source:
    "What the weights_only loader of PyTorch allows (torch/_weights_only_unpickler.py), and what benign files of numpy and joblib " +
    "need beside it: builtins.bytes without arguments, which protocols 0 to 2 write for empty bytes; builtins.frozenset, which protocols 0 to 3 call with a list as they call set, and which makes nothing " +
    "but a set. Exact names; each is called only with the arguments that its own writer gives it. Not allowed, though other " +
    "lists have them: torch.storage._load_from_bytes (it unpickles), copyreg._reconstructor, _io.BytesIO.",
  date: "2026-11-29",
  names: GLOBALS.flatMap(([module, names]) => names.map((name) => `${module}.${name}`)).sort(),
};

/** A name has no newline where it is read from a line; where it is not, one cannot make it another pair of the table. */
function keyOf(module: string, name: string): string {
  return `${module}\n${name}`;
}

function tensorName(number: string): string {
  return `${number}Tensor`;
}

function storageName(number: string): string {
  return `${number}Storage`;
}
