import type { Rule } from "./rule.ts";

const launcher = { file: "../../scripts/launcher.cjs", test: "test/cli/launcher-code.test.ts" };
const executable = { file: "../../scripts/executable/only-its-own-code.ts", test: "test/cli/executable-start.test.ts" };

/** What runs when the command starts: its own code, and none that the environment or a file beside it brings. */
export const rules: readonly Rule[] = [
  {
    ...launcher,
    rule: "the launcher runs no compiled code that the build did not leave",
    text: "return digestOf(source, code) === expected ? code : undefined;",
    replacement: "return code;",
  },
  {
    ...launcher,
    rule: "compiled code is bound to its source",
    text: ".update(source).update(code)",
    replacement: ".update(code)",
  },
  {
    ...executable,
    rule: "the executable reads no options of Node from its environment",
    text: 'execArgvExtension: "none"',
    replacement: 'execArgvExtension: "env"',
  },
  {
    ...executable,
    rule: "the executable loads no library that OPENSSL_CONF names",
    text: '`--openssl-config=${process.platform === "win32" ? "NUL" : "/dev/null"}`,',
    replacement: "",
  },
  {
    ...executable,
    rule: "the executable opens no debugger on a signal",
    text: '["--disable-sigusr1"]',
    replacement: "[]",
  },
  {
    file: "src/files/home-folder.ts",
    test: "test/files/home-folder.test.ts",
    rule: "a user without a home has no folder of accounts, and no error",
    text: "    return undefined;",
    replacement: '    throw new Error("no home");',
  },
  {
    file: "src/network/agents.ts",
    test: "test/network/checked-certificates.test.ts",
    rule: "no variable turns off the check of a server's certificate",
    text: "rejectUnauthorized: true",
    replacement: "",
  },
  {
    file: "src/network/direct/connection.ts",
    test: "test/network/checked-certificates.test.ts",
    rule: "no variable turns off the check of a certificate where bytes are streamed",
    text: "rejectUnauthorized: true, ",
    replacement: "",
  },
  {
    file: "../page/build/page-server.ts",
    test: "../page/test/page-server.test.ts",
    rule: "the server of the page answers to names of this machine only",
    text: 'if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? ""))',
    replacement: "if (port === 0)",
  },
  {
    file: "../page/build/page-server.ts",
    test: "../page/test/page-server.test.ts",
    rule: "the server of the page has one path",
    text: 'request.url !== "/"',
    replacement: 'request.url === ""',
  },
  {
    file: "src/cli/commands/completion/bash.ts",
    test: "test/cli/completion.test.ts",
    rule: "a file's name that bash completes runs no command",
    text: 'COMPREPLY+=("$(printf %q "$path")")',
    replacement: 'COMPREPLY+=("$path")',
  },
];
