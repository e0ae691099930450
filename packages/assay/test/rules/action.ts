import type { Rule } from "./rule.ts";

const untrusted = { test: "../action/test/untrusted.test.ts" };

/** The GitHub Action: what a model or a workflow says stays text. */
export const rules: readonly Rule[] = [
  {
    ...untrusted,
    rule: "a title or place of an annotation ends none of its properties",
    file: "../action/src/workflow-commands.ts",
    text: '.replaceAll(":", "%3A").replaceAll(",", "%2C")',
    replacement: "",
  },
  {
    ...untrusted,
    rule: "a message of an annotation is one line",
    file: "../action/src/workflow-commands.ts",
    text: '.replaceAll("\\n", "%0A")',
    replacement: "",
  },
  {
    ...untrusted,
    rule: "the runner reads no command in what a model's report says",
    file: "../action/src/workflow-commands.ts",
    text: "return `::stop-commands::${token}\\n${text}",
    replacement: "return `${text}",
  },
  {
    ...untrusted,
    rule: "the command gets no options for its Node from the job",
    file: "../action/src/run-command.ts",
    text: "/^(?:INPUT_|NODE_|OPENSSL_)/i",
    replacement: "/^(?:INPUT_|OPENSSL_)/i",
  },
  {
    ...untrusted,
    rule: "the command gets no configuration of OpenSSL from the job, which could load code",
    file: "../action/src/run-command.ts",
    text: "/^(?:INPUT_|NODE_|OPENSSL_)/i",
    replacement: "/^(?:INPUT_|NODE_)/i",
  },
  {
    ...untrusted,
    rule: "the command trusts the servers that the runner trusts",
    file: "../action/src/run-command.ts",
    text: "OF_SERVERS.test(name) || ",
    replacement: "",
  },
  {
    ...untrusted,
    rule: "a folder that is missing is refused before anything is started in it",
    file: "../action/src/action.ts",
    text: "if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;",
    replacement: "return folder;",
  },
  {
    ...untrusted,
    rule: "results are kept outside of the workspace where RUNNER_TEMP is empty",
    file: "../action/src/runner-files.ts",
    text: 'environment["RUNNER_TEMP"] || tmpdir()',
    replacement: 'environment["RUNNER_TEMP"] ?? tmpdir()',
  },
  {
    ...untrusted,
    rule: "a model is never taken for an option",
    file: "../action/src/command-line.ts",
    text: '...given, "--", ...models',
    replacement: "...given, ...models",
  },
  {
    ...untrusted,
    rule: "an input is a value of its option, and of no other",
    file: "../action/src/inputs.ts",
    text: "return lines.map((line) => `--${name}=${line}`);",
    replacement: 'return lines.flatMap((line) => `--${name}=${line}`.split(" "));',
  },
  {
    ...untrusted,
    rule: "a switch that is neither true nor false is refused",
    file: "../action/src/inputs.ts",
    text: "throw new InputError(`the input ${name} is true or false, and not ${JSON.stringify(value)}`);",
    replacement: "return otherwise;",
  },
  {
    ...untrusted,
    rule: "an input that the command has no option for is refused",
    file: "../action/src/command-line.ts",
    text: "if (foreign !== undefined)",
    replacement: "if (foreign === command)",
  },
  {
    ...untrusted,
    rule: "a secret is never an input",
    file: "../action/src/offered.ts",
    text: "&& OPTION_TABLE[name].secret !== true",
    replacement: "",
  },
  {
    ...untrusted,
    rule: "an exit code of 0 without an answer that is a yes is not a yes",
    file: "../action/src/action.ts",
    text: "const outcome = exitCode === 0 && !isYes ? 3 : exitCode;",
    replacement: "const outcome = exitCode;",
  },
  {
    ...untrusted,
    rule: "an exit code of 0 without an answer is not a yes",
    file: "../action/src/action.ts",
    text: "return exitCode === 0 ? 3 : exitCode;",
    replacement: "return exitCode;",
  },
  {
    test: "../action/test/answer.test.ts",
    rule: "no digest is passed on of bytes that were not verified",
    file: "../action/src/answer.ts",
    text: 'if (result.outcome === "verified") add("digest", result.manifest?.manifestDigest);',
    replacement: 'add("digest", result.manifest?.manifestDigest);',
  },
];
