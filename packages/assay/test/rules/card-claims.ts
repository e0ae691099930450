import type { Rule } from "./rule.ts";

const WEIGHTS = "test/probe/weights-claims.test.ts";
const CLAIMS = "test/probe/card-claims.test.ts";
const STATEMENTS = "test/probe/license-statements.test.ts";
const STATED = "test/probe/stated-licenses.test.ts";

export const rules: readonly Rule[] = [
  {
    rule: "a page of a hub under another name counts only where no other model is meant",
    file: "src/probe/card/weights-claims.ts",
    text: "return !link.isCode && !isOfOthers && WEIGHTS.test(around) ? 1 : undefined;",
    replacement: "return 1;",
    test: WEIGHTS,
  },
  {
    rule: "an archive beside the word for data is not weights",
    file: "src/probe/card/weights-claims.ts",
    text: "if (DATA.test(own) && !WEIGHTS.test(link.text)) return undefined;",
    replacement: "",
    test: WEIGHTS,
  },
  {
    rule: "a data set of a hub is not weights",
    file: "src/probe/card/weights-claims.ts",
    text: 'if (place.kind === "data") return undefined;',
    replacement: "",
    test: WEIGHTS,
  },
  {
    rule: "details of a training are not states of it",
    file: "src/probe/card/weights-claims.ts",
    text: "|\\btraining (?:check-?points?|ckpts?)\\b",
    replacement: "|\\btraining (?:\\w+ ){0,3}(?:check-?points?|ckpts?|models?)\\b",
    test: WEIGHTS,
  },
  {
    rule: "a page of a maker is not a data set",
    file: "src/probe/card/data-claims.ts",
    text: "if (place !== undefined && !DATA.test(link.text)) return undefined;",
    replacement: "",
    test: CLAIMS,
  },
  {
    rule: "states of a training that users save are not the makers'",
    file: "src/probe/card/weights-claims.ts",
    text: "&& !OF_USERS.test(one)",
    replacement: "",
    test: WEIGHTS,
  },
  {
    rule: "a picture is not a link",
    file: "src/probe/card/links.ts",
    text: 'return bare === undefined ? " " : add(bare, "", offset);',
    replacement: 'return bare === undefined ? add("https://huggingface.co/a/granite", "", offset) : add(bare, "", offset);',
    test: WEIGHTS,
  },
  {
    rule: "a paper in a section on the work of others is not the model's",
    file: "src/probe/card/paper-claims.ts",
    text: "if (OF_OTHERS.test(link.path)) return [];",
    replacement: "",
    test: CLAIMS,
  },
  {
    rule: "fine-tuning is not training",
    file: "src/probe/card/code-claims.ts",
    text: '&& !(component === "Training code" && FINE_TUNING.test(said))',
    replacement: "",
    test: CLAIMS,
  },
  {
    rule: "the words of a link say what code it is, before its sentence",
    file: "src/probe/card/code-claims.ts",
    text: "const said = GENERIC.test(text) || named ? clause : text;",
    replacement: "const said = clause;",
    test: CLAIMS,
  },
  {
    rule: "a section with commands shows users how to prepare data",
    file: "src/probe/card/data-claims.ts",
    text: "!hasCode &&",
    replacement: "",
    test: CLAIMS,
  },
  {
    rule: "a file of the folder is claimed only where it exists",
    file: "src/probe/card/document-claims.ts",
    text: "!known.has(local)",
    replacement: "false",
    test: CLAIMS,
  },
  {
    rule: "a modified license is not the license",
    file: "src/probe/card/license-names.ts",
    text: "if (isChanged) return undefined;",
    replacement: "",
    test: STATEMENTS,
  },
  {
    rule: "a sentence outside of a section on licenses must speak of the makers' own",
    file: "src/probe/card/license-statements.ts",
    text: "(STATES.test(plain) && (SELF.test(plain) || model.areIn(plain)))",
    replacement: "STATES.test(plain)",
    test: STATEMENTS,
  },
  {
    rule: "a license of Creative Commons with restrictions counts without its version",
    file: "src/probe/card/license-statements.ts",
    text: "const names = unversioned === undefined ? named : [{ name: unversioned, isOpen: false }];",
    replacement: "const names = named;",
    test: STATEMENTS,
  },
  {
    rule: "what is said of code is not said of weights",
    file: "src/openness/folder/stated-license.ts",
    text: "about !== undefined && isAbout(about, component)",
    replacement: "about !== undefined",
    test: STATED,
  },
  {
    rule: "a license that is only stated grants nothing",
    file: "src/openness/folder/stated-license.ts",
    text: "return { ...component, license: said.name,",
    replacement: 'return { ...component, status: "included", license: said.name,',
    test: STATED,
  },
  {
    rule: "a license_name beside another license is said",
    file: "src/openness/folder/license-warnings.ts",
    text: "if (tag !== undefined && !sameLicense(tag.name, name, catalog))",
    replacement: "if (false)",
    test: STATED,
  },
  {
    rule: "to obey the law is not a term",
    file: "src/probe/license/terms/sounds.ts",
    text: "if (LAW_ONLY.test(sentence)) continue;",
    replacement: "",
    test: STATED,
  },
];
