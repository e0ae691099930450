/**
 * Code points that take two columns: East Asian wide and full-width forms, and pictographs
 * (Unicode Annex 11, coarsely: a few unassigned points lie in the ranges).
 */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
const ASCII = /^[\x20-\x7e]*$/;
const COMBINING = /\p{M}/u;

/** How many columns a text takes that holds nothing unprintable (escape it first). */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Shortens a text to `width` columns, keeping both ends: a file's name tells most at its end. */
export function elideMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 1) return "…".slice(0, Math.max(0, width));
  const characters = Array.from(text);
  const tailColumns = Math.ceil((width - 1) / 2);
  const tail = takeColumns(characters.toReversed(), tailColumns).toReversed();
  const head = takeColumns(characters, width - 1 - tailColumns);
  return `${head.join("")}…${tail.join("")}`;
}

function takeColumns(characters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += characterWidth(character);
    if (used > columns) break;
    taken.push(character);
  }
  return taken;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
