/** Words that say nothing about which license it is. */
const FILLERS = new Set([
  "the",
  "license",
  "licence",
  "licensed",
  "agreement",
  "version",
  "international",
  "unported",
  "generic",
  "software",
]);

/**
 * What is left of a license's name when case, punctuation and filler words are taken out: `Apache License,
 * Version 2.0`, `Apache 2.0` and `apache-2.0` have the same key. Numbers and `+` stay: they tell licenses apart.
 */
export function licenseKey(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\bv(?:ersion|er)?[. ]?(?=\d)/g, "")
    .split(/[^\p{L}\p{N}.+]+|\.(?!\d)|(?<!\d)\./u)
    .filter((word) => word !== "" && !FILLERS.has(word))
    .join(" ");
}
