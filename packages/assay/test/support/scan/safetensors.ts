import { bytes, littleEndian } from "./bytes.ts";

/** A safetensors file of zeros: tensors by name with type, shape and bytes of each. */
export function safetensors(
  tensors: Readonly<Record<string, { readonly dtype?: string; readonly shape: readonly number[]; readonly length?: number }>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let at = 0;
  const header: Record<string, unknown> = metadata === undefined ? {} : { __metadata__: metadata };
  for (const [name, { dtype = "F32", shape, length = shape.reduce((product, size) => product * size, 4) }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + length] };
    at += length;
  }
  return withHeader(JSON.stringify(header), Buffer.alloc(at));
}

/** A safetensors file with this header, right or wrong. */
export function withHeader(header: string, data: Uint8Array): Uint8Array {
  return bytes(littleEndian(Buffer.byteLength(header), 8), header, data);
}
