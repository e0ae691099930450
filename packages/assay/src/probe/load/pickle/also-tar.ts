const BLOCK = 512;
const SUM_AT = 148;
const SUM_LENGTH = 8;
const BLANK = 0x20;

/**
 * Whether the first block is a tar header as Python reads one: by its checksum alone, no magic is asked for. `torch.load` tries
 * that format before pickle, under any name.
 */
export function isTarHeader(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false;
  const text = String.fromCharCode(...head.subarray(SUM_AT, SUM_AT + SUM_LENGTH));
  const stated = /^ *([0-7]{1,7})[ \0]*$/.exec(text)?.[1];
  if (stated === undefined) return false;
  let [unsigned, signed] = [0, 0];
  for (let at = 0; at < BLOCK; at++) {
    const byte = at >= SUM_AT && at < SUM_AT + SUM_LENGTH ? BLANK : (head[at] ?? 0);
    unsigned += byte;
    signed += byte < 0x80 ? byte : byte - 256;
  }
  return [unsigned, signed].includes(Number.parseInt(stated, 8));
}
