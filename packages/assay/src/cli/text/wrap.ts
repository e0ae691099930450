import { graphemes, textWidth } from "./width.ts";

/**
 * Breaks a text at its blanks into lines of at most `columns`; lines after the first start with
 * `hang` blanks. A word that is longer than a line is broken, not shortened: it may be a path that
 * the reader wants to copy.
 */
export function wrapWords(text: string, columns: number, hang = 0): string[] {
  if (textWidth(text) <= columns) return [text];
  const indent = " ".repeat(hang);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const room = columns - (lines.length === 0 ? 0 : hang);
    if (line !== "" && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
    for (;;) {
      const limit = columns - (lines.length === 0 ? 0 : hang);
      if (textWidth(line) <= limit) break;
      const [head, rest] = splitAt(line, limit);
      lines.push(head);
      line = rest;
    }
  }
  if (line !== "") lines.push(line);
  return lines.map((content, index) => (index === 0 ? content : indent + content));
}

function splitAt(text: string, columns: number): readonly [string, string] {
  let head = "";
  let used = 0;
  for (const character of graphemes(text)) {
    const width = textWidth(character);
    if (used + width > columns && head !== "") break;
    head += character;
    used += width;
  }
  // An address or path is read by its parts: it is broken behind one, where that wastes less than half of the line.
  const slash = head.lastIndexOf("/") + 1;
  if (slash > head.length / 2) head = head.slice(0, slash);
  return [head, text.slice(head.length)];
}
