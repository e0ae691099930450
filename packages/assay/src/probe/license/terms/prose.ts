/** Text without its markup, so that HTML, RTF, LaTeX or JSON around a sentence does not hide it. Linear; never throws. */
export function plainProse(text: string): string {
  let plain = text;
  if (/^\s*\{\\rtf/.test(plain)) plain = plain.replace(/\\par[d]?\b/g, "\n").replace(/\\'[0-9a-f]{2}|\\[a-z]{1,32}-?\d{0,10} ?|[{}]/gi, "");
  // Sentences in strings of JSON or code, and in notebooks.
  plain = plain.replace(/\\[nrt]/g, "\n").replace(/\\(["'\\])/g, "$1");
  if (/<\/?[a-z][^<>]{0,300}>/i.test(plain)) {
    plain = plain
      .replace(/<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|body|html|head|title)\b[^<>]{0,300}>/gi, "\n\n")
      .replace(/<\/?[a-z][^<>]{0,300}>/gi, "");
  }
  if (plain.includes("&")) plain = plain.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, readEntity);
  return plain.replace(/\r\n?/g, "\n");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["nbsp", " "],
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["rsquo", "'"],
  ["lsquo", "'"],
  ["ldquo", '"'],
  ["rdquo", '"'],
  ["ndash", "-"],
  ["mdash", "-"],
  ["shy", ""],
]);

function readEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? " ";
  const code = Number.parseInt(decimal ?? hex ?? "", decimal === undefined ? 16 : 10);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
}

const MAX_SENTENCE = 2_000;

/**
 * The sentences of a prose text, without the comment signs, bullets and line breaks between their words. A piece
 * that does not end for long is cut, so that each sentence is bounded.
 */
export function sentencesOf(prose: string): string[] {
  return prose
    .replace(/^[ \t]*(?:(?:\/\*+|\*+\/?|\/\/+|#+|;+|--+|>+|%+|"""|'''|rem\b|dnl\b)[ \t]*)+/gim, "")
    .split(/(?<=[.;!?])["')\]]{0,2}\s+|[。；！？]|\n\s*\n|\n\s*(?:[-*•·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+/u)
    .flatMap((piece) => {
      const sentence = piece.replace(/\s+/g, " ").trim();
      if (sentence.length <= MAX_SENTENCE) return sentence === "" ? [] : [sentence];
      return sentence.match(new RegExp(`[^]{1,${MAX_SENTENCE}}`, "g")) ?? [];
    });
}
