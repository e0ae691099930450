import type { Rule } from "./rule.ts";

const escape = { file: "src/core/visible-text.ts", test: "test/cli/escape.test.ts" };
const error = { file: "src/core/error.ts", test: "test/core/error.test.ts" };
const words = { test: "test/cli/verify-words.test.ts" };
const near = { file: "src/cli/command-line/absent-paths.ts", test: "test/cli/near-misses.test.ts" };

/** What people read: refusals, advice, near misses, and what reaches a terminal. */
export const rules: readonly Rule[] = [
  {
    file: "src/cli/command-line/arguments.ts",
    test: "test/cli/completion.test.ts",
    rule: "an argument that is not one of its choices is refused",
    text: "|| choices.includes(value)) continue;",
    replacement: '|| choices.includes(value) || value !== "") continue;',
  },
  {
    file: "src/bundle/parse.ts",
    test: "test/bundle/not-a-bundle.test.ts",
    rule: "a recognized file in the place of a signature is named without a place in JSON",
    text: "`not a signature but ${KNOWN_FORMATS[kind]}`",
    replacement: "`not a signature but ${KNOWN_FORMATS[kind]}: ${cause.message}`",
  },
  {
    ...escape,
    rule: "what is not a letter, mark, number, punctuation, symbol or plain space is escaped",
    text: "/[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]|",
    replacement: "/[\\p{Cc}\\p{Cf}]|",
  },
  { ...escape, rule: "default-ignorable code points are escaped", text: "\\p{Default_Ignorable_Code_Point}|", replacement: "" },
  { ...escape, rule: "blanks that Unicode calls a symbol or mark are escaped", text: "[\\u2800\\u{1d159}", replacement: "[\\u{1d159}" },
  { ...escape, rule: "a mark without a letter under it is escaped", text: "|(?<![\\p{L}\\p{M}\\p{N}])\\p{M}", replacement: "" },
  { ...escape, rule: "marks beyond the eighth are escaped", text: "|(?<=\\p{M}{8})\\p{M}", replacement: "" },
  {
    ...error,
    rule: "details are read of an error of their own code only",
    text: "error.code === code ? (error.details",
    replacement: "true ? (error.details",
  },
  {
    ...error,
    rule: "what is wrong with the caller's input is a wrong question",
    text: 'error.message, error.cause, "usage") : error',
    replacement: "error.message, error.cause) : error",
  },
  {
    ...error,
    rule: "what is public by now is kept in the details of stopped work",
    text: "aftermath: stop.aftermath + more",
    replacement: "aftermath: stop.aftermath",
  },
  {
    ...words,
    rule: "a mismatch without differences prints its message",
    file: "src/cli/commands/verify/report.ts",
    text: "return verification.differences.length > 0 ?",
    replacement: 'return verification.error.code === "MODEL_MISMATCH" ?',
  },
  {
    ...words,
    rule: "another key is named in the first line",
    file: "src/cli/commands/verify/report.ts",
    text: 'if (method !== "key" || publicKey === undefined) return error.message;',
    replacement: "return error.message;",
  },
  {
    ...words,
    rule: "who downloaded a model is told not to use changed files first",
    file: "src/cli/commands/verify/advice.ts",
    text: '"Do not use these files: fetch',
    replacement: '"Sign these files, or fetch',
  },
  {
    ...words,
    rule: "a question of the wrong method does not call the model bad",
    file: "src/cli/commands/verify/advice.ts",
    text: 'new Set(["METHOD_MISMATCH", "MODEL_MISMATCH"])',
    replacement: "new Set([])",
  },
  {
    ...words,
    rule: "names that look alike are told apart by their Unicode form",
    file: "src/cli/text/differences.ts",
    text: 'if (name.normalize("NFC") === newName.normalize("NFC")) {',
    replacement: "if (name === newName) {",
  },
  {
    ...near,
    rule: "an address or a name on a hub is told to be downloaded first",
    text: "if (scheme === undefined && hubName === undefined) continue;",
    replacement: "if (scheme === undefined || hubName !== undefined) continue;",
  },
  {
    rule: "help in the place of a model is help only where no such model exists",
    file: "src/cli/run.ts",
    text: "!existsSync(resolve(host.cwd, path))",
    replacement: 'path !== ""',
    test: "test/cli/near-misses.test.ts",
  },
  {
    rule: "options that exclude each other are refused",
    file: "src/cli/command-line/arguments.ts",
    text: "checkConflicts(tokens.values, spec);",
    replacement: "",
    test: "test/cli/openness-list.test.ts",
  },
  {
    rule: "a number with a unit is answered with the number",
    file: "src/cli/command-line/values.ts",
    text: "const meant = withUnit(text);",
    replacement: "const meant = undefined as number | undefined;",
    test: "test/cli/near-misses.test.ts",
  },
  {
    rule: "a secret is not repeated in a command that is suggested",
    file: "src/cli/command-line/near-misses.ts",
    text: "OPTION_TABLE[name].secret === true ? []",
    replacement: "false ? []",
    test: "test/cli/arguments.test.ts",
  },
  {
    rule: "a file in the place of a signature is named by its kind",
    file: "src/bundle/parse.ts",
    text: "throw foreignFile(error, error.code, bytes) ?? error;",
    replacement: "throw error;",
    test: "test/bundle/not-a-bundle.test.ts",
  },
  {
    rule: "a full disk behind standard output is not reported as a bug",
    file: "src/cli/host/host.ts",
    text: 'throw new AssayError("OUTPUT_WRITE", `cannot write to standard output: ${why}`, { cause });',
    replacement: "throw cause;",
    test: "test/cli/streams.test.ts",
  },
];
