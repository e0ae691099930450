/** Bits of one number of each data type (safetensors 0.8). */
const BITS: ReadonlyMap<string, number> = new Map([
  ...["F64", "I64", "U64", "C64"].map((type) => [type, 64] as const),
  ...["F32", "I32", "U32"].map((type) => [type, 32] as const),
  ...["F16", "BF16", "I16", "U16"].map((type) => [type, 16] as const),
  ...["I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"].map((type) => [type, 8] as const),
  ...["F6_E2M3", "F6_E3M2"].map((type) => [type, 6] as const),
  ["F4", 4] as const,
]);

/** Undefined for a type that is not known. */
export function bitsOf(type: string): number | undefined {
  return BITS.get(type);
}
