/** Files of up to a million texts, which name nothing but words: `__import__` is a token of many. */
const VOCABULARIES = new Set(["tokenizer.json", "vocab.json", "vocabulary.json", "tekken.json"]);

/** `base` is the file's name in lowercase, without its folder. */
export function isVocabularyName(base: string): boolean {
  return VOCABULARIES.has(base);
}
