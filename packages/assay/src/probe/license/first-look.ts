/** Words without which code and records hold no terms: most files have none of them, and need not be searched. */
const HINTS =
  /licen[csz]|lizenz|agreement|prohibit|forbid|hereby|commercial|permission|permitted|restrict|distribut|(?:may|must|shall) (?:not|only)|(?:\b|\\[nrt])you (?:may|must|shall|agree)|only for|(?:research|evaluation|purposes) only|лиценз|许可|許可|授权|授權|禁止|不得|商用|ライセンス|라이선스/gi;

export function mayHoldTerms(text: string): boolean {
  HINTS.lastIndex = 0;
  return HINTS.test(text) && HINTS.test(text);
}

/** Whether a text is a list of short entries, as of license plates: no line of it can be a sentence. */
export function isList(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 && lines.every((line) => (line.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= MAX_ENTRY);
}

const MAX_ENTRY = 3;

/** Whether the words of a text are in letters that the search for terms knows best. */
export function isLatin(text: string): boolean {
  const part = text.slice(0, 8_192);
  const latin = part.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin * 2 >= (part.match(/\p{L}/gu)?.length ?? 0);
}
