/** Bytes of a number in a storage class of PyTorch, and the type's name as safetensors spells it. */
export interface StorageType {
  readonly type: string;
  readonly itemBytes: number;
}

const TYPES: ReadonlyMap<string, StorageType> = new Map(
  Object.entries({
    Double: ["F64", 8],
    Float: ["F32", 4],
    Half: ["F16", 2],
    BFloat16: ["BF16", 2],
    Long: ["I64", 8],
    Int: ["I32", 4],
    Short: ["I16", 2],
    Char: ["I8", 1],
    Byte: ["U8", 1],
    Bool: ["BOOL", 1],
    ComplexDouble: ["C128", 16],
    ComplexFloat: ["C64", 8],
    QUInt8: ["QU8", 1],
    QInt8: ["QI8", 1],
    QInt32: ["QI32", 4],
    QUInt4x2: ["QU4", 1],
    QUInt2x4: ["QU2", 1],
    Untyped: ["U8", 1],
  } as const).map(([name, [type, itemBytes]]) => [`${name}Storage`, { type, itemBytes }]),
);

const DTYPES: Readonly<Record<string, string>> = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint64: "U64",
  uint32: "U32",
  uint16: "U16",
  uint8: "U8",
  bool: "BOOL",
  complex64: "C64",
  complex128: "C128",
  float8_e4m3fn: "F8_E4M3",
  float8_e5m2: "F8_E5M2",
  float8_e8m0fnu: "F8_E8M0",
  float4_e2m1fn_x2: "F4",
};

/** By the name of the class: `FloatStorage`. Undefined for TypedStorage, whose type is not in its name, and unknown classes. */
export function storageType(className: string): StorageType | undefined {
  return TYPES.get(className);
}

/** The type of numbers that a storage class or a torch dtype names, as safetensors spells it; the name itself where none is known. */
export function numberType(name: string): string {
  return TYPES.get(name)?.type ?? (Object.hasOwn(DTYPES, name) ? (DTYPES[name] ?? name) : name);
}
