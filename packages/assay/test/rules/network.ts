import type { Rule } from "./rule.ts";

const text = { file: "src/network/server-text.ts", test: "test/network/server-text.test.ts" };

/** What of a server's words reaches a person. */
export const rules: readonly Rule[] = [
  {
    ...text,
    rule: "of a server's text only the language of errors is shown",
    text: "if (isPlainName(core))",
    replacement: "if (core.length < 60)",
  },
  {
    file: "src/network/plain-words.ts",
    test: "test/network/server-text.test.ts",
    rule: "a plain word has one case, or an initial capital",
    text: "(WORD.test(bare) && PLAIN.has",
    replacement: "(PLAIN.has",
  },
  { ...text, rule: "numbers in a server's text are few", text: "++numbers <= MAX_NUMBERS ?", replacement: "++numbers > 0 ?" },
  {
    ...text,
    rule: "a word of a passphrase is not shown, though it is a plain one",
    text: "wordsOf(core).some((one) => secretWords.has(one)) ? undefined : written",
    replacement: "written",
  },
  {
    file: "src/network/json-answer.ts",
    test: "test/network/server-text.test.ts",
    rule: "what is wrong with a server's JSON is said in plain words",
    text: "plainServerText(error.message, names)",
    replacement: "error.message",
  },
  {
    file: "src/network/http.ts",
    test: "test/network/http.test.ts",
    rule: "the address of a redirect is not shown",
    text: 'if (to?.host !== from.host) return "another host";',
    replacement: "if (to?.host !== from.host) return location;",
  },
];
