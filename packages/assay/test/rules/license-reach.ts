import type { Rule } from "./rule.ts";

const REACH = "test/probe/license-reach.test.ts";
const APPENDED = "test/probe/license-appended.test.ts";
const NARROW = "src/openness/folder/narrow-licenses.ts";
const COVER = "src/openness/folder/license-cover.ts";
const SUBJECTS = "src/probe/license/terms/subjects.ts";
const BEHIND = "src/probe/license/text/appended.ts";

/** What a text that is not open is for beside an open license, and what may be behind a license in its file. */
export const rules: readonly Rule[] = [
  {
    rule: "a text narrows to the parameters only beside an open license for everything",
    file: NARROW,
    text: "about === undefined || !(isOpenAtRoot || isBelow) ? file",
    replacement: "about === undefined ? file",
    test: REACH,
  },
  {
    rule: "a second license file of the root is for everything",
    file: NARROW,
    text: "if (GENERAL_NAME.test(path)) return undefined;",
    replacement: "",
    test: REACH,
  },
  {
    rule: "whatever a narrowed text is about, it closes the parameters",
    file: NARROW,
    text: 'onlyFor: ["parameters", ...about]',
    replacement: "onlyFor: about",
    test: REACH,
  },
  {
    rule: "terms that speak of data close data",
    file: SUBJECTS,
    text: '...(DATA.test(sentence) ? ["data" as const] : [])',
    replacement: "",
    test: REACH,
  },
  {
    rule: "terms that speak of the software or the project close the code",
    file: SUBJECTS,
    text: "if (WORK.test(sentence)) return undefined;",
    replacement: "if (WORK.test(sentence)) return [];",
    test: REACH,
  },
  {
    rule: "an agreement that is not on a model is for everything",
    file: SUBJECTS,
    text: 'return terms.subject === "model" ? ["parameters"] : undefined;',
    replacement: 'return ["parameters"];',
    test: REACH,
  },
  {
    rule: "terms that name nothing, in a text on nothing in particular, are for everything",
    file: SUBJECTS,
    text: 'all.size > 0 || terms.subject === "model" ? [...all] : undefined',
    replacement: "[...all]",
    test: REACH,
  },
  {
    rule: "terms in code are for the file that they are in",
    file: COVER,
    text: 'onlyFor !== undefined && about?.includes("file") === true',
    replacement: "false",
    test: REACH,
  },
  {
    rule: "a maker's license in a folder below is for what is in it",
    file: COVER,
    text: "return isForItsFolder(file) ? file.folder : undefined;",
    replacement: "return undefined;",
    test: REACH,
  },
  {
    rule: "a sentence that names nothing is about what its heading or the sentence before names",
    file: "src/probe/card/license-statements.ts",
    text: "about: one.about ?? meant",
    replacement: "about: one.about",
    test: "test/probe/license-statements.test.ts",
  },
  {
    rule: "a list of files is not data",
    file: "src/probe/data/not-data.ts",
    text: 'if (/\\.txt$/i.test(name) && isListOfFiles(head)) return "a list of files";',
    replacement: "",
    test: "test/probe/data-signs.test.ts",
  },
  {
    rule: "the address in a script counts under the model's name only",
    file: "src/probe/card/scripts.ts",
    text: "|| !model.areIn(target)",
    replacement: "",
    test: "test/probe/data-signs.test.ts",
  },
  {
    rule: "what a server does with its input is not the preprocessing of the model's data",
    file: "src/probe/code/signs.ts",
    text: "if (never !== undefined && meets(all, never)) return [];",
    replacement: "",
    test: "test/probe/code-signs.test.ts",
  },
  {
    rule: "a greeting over a license says nothing behind its last word",
    file: "src/probe/license/text/lead.ts",
    text: 'if (text.words[end] === "available") yield end + 1;',
    replacement: "yield end + 3;",
    test: "test/probe/license-lead.test.ts",
  },
  {
    rule: "a license of others' parts that is not open keeps the file from being open",
    file: "src/probe/license/probe.ts",
    text: "(text.appended ?? []).every((id) => knowledge.isOpen(id))",
    replacement: "true",
    test: APPENDED,
  },
  {
    rule: "a sentence over a license of others' parts is not a heading",
    file: BEHIND,
    text: "if (heading > MAX_HEADING || !isHeading(words, at)) return undefined;",
    replacement: "if (heading > MAX_HEADING) return undefined;",
    test: APPENDED,
  },
  {
    rule: "a heading that speaks of the weights is not of a part of the program",
    file: BEHIND,
    text: "if (SUBJECTS.has(word)) return false;",
    replacement: "",
    test: APPENDED,
  },
  {
    rule: "another license right behind the first is not one of others' parts",
    file: BEHIND,
    text: "if (part !== undefined && heading === 0 && part.template !== own) return undefined;",
    replacement: "",
    test: APPENDED,
  },
  {
    rule: "behind the last part of others nothing may be",
    file: BEHIND,
    text: "return heading > 0 || found.length === 0 ? undefined : found;",
    replacement: "return found.length === 0 ? undefined : found;",
    test: APPENDED,
  },
  {
    rule: "a pointer has no word but the address and what leads to it",
    file: "src/probe/license/text/pointer.ts",
    text: "`(${ADDRESS.source})[>)]?(?: (?:file|document))?`",
    replacement: "`[^]*?(${ADDRESS.source})[>)]?[^]*`",
    test: APPENDED,
  },
];
