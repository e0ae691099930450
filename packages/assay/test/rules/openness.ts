import type { Rule } from "./rule.ts";

const TERMS = "test/probe/terms-by-other-name.test.ts";
const CONTRADICTIONS = "test/probe/contradictions.test.ts";
const YAML = "test/openness/yaml-tokens.test.ts";

/** How open a folder is: which texts count, what they reach, and what input may cost. */
export const rules: readonly Rule[] = [
  {
    rule: "a text whose name says nothing is searched for terms",
    file: "src/probe/gather-licenses.ts",
    text: 'if (look.kind === "text") return this.#searchText(candidate, look);',
    replacement: 'if (look.kind === "text") return;',
    test: TERMS,
  },
  {
    rule: "one sentence of terms among those of an open license is enough",
<<<<<<< HEAD
    file: "src/probe/terms/sounds.ts",
    text: "places.push({ at, isOpen });",
    replacement: "if (!isOpen) places.push({ at, isOpen });",
=======
    file: "src/evidence/terms/sounds.ts",
    text: "places.push({ at, isOpen, counts:",
    replacement: "if (!isOpen) places.push({ at, isOpen, counts:",
>>>>>>> 9f8c872 (Take a titled license in code, and an agreement in a notebook, for the model)
    test: TERMS,
  },
  {
    rule: "what may be done only under conditions is terms",
    file: "src/probe/license-text/terms.ts",
    text: "(?:only|solely|exclusively)${GAP(2)} (?:for|to|by|in|if|with|within|under|after|when|where|until) `",
    replacement: "(?:zzz)`",
    test: "test/probe/terms.test.ts",
  },
  {
    rule: "a commercial use that is denied some words before is terms",
    file: "src/probe/license-text/terms.ts",
    text: "(?:not|never|no|non)${GAP(5)} commercial",
    replacement: "(?:not|never|no|non)${GAP(1)} commercial",
    test: "test/probe/terms.test.ts",
  },
  {
    rule: "numbers of clauses take no room among sentences",
    file: "src/probe/terms/sounds.ts",
    text: "sentencesOf(prose).filter((sentence) => /\\p{L}\\p{M}?\\p{L}/u.test(sentence))",
    replacement: "sentencesOf(prose)",
    test: TERMS,
  },
  {
    rule: "a document that cannot be read stops openness where its name or folder says terms",
    file: "src/probe/gather-licenses.ts",
    text: "if (speaks) this.#add(",
    replacement: "if (false) this.#add(",
    test: TERMS,
  },
  {
    rule: "terms about a model reach the whole model from any folder",
    file: "src/probe/gather-licenses.ts",
    text: 'if (isAboutModel) return "model";',
    replacement: 'if (isAboutModel) return "folder";',
    test: TERMS,
  },
  {
    rule: "a notice in code is for its file",
<<<<<<< HEAD
    file: "src/probe/gather-licenses.ts",
    text: 'if (found === "content" && isNotice && writingOf(path) === "code") return "file";',
=======
    file: "src/evidence/gather-licenses.ts",
    text: 'if (found === "content" && isNotice && writingOf(path) === "code" && !path.toLowerCase().endsWith(".ipynb")) return "file";',
>>>>>>> 9f8c872 (Take a titled license in code, and an agreement in a notebook, for the model)
    replacement: "",
    test: TERMS,
  },
  {
    rule: "a name that says code is not believed of a text about a model",
    file: "src/probe/gather-licenses.ts",
    text: 'return isClosedForModel && (named === "code" || named === "document") ? undefined : named;',
    replacement: "return named;",
    test: TERMS,
  },
  {
    rule: "the license word counts in any place of a name",
    file: "src/probe/terms/terms-name.ts",
    text: 'if (LICENSE_IN_NAME.test(lower)) return "license";',
    replacement: "",
    test: TERMS,
  },
  {
    rule: "a folder for licenses says that what is in it is terms",
    file: "src/probe/terms/terms-name.ts",
    text: ".some((folder) => PLACE.test(plain(folder).toLowerCase()));",
    replacement: ".some(() => false);",
    test: TERMS,
  },
  {
<<<<<<< HEAD
    rule: "UTF-16 without a byte order mark is text",
    file: "src/probe/terms/decode.ts",
    text: 'return even > enough && odd < length * 0.02 ? "utf-16be" : undefined;',
    replacement: "return undefined;",
    test: TERMS,
  },
  {
=======
>>>>>>> 9f8c872 (Take a titled license in code, and an agreement in a notebook, for the model)
    rule: "the text in a gzip file is read",
    file: "src/probe/terms/decode.ts",
    text: "const decoded = inner === undefined ? undefined : decodeText(inner);",
    replacement: "const decoded = inner === undefined ? undefined : undefined;",
    test: TERMS,
  },
  {
    rule: "the end of a text that is too large is searched too",
    file: "src/probe/terms/look.ts",
    text: 'const readings = end?.kind === "text" ? [...decoded.readings, ...end.readings] : decoded.readings;',
    replacement: "const readings = decoded.readings;",
    test: TERMS,
  },
  {
    rule: "a pointer of Git LFS under the name of a license is a text that was not read",
    file: "src/probe/terms/look.ts",
    text: 'return { kind: "closed", format: "a pointer of Git LFS" };',
    replacement: 'return { kind: "empty" };',
    test: TERMS,
  },
  {
    rule: "sentences of open licenses are no other terms",
    file: "src/probe/terms/sounds.ts",
    text: "const isOpen = open.has(sentence);",
    replacement: "const isOpen = false;",
    test: TERMS,
  },
  {
    rule: "a few sentences of terms close together are terms in a long document",
<<<<<<< HEAD
    file: "src/probe/terms/sounds.ts",
    text: "return isShortNote || isDense(places, least) ? {",
    replacement: "return isShortNote || isDense([], least) ? {",
=======
    file: "src/evidence/terms/sounds.ts",
    text: "isShortNote || isDense(places, least)",
    replacement: "isShortNote || isDense([], least)",
>>>>>>> 7d639b6 (Point a rule at its text again)
    test: TERMS,
  },
  {
    rule: "for parameters, terms of the whole model hold whatever is nearer",
    file: "src/probe/license-cover.ts",
    text: 'reach === "model" && isParameters(component)',
    replacement: "false",
    test: TERMS,
  },
  {
    rule: "a statement that is less open than the text counts beside it",
    file: "src/probe/contradictions.ts",
    text: ".filter(({ name }) => !judgeLicense(name, component.kind, catalog).isOpen)",
    replacement: ".filter(() => false)",
    test: CONTRADICTIONS,
  },
  {
    rule: "a card's license for itself is about the card alone",
    file: "src/probe/contradictions.ts",
    text: 'return name === "Model card";',
    replacement: "return true;",
    test: CONTRADICTIONS,
  },
  {
    rule: "a text that mof.yml points at adds to those that cover the files",
    file: "src/probe/describe.ts",
    text: "return [...new Set([...coveringLicenses(licenseFiles, component, file), ...pointedAt])];",
    replacement: "return pointedAt.length > 0 ? pointedAt : coveringLicenses(licenseFiles, component, file);",
    test: CONTRADICTIONS,
  },
  {
    rule: "--write writes the path of a text only where one holds",
    file: "src/probe/describe.ts",
    text: "return second === undefined && first?.unread === undefined ? first?.path : undefined;",
    replacement: "return first?.path;",
    test: CONTRADICTIONS,
  },
  {
    rule: "--write writes no path where nothing is",
    file: "src/probe/describe.ts",
    text: "/^[a-z][a-z0-9+.-]{1,20}:/i.test(sign.target) ? sign.target : undefined,",
    replacement: "sign.target !== '' ? sign.target : undefined,",
    test: CONTRADICTIONS,
  },
  {
    rule: "what --write wrote as a claim is no new claim",
    file: "src/probe/gather.ts",
    text: "model: withoutUnconfirmed(readModelFile(bytes), file.text)",
    replacement: "model: readModelFile(bytes)",
    test: CONTRADICTIONS,
  },
  {
    rule: "a card with too few words says so",
    file: "src/probe/gather-card.ts",
    text: "else collector.tooLittle(component, tooFewWords(name, card.words));",
    replacement: "",
    test: "test/probe/report.test.ts",
  },
  {
    rule: "YAML is not read beyond its first syntax error",
    file: "src/openness/yaml-tokens.ts",
    text: 'if (token.type === "error") return { kind: "error", offset: token.offset, message: token.message };',
    replacement: "",
    test: YAML,
  },
  {
    rule: "the depth of YAML is looked at before the parser calls itself",
    file: "src/openness/yaml-tokens.ts",
    text: "if (parser.stack.length > maxDepth + 3)",
    replacement: "if (false)",
    test: YAML,
  },
  {
    rule: "front matter has a bound of 64 kB",
    file: "src/probe/card/front-matter.ts",
    text: "normal.slice(3, MAX_FRONT_MATTER)",
    replacement: "normal.slice(3)",
    test: YAML,
  },
];
