import { ByteWindow } from "./byte-window.ts";
import { ByteCursor } from "./byte-cursor.ts";
import { malformed, notUnderstood } from "./format-error.ts";
import type { RandomAccess } from "./random-access.ts";

const MIN_VERSION = 4;
const MAX_VERSION = 6;
const MAX_VARIABLES = 1_000_000;
const MAX_NAME = 4096;
/** A name, then rank, dimensions, type and length. */
const HEAD_BYTES = MAX_NAME + 2 + 1 + 4 * 16 + 1 + 4;
const MAX_RANK = 16;

/** By number in the file: ctranslate2/specs/model_spec.py. */
const TYPES: readonly (readonly [name: string, bytes: number])[] = [
  ["F32", 4],
  ["I8", 1],
  ["I16", 2],
  ["I32", 4],
  ["F16", 2],
  ["BF16", 2],
];

export interface Ctranslate2Content {
  readonly architecture: string;
  readonly tensors: number;
  readonly elements: number;
  readonly bytes: number;
  readonly types: readonly string[];
}

/** Whether a file begins with a version of the format and the name of a kind of model. */
export function beginsAsCtranslate2(head: Uint8Array): boolean {
  if (head.length < 8) return false;
  const cursor = new ByteCursor(head);
  const version = cursor.u32();
  const length = cursor.u16();
  if (version < MIN_VERSION || version > MAX_VERSION || length < 5 || length > 64 || length > cursor.left) return false;
  return /^[A-Za-z0-9]+Spec\0$/.test(String.fromCharCode(...cursor.bytes(length)));
}

/**
 * Reads `model.bin` of CTranslate2 whole: the variables, one after another, and other names for them.
 *
 * @throws FormatError
 */
export async function readCtranslate2(file: RandomAccess): Promise<Ctranslate2Content> {
  const window = new ByteWindow(file);
  await window.load(0, HEAD_BYTES);
  let cursor = new ByteCursor(window.bytes, 0);
  const version = cursor.u32();
  if (version < MIN_VERSION || version > MAX_VERSION) notUnderstood(`has version ${version}`, 0);
  const architecture = name(cursor);
  cursor.skip(4);
  const count = cursor.u32();
  if (count > MAX_VARIABLES) notUnderstood(`has ${count} variables`, cursor.offset);
  const types = new Set<string>();
  let elements = 0;
  let bytes = 0;
  let at = cursor.offset;
  for (let index = 0; index < count; index++) {
    cursor = await cursorAt(window, at);
    const variable = name(cursor);
    const rank = cursor.u8();
    if (rank > MAX_RANK) malformed(`has the variable ${variable} of ${rank} dimensions`, at);
    let size = 1;
    for (let dimension = 0; dimension < rank; dimension++) size *= cursor.u32();
    const type = TYPES[cursor.u8()];
    if (type === undefined) notUnderstood(`has the variable ${variable} of an unknown type`, at);
    const length = cursor.u32();
    if (length !== size * type[1]) malformed(`has the variable ${variable} of ${length} bytes, its shape needs ${size * type[1]}`, at);
    at = cursor.offset + length;
    if (at > file.size) malformed(`ends within the variable ${variable}`, file.size);
    elements += size;
    bytes += length;
    types.add(type[0]);
  }
  cursor = await cursorAt(window, at);
  const aliases = cursor.u32();
  at = cursor.offset;
  if (aliases > MAX_VARIABLES) notUnderstood(`has ${aliases} other names`, at);
  for (let index = 0; index < aliases; index++) {
    cursor = await cursorAt(window, at);
    name(cursor);
    name(cursor);
    at = cursor.offset;
  }
  if (at !== file.size) malformed(`has ${file.size - at} bytes behind its end`, at);
  return { architecture, tensors: count, elements, bytes, types: [...types].sort() };
}

async function cursorAt(window: ByteWindow, at: number): Promise<ByteCursor> {
  await window.load(at, HEAD_BYTES * 2);
  return new ByteCursor(window.view(at, Math.min(HEAD_BYTES * 2, window.size - at)), at);
}

/** A length, then that many bytes, the last of which is zero. */
function name(cursor: ByteCursor): string {
  const length = cursor.u16();
  if (length === 0 || length > MAX_NAME) malformed(`has a name of ${length} bytes`, cursor.offset);
  return new TextDecoder().decode(cursor.bytes(length).subarray(0, -1));
}
