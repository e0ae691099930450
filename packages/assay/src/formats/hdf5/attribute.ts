import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";
import { readElements } from "./dataspace.ts";
import { readDatatype, type Datatype } from "./datatype.ts";
import { hdf5Text } from "./links.ts";

const MAX_TEXT_BYTES = 64 * 1024 * 1024;
/** Longer lists of texts are names of layers and weights, which say nothing of code. */
const MAX_TEXTS = 16;

export interface Hdf5Attribute {
  readonly name: string;
  /** Its first texts, where it has texts. */
  readonly texts: readonly string[];
  readonly offset: number;
}

/** An attribute message, section IV.A.2.m; its texts only where the name is wanted. */
export async function readAttribute(
  file: PageCache,
  data: Uint8Array,
  offset: number,
  isWanted: (name: string) => boolean,
): Promise<Hdf5Attribute> {
  const cursor = new ByteCursor(data, offset);
  const version = cursor.u8();
  if (version < 1 || version > 3) notUnderstood(`has an attribute of version ${version}`, offset);
  const flags = cursor.u8();
  if (version > 1 && flags !== 0) notUnderstood("has an attribute of a type that is stored apart", offset);
  const [nameSize, typeSize, spaceSize] = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (version === 3) cursor.skip(1);
  const padded = (size: number): number => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const name = hdf5Text(cursor.bytes(padded(nameSize)).subarray(0, nameSize)).replace(/\0.*$/s, "");
  const type = readDatatype(new ByteCursor(cursor.bytes(padded(typeSize)), offset));
  const elements = readElements(new ByteCursor(cursor.bytes(padded(spaceSize)), offset));
  if (elements * type.size > cursor.left) malformed(`has the attribute ${name} without all of its value`, offset);
  const value = cursor.bytes(elements * type.size);
  return { name, texts: isWanted(name) ? await texts(file, type, value, Math.min(elements, MAX_TEXTS)) : [], offset };
}

async function texts(file: PageCache, type: Datatype, value: Uint8Array, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let index = 0; index < count; index++) {
    const element = value.subarray(index * type.size, (index + 1) * type.size);
    if (type.kind === "text") found.push(hdf5Text(element).replace(/\0+$/, ""));
    else if (type.kind === "long-text") found.push(await longText(file, element));
  }
  return found;
}

/** A text in the global heap: its length, the address of its collection, its number there (section III.E). */
async function longText(file: PageCache, element: Uint8Array): Promise<string> {
  const reference = new ByteCursor(element);
  const length = reference.u32();
  const address = reference.u64();
  const number = reference.u32();
  if (length === 0) return "";
  if (length > MAX_TEXT_BYTES) notUnderstood(`has a text of ${length} bytes`);
  const head = new ByteCursor(await file.read(address, 16), address);
  if (!head.signature("GCOL")) malformed("has a text where no texts are", address);
  head.skip(4);
  const end = address + head.u64();
  for (let at = address + 16; at + 16 <= end;) {
    const object = new ByteCursor(await file.read(at, 16), at);
    const index = object.u16();
    object.skip(6);
    const size = object.u64();
    if (index === 0) break;
    if (index === number) {
      if (length > size) malformed("has a text that is longer than its place", at);
      return hdf5Text(await file.read(at + 16, length));
    }
    at += 16 + Math.ceil(size / 8) * 8;
  }
  return malformed("has a text that is in no heap", address);
}
