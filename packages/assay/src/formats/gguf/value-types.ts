/** GGUF's value types that have a fixed size in bytes, by number (gguf.md, `gguf_metadata_value_type`). */
export const SIZES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
export const UINT32 = 4;
export const STRING = 8;
export const ARRAY = 9;
