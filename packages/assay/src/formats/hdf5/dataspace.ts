import type { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";

/** The number of elements that a dataspace message describes: section IV.A.2.b. */
export function readElements(cursor: ByteCursor): number {
  const version = cursor.u8();
  if (version !== 1 && version !== 2) notUnderstood(`has a dataspace of version ${version}`, cursor.offset);
  const rank = cursor.u8();
  cursor.skip(1);
  const kind = version === 2 ? cursor.u8() : 1;
  if (version === 1) cursor.skip(5);
  if (kind === 2) return 0;
  if (rank > 32) malformed(`has a dataspace of ${rank} dimensions`, cursor.offset);
  let elements = 1;
  for (let index = 0; index < rank; index++) {
    const size = cursor.u64();
    elements = elements === 0 ? 0 : elements * size;
  }
  if (!Number.isSafeInteger(elements)) malformed("has a dataspace that cannot be counted", cursor.offset);
  return elements;
}
