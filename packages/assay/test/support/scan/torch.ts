import { bytes, littleEndian } from "./bytes.ts";
import { pickle, stateDict, storage, tensor } from "./pickle.ts";
import { extraField, zip, type ZipOptions, type ZipPart } from "./zip.ts";

/** `data.pkl` of a state dict with one tensor of 6 floats, in storage 0. */
export const STATE_DICT: Uint8Array = pickle(2, stateDict({ weight: tensor() }));

/** A member as PyTorch writes it: its data begins at a multiple of 64 bytes, and the sizes are in front of it nowhere. */
function part(name: string, data: Uint8Array | string, at: number): ZipPart {
  const size = Buffer.from(data as Uint8Array).length;
  const start = at + 30 + Buffer.byteLength(name) + 4;
  const padding = (64 - (start % 64)) % 64;
  const extra = extraField(0x4246, "Z".repeat(padding));
  return size === 0
    ? { name, data, flags: 0x0800, local: { extra } }
    : { name, data, flags: 0x0808, descriptor: "short", local: { extra }, central: {} };
}

/** An archive as `torch.save` writes it, of these members in the folder `archive`; false leaves one out. */
export function torch(
  members: Readonly<Record<string, Uint8Array | string | false>> = {},
  { folder = "archive", more = [], ...options }: ZipOptions & { readonly folder?: string; readonly more?: readonly ZipPart[] } = {},
): Uint8Array {
  const all: Record<string, Uint8Array | string | false> = {
    "data.pkl": STATE_DICT,
    ".format_version": "1",
    ".storage_alignment": "64",
    byteorder: "little",
    "data/0": new Uint8Array(24),
    version: "3\n",
    ".data/serialization_id": "1".repeat(40),
    ...members,
  };
  let at = 0;
  const parts: ZipPart[] = [];
  for (const [name, data] of Object.entries(all)) {
    if (data === false) continue;
    parts.push(part(`${folder}/${name}`, data, at));
    at = Buffer.from(zip(parts)).indexOf("PK\u0001\u0002");
  }
  return zip([...parts, ...more], { zip64: true, ...options });
}

/** `data.pkl` with a tensor in another storage than the archive has. */
export function pickleOf(key: string, count: number, type = "FloatStorage"): Uint8Array {
  return pickle(2, stateDict({ weight: tensor(storage(key, count, type), [count]) }));
}

/** The 64-bit field of a member's header before its data. */
export function longSizes(size: number): Uint8Array {
  return extraField(1, bytes(littleEndian(size, 8), littleEndian(size, 8)));
}
