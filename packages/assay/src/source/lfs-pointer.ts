import type { Warning } from "../core/warning.ts";

/** What a git-LFS pointer says of the file that it points to. */
export interface LfsPointer {
  /** SHA-256 of the file, lowercase hex. */
  readonly oid: string;
  /** Bytes of the file. */
  readonly size: number;
}

/** A file of a model that is a pointer. */
export interface PointerFile extends LfsPointer {
  readonly name: string;
}

/** A pointer is smaller than this: git-lfs takes a larger file for content. */
export const MAX_POINTER_BYTES = 1024;

const BEGINNING = new TextEncoder().encode("version http");
/** The version that git-lfs writes, and the earlier names that it reads. */
const VERSION =
  /^version (?:https:\/\/git-lfs\.github\.com\/spec\/v1|https:\/\/hawser\.github\.com\/spec\/v1|http:\/\/git-media\.io\/v\/2)$/;
/** A line of an extension; git-lfs takes a text with any other unknown key for content. */
const EXTENSION = /^ext-[0-9]-\w+ sha256:[0-9a-f]{64}$/;
const OID = /^oid sha256:([0-9a-f]{64})$/;
const SIZE = /^size (0|[1-9][0-9]{0,15})$/;

/** Whether a file may be a pointer, by its size and first bytes: cheap enough to ask of every file that is hashed. */
export function beginsLikePointer(bytes: Uint8Array): boolean {
  if (bytes.length >= MAX_POINTER_BYTES || bytes.length < BEGINNING.length) return false;
  return BEGINNING.every((byte, index) => byte === bytes[index]);
}

/**
 * Reads a git-LFS pointer: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md. As git-lfs reads
 * them: these keys in this order, extensions anywhere between, empty lines passed over, line ends of Windows too.
 * Undefined for anything else, a text about pointers and a pointer with other lines included.
 */
export function parsePointer(bytes: Uint8Array): LfsPointer | undefined {
  if (!beginsLikePointer(bytes)) return undefined;
  const [version = "", ...lines] = new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line !== "");
  if (!VERSION.test(version)) return undefined;
  const [oidLine = "", sizeLine = "", ...others] = lines.filter((line) => !EXTENSION.test(line));
  const oid = OID.exec(oidLine)?.[1];
  const size = SIZE.exec(sizeLine)?.[1];
  return oid === undefined || size === undefined || others.length > 0 ? undefined : { oid, size: Number(size) };
}

/** What is said where pointers are taken for files; `consequence` says what that means there. */
export function pointerWarnings(pointers: readonly PointerFile[], consequence: string): Warning[] {
  const [first, ...others] = pointers;
  if (first === undefined) return [];
  const what =
    others.length === 0 ? `${first.name} is a git-LFS pointer` : `${pointers.length} files are git-LFS pointers, one of them ${first.name}`;
  return [{ code: "LFS_POINTER", message: `${what}: ${consequence}, and the file itself was not downloaded` }];
}
