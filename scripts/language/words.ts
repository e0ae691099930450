// The words that the language of the house leaves out, each with what to write instead, and the phrases that may keep one.

/** A word that is left out: how to find it, and what to say instead. */
export interface Word {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** In text, comments and test names. */
export const WORDS: readonly Word[] = [
  { pattern: /\b(?:is|are|was|were|be)\s+no\b/gi, instead: "is not a ..., missing, unknown, unsupported, or no ... alone" },
  { pattern: /\b(?:is|are|was|were|be)\s+none\b/gi, instead: "missing, or no ... alone" },
  { pattern: /\b(?:asks?|asking|asked)\s+no\s+one\b/gi, instead: "uses no network" },
  { pattern: /\bnobody(?:'s)?\b/gi, instead: "no key, no witness: name the thing; asks nobody: uses no network" },
  { pattern: /\bwhoever\b/gi, instead: "anyone who, the caller" },
  { pattern: /\bsomebody(?:'s)?\b/gi, instead: "someone, another user" },
  { pattern: /\b(?:stands?|standing|stood)\b/gi, instead: "is, appears, is written" },
  { pattern: /\b(?:lies?|lying)\b/gi, instead: "is, is located" },
  { pattern: /\bgoes\b/gi, instead: "is sent, is written, continues" },
  { pattern: /\bjudg(?:es?|ed|ing)\b/gi, instead: "evaluate, check, assess" },
  { pattern: /\bstrangers?(?:'s?)?\b/gi, instead: "unknown ..., untrusted ..." },
  { pattern: /\b(?:he|his|him|himself|she|her|herself)\b/gi, instead: "it; they, for a person" },
];

const ENDING_ISE = "recogn organ serial normal canonical initial summar minim maxim author general special standard custom optim".split(
  " ",
);
const MORE_ENDING_ISE =
  "real util categor random synchron token visual final capital local item penal priorit memor emphas apolog material".split(" ");

/** Spellings of the other side of the ocean, in identifiers and file names too. */
export const SPELLINGS: readonly Word[] = [
  { pattern: /(?:catalogu|licenc)(?:es?|ed|ing)/gi, instead: "catalog, license" },
  { pattern: /(?:col|behavi|fav|hon|neighb|lab|flav|harb|rum|vap|end|arm)our(?!c)/gi, instead: "-or" },
  { pattern: /(?:defence|offence|artefact|acknowledgement|judgement|programmes?\b)/gi, instead: "-ense, artifact, -dgment, program" },
  { pattern: /\b(?:centre[sd]?|grey|whilst|amongst|learnt|fulfil|fulfils)\b/gi, instead: "center, gray, while, among, learned, fulfill" },
  { pattern: /(?:cancel|label|model|travel|signal|total|tunnel|channel)l(?:ed|ing)/gi, instead: "one l" },
  { pattern: new RegExp(`(?:${[...ENDING_ISE, ...MORE_ENDING_ISE].join("|")})is(?:e[srd]?|ing|ations?)\\b`, "gi"), instead: "-ize" },
  { pattern: /analys(?:e|ed|ing|er)\b/gi, instead: "analyze" },
];

/** In identifiers, whose words are the parts between capitals and underscores. */
export const NAME_WORDS: readonly Word[] = WORDS.filter(({ pattern }) => /nobody|whoever|somebody|judg|stranger/.test(pattern.source));

/** Phrases that may hold a word of the lists, and why. */
export const ALLOWED: readonly { readonly phrase: RegExp; readonly why: string; readonly file?: string }[] = [
  {
    phrase:
      /\b(?:is|are|was|were|be)\s+no\s+(?:longer|more|less|larger|smaller|slower|faster|newer|older|earlier|later|greater|fewer|wider)\b/gi,
    why: "a comparison",
  },
  { phrase: /\banswer\s+is\s+no\b/gi, why: "the opposite of yes" },
  { phrase: /\backnowledgement\b/g, why: "a field of CycloneDX" },
  { phrase: /["\u0001]catalogue["\u0001]/g, why: "a value in published JSON documents" },
  { phrase: /Public\s+Licences?|Government\s+Licence|Licence\s+(?:Libre|Ouverte)/gi, why: "the names of licenses" },
];

/** Files whose text is another's data: license texts, word tables that match what others wrote, vectors. */
export const OTHERS_DATA: readonly RegExp[] = [
  /^packages\/assay\/data\/(?!openness\/licenses-models\.json$)/,
  /\/vectors\//,
  /^packages\/assay\/test\/corpus\//,
  /^bench\/history\.jsonl$/,
  /^scripts\/language\//,
  /^LICENSE$/,
];

/** Sources whose strings are words of others' texts, to be matched or let through. Their comments are ours. */
export const OTHERS_WORDS: readonly RegExp[] = [
  /^packages\/assay\/src\/probe\/license\/text\/(?:words|name-words|title|terms)\.ts$/,
  /^packages\/assay\/src\/openness\/license-key\.ts$/,
  /^packages\/assay\/src\/network\/plain-words\.ts$/,
  /^scripts\/ordinary-words\.ts$/,
];
