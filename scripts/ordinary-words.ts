// The words of ordinary language: what licenses say in lower case, and the usual words of languages that are written in
// Latin, Cyrillic or Greek letters. A name in a copyright notice is made of none of them.

/** Two or three letters are a word in some language, nearly whatever they are; of English all are kept. */
const SHORTEST = 4;
const LANGUAGES = "af bg ca cs da de el es et eu fi fr gl hr hu id it lt lv ms nl no pl pt ro ru sk sl sv tl tr uk".split(" ");

/** Short ones without which few sentences are made. */
const SHORT_WORDS =
  "nur und für der die das den dem ein eine ist sind kein nicht mit von zum zur bei auf aus als ohne oder les des aux une pas par sur non sans est que qui ont los las del por con sin una sea son solo per che gli non una dei con sia het een voor niet met van aan bij och att som för inte med til for ikke med ten jest dla nie tak bez pre nie ani ako csak nem egy bir bez для или без все они как что это при " +
  "seul seule seulement sauf tranne soltanto apenas somente exceto excepto salvo alleen slechts endast bara vain ainoastaan kivéve doar numai sadece yalnız hariç chỉ hanya kecuali само лише тільки только кроме μόνο μονο εκτός außer ausser ausgenommen privé privado privada privato privat";

const ENGLISH_SHORT = new Set("am an as at be by do go he if in is it me my no of on or so to up us we".split(" "));
/** A name that some license writes in small letters is not ordinary for that. */
const RARE = 3;

/** Sorted, without repetition. A word that licenses nearly always write with a capital is a name. */
export function ordinaryWordsOf(licenseTexts: readonly string[], stopwords: Readonly<Record<string, readonly string[]>>): string[] {
  const counts = new Map<string, number>();
  const capitals = new Map<string, number>();
  for (const text of licenseTexts) {
    const sentences = text.replace(/\S*(?:@|:\/\/|www\.)\S*/g, " ").normalize("NFKC");
    for (const word of new Set(sentences.match(/(?<![\p{L}\p{N}\p{M}])[\p{Ll}\p{M}]{2,}(?![\p{L}\p{N}\p{M}])/gu))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    for (const word of new Set(sentences.match(/(?<![\p{L}\p{N}\p{M}])\p{Lu}[\p{Ll}\p{M}]+(?![\p{L}\p{N}\p{M}])/gu))) {
      capitals.set(word.toLowerCase(), (capitals.get(word.toLowerCase()) ?? 0) + 1);
    }
  }
  const words = new Set([...counts].filter(([word, count]) => count > RARE || (capitals.get(word) ?? 0) < 3 * count).map(([word]) => word));
  for (const word of stopwords["en"] ?? []) {
    const lower = word.normalize("NFKC").toLowerCase();
    if (/^\p{L}{3,}$/u.test(lower) || ENGLISH_SHORT.has(lower)) words.add(lower);
  }
  for (const language of LANGUAGES) {
    for (const word of stopwords[language] ?? []) {
      if (new RegExp(`^\\p{L}{${SHORTEST},}$`, "u").test(word)) words.add(word.normalize("NFKC").toLowerCase());
    }
  }
  for (const word of SHORT_WORDS.split(" ")) words.add(word);
  return [...words].filter((word) => !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)).sort();
}
