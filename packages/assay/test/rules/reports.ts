import type { Rule } from "./rule.ts";

const page = { test: "test/report/html/check-html.test.ts" };

/** Reports as web pages. */
export const rules: readonly Rule[] = [
  {
    ...page,
    rule: "a text is never markup of the page",
    file: "src/report/html/markup.ts",
    text: ".replace(/[&<>\"']/g, (character) => `&#${character.charCodeAt(0)};`)",
    replacement: "",
  },
  {
    ...page,
    rule: "what turns a line of the page around is written out",
    file: "src/report/html/markup.ts",
    text: "return visibleText(shortened(text))",
    replacement: "return shortened(text)",
  },
  {
    ...page,
    rule: "a very long text of the page is shortened",
    file: "src/report/html/markup.ts",
    text: "if (characters.length <= MAX_TEXT) return text;",
    replacement: "return text;",
  },
  {
    ...page,
    rule: "a list of the page is cut",
    file: "src/report/html/lists.ts",
    text: "items.slice(0, MAX_SHOWN)",
    replacement: "items",
  },
  {
    ...page,
    rule: "redaction reaches every text of the page",
    file: "src/report/html/check-html.ts",
    text: "clean: (text) => withoutPaths(text, paths)",
    replacement: "clean: (text) => text",
  },
  {
    rule: "a file that is not a report of ours is left as it is",
    file: "src/report/html/page.ts",
    text: "return new TextDecoder().decode(bytes.subarray(0, MARK.length)) === MARK;",
    replacement: "return bytes.length > 0;",
    test: "test/cli/check-html.test.ts",
  },
  {
    rule: "the report reads what no rule asks for",
    file: "src/cli/commands/check/run.ts",
    text: "const isComplete = page !== undefined ||",
    replacement: "const isComplete =",
    test: "test/cli/check-html.test.ts",
  },
  {
    rule: "a signature that is not verified is not called verified",
    file: "src/report/candidates/candidate-facts.ts",
    text: 'return { answer: "in part", why: "key, not verified" };',
    replacement: 'return { answer: "yes", why: "verified" };',
    test: "test/report/candidates.test.ts",
  },
  {
    rule: "a model with code is not said to run offline",
    file: "src/report/candidates/candidate-facts.ts",
    text: 'if (scan.risk.outcome === "data-only") return',
    replacement: "if (scan.risk.files.length > 0) return",
    test: "test/report/candidates.test.ts",
  },
  {
    rule: "a model that is not whole is not said to run offline",
    file: "src/report/candidates/candidate-facts.ts",
    text: "findings.some(({ reason }) => INCOMPLETE.has(reason))",
    replacement: "findings.length > 1e9",
    test: "test/report/candidates.test.ts",
  },
  {
    rule: "an adapter is not said to run without its base model",
    file: "src/report/candidates/candidate-facts.ts",
    text: 'findings.some(({ reason }) => reason === "config/adapter-base")',
    replacement: "findings.length > 1e9",
    test: "test/report/candidates.test.ts",
  },
  {
    rule: "a CI job opens no page",
    file: "src/api/open-page.ts",
    text: "isJob ? undefined :",
    replacement: "",
    test: "test/cli/demo.test.ts",
  },
  {
    rule: "the demo opens no page without a terminal",
    file: "src/cli/commands/demo/run.ts",
    text: "if (askSecret === undefined) return [];",
    replacement: "",
    test: "test/cli/demo.test.ts",
  },
  {
    rule: "a signature over files that are not here is not called verified",
    file: "src/report/model-axes.ts",
    text: "if (failed !== undefined || proof === undefined || isUnavailable(facts.signature) ||",
    replacement: "if (proof === undefined ||",
    test: "test/report/candidates.test.ts",
  },
];
