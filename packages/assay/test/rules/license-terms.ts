import type { Rule } from "./rule.ts";

const limits = { test: "test/probe/limits.test.ts" };
const names = { test: "test/probe/terms-by-other-name.test.ts" };
const leads = { test: "test/probe/license-lead.test.ts" };
const encodings = { test: "test/probe/encodings.test.ts" };

/** What text counts as terms, and in which encodings it is read. */
export const rules: readonly Rule[] = [
  {
    ...limits,
    rule: "one sentence that limits use is enough in a document",
    file: "src/probe/license/terms/sounds.ts",
    text: "const LIMIT_COUNTS = 3;",
    replacement: "const LIMIT_COUNTS = 1;",
  },
  {
    ...limits,
    rule: "advice on what a model is intended for limits nothing",
    file: "src/probe/license/text/limits.ts",
    text: "&& !ADVICE.test(words)",
    replacement: "",
  },
  {
    ...limits,
    rule: "a limit in another language counts",
    file: "src/probe/license/text/limits.ts",
    text: " || (COMMERCE.test(words) && BINDING.test(words))",
    replacement: "",
  },
  {
    ...encodings,
    rule: "UTF-16 is read without a byte order mark",
    file: "src/probe/license/terms/encodings.ts",
    text: "inUse >= sample.length * MIN_IN_USE && ",
    replacement: "false && ",
  },
  {
    ...encodings,
    rule: "pairs of bytes without separators are not writing",
    file: "src/probe/license/terms/encodings.ts",
    text: " && separating >= sample.length * MIN_SEPARATING",
    replacement: "",
  },
  {
    ...encodings,
    rule: "words of another encoding within Western text are read",
    file: "src/probe/license/terms/decode.ts",
    text: "isWestern ? [western, ...others] : others",
    replacement: "isWestern ? [western] : others",
  },
  {
    ...encodings,
    rule: "ISO-2022-JP is read",
    file: "src/probe/license/terms/decode.ts",
    text: "...(shiftsToJapanese(clean) ? [",
    replacement: "...(shiftsToJapanese(clean) && false ? [",
  },
  {
    ...leads,
    rule: "a line over a license names that license",
    file: "src/probe/license/text/lead.ts",
    text: "if (!isOwn && !FILLING.test(word)) return;",
    replacement: "",
  },
  {
    ...leads,
    rule: "a line over a license that is for a part only is text",
    file: "src/probe/license/text/lead.ts",
    text: "if (isScope(word) || (",
    replacement: "if ((",
  },
  {
    ...leads,
    rule: "initials behind a name are not a name",
    file: "src/probe/license/text/notice.ts",
    text: "if (isAbbreviation(text, at, isNamed)) break;",
    replacement: "",
  },
  {
    ...leads,
    rule: "a project is called by one ordinary word only",
    file: "src/probe/license/text/notice.ts",
    text: 'return isName && PROJECT_GROUP.test(words[at + 3] ?? "") ? at + 3 : undefined;',
    replacement: "return at + 3;",
  },
  {
    ...names,
    rule: "a short license under its own name in code is for the model",
    file: "src/probe/license/probe.ts",
    text: " && !terms.isTitled",
    replacement: "",
  },
  {
    ...names,
    rule: "a changed open license at the head of code is a notice",
    file: "src/probe/license/terms/sounds.ts",
    text: "isTitle && !open.isOpenName(title)",
    replacement: "isTitle",
  },
  {
    ...names,
    rule: "a short agreement in a notebook is for the model",
    file: "src/probe/license/probe.ts",
    text: ' && !path.toLowerCase().endsWith(".ipynb")',
    replacement: "",
  },
];
