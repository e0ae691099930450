/** A tensor of bfloat16 numbers, row by row. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Bytes of a bfloat16 number. */
const ITEM_BYTES = 2;

/**
 * Writes a safetensors file: the header's length (8 bytes, little-endian), the header (JSON, padded
 * with blanks to 8 bytes), the tensors one after another.
 * https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(tensors: readonly Tensor[]): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const begin = offset;
    offset += values.length * ITEM_BYTES;
    return [name, { dtype: "BF16", shape, data_offsets: [begin, offset] }] as const;
  });
  const json = JSON.stringify({ __metadata__: { format: "pt" }, ...Object.fromEntries(entries) });
  const header = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const file = new Uint8Array(8 + header.length + offset);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let position = 8 + header.length;
  for (const { values } of tensors) {
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (const word of bits) {
      // bfloat16 is the upper half of a 32-bit float.
      view.setUint16(position, word >>> 16, true);
      position += ITEM_BYTES;
    }
  }
  return file;
}

export function tensorBytes({ values }: Tensor): number {
  return values.length * ITEM_BYTES;
}
