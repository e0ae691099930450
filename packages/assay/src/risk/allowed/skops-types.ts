import type { Allowlist } from "./allowlist.ts";

/** Types of a skops archive that are data, each with the loader that makes it: `LOADER:module.name`. */
const TYPES: readonly string[] = [
  "DictNode:builtins.dict",
  "DictNode:collections.OrderedDict",
  "ListNode:builtins.list",
  "TupleNode:builtins.tuple",
  "SetNode:builtins.set",
  ...["str", "int", "float", "bool", "bytes", "NoneType"].map((name) => `TypeNode:builtins.${name}`),
  "JsonNode:builtins.str",
  "JsonNode:builtins.int",
  "JsonNode:builtins.float",
  "JsonNode:builtins.bool",
  "JsonNode:builtins.NoneType",
  "BytesNode:builtins.bytes",
  "BytearrayNode:builtins.bytearray",
  "SliceNode:builtins.slice",
  "NdArrayNode:numpy.ndarray",
  "MaskedArrayNode:numpy.ma.MaskedArray",
  "SparseMatrixNode:scipy.sparse.csr_matrix",
];
const ALLOWED: ReadonlySet<string> = new Set(TYPES);

export function isAllowedSkopsType(loader: string, type: string): boolean {
  return ALLOWED.has(`${loader}:${type}`);
}

export const SKOPS_ALLOWLIST: Allowlist = {
  what: "types that a skops archive may make, with their loaders",
  source:
    "The containers, plain values and arrays of skops 0.16 (skops/io/_general.py, _numpy.py, _scipy.py); of types by themselves, those of keys.",
  date: "2026-11-29",
  names: TYPES,
};
