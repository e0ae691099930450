import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";

/** One entry of a group. */
export type Hdf5Link =
  | { readonly kind: "hard"; readonly name: string; readonly address: number }
  | { readonly kind: "soft"; readonly name: string; readonly target: string }
  | { readonly kind: "external"; readonly name: string; readonly target: string }
  | { readonly kind: "user"; readonly name: string; readonly target: string };

const HARD = 0;
const SOFT = 1;
const EXTERNAL = 64;

/** A link message: section IV.A.2.g. */
export function readLink(data: Uint8Array, offset: number): Hdf5Link {
  const cursor = new ByteCursor(data, offset);
  if (cursor.u8() !== 1) notUnderstood("has a link of another version than 1", offset);
  const flags = cursor.u8();
  const type = (flags & 0x08) === 0 ? HARD : cursor.u8();
  if ((flags & 0x04) !== 0) cursor.skip(8);
  if ((flags & 0x10) !== 0) cursor.skip(1);
  const name = hdf5Text(cursor.bytes(cursor.uint(1 << (flags & 3))));
  if (type === HARD) return { kind: "hard", name, address: cursor.u64() };
  const value = cursor.bytes(cursor.u16());
  if (type === SOFT) return { kind: "soft", name, target: hdf5Text(value) };
  if (type !== EXTERNAL) return { kind: "user", name, target: `type ${type}` };
  const [file, object] = hdf5Text(value.subarray(1)).split("\0");
  if (file === undefined || object === undefined) malformed("has an external link without a file", offset);
  return { kind: "external", name, target: `${file}:${object}` };
}

export function hdf5Text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
