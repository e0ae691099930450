import { isUnprintable } from "./escape.ts";

const PLAIN = /^[A-Za-z0-9_./:=@%+,-]+$/;

/**
 * One word of a command as it can be pasted into a POSIX shell. What a person cannot see is written
 * as bytes in `$'…'`, so that the pasted command still names the same file.
 */
export function shellQuote(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!isUnprintable(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  let quoted = "";
  for (const character of word) {
    if (character === "'" || character === "\\") quoted += `\\${character}`;
    else if (isUnprintable(character)) quoted += bytesOf(character);
    else quoted += character;
  }
  return `$'${quoted}'`;
}

/** A whole command line. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

function bytesOf(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
