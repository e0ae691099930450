import type { Rule } from "./rule.ts";

const questions = "test/remote/questions.test.ts";
const diff = "test/remote/diff.test.ts";
const save = { file: "src/files/partial-folder.ts", test: "test/remote/save.test.ts" };

/** What holds where a question is asked of a model on a server. */
export const rules: readonly Rule[] = [
  {
    file: "src/source/remote/consistent-reads.ts",
    rule: "a part of a file that a server gives differently by itself and in the whole file is found",
    text: "if (other === undefined) return;",
    replacement: "return undefined;",
    test: questions,
  },
  {
    file: "src/api/check.ts",
    rule: "what is read of a model on a server is read before the files are hashed, so that both are compared",
    text: "if (model.source !== undefined) await read;",
    replacement: "",
    test: questions,
  },
  {
    file: "src/api/remote/on-server.ts",
    rule: "a question ends with the failure of a read of a server, whatever passes over it",
    text: "      if (failure !== undefined) throw failure;\n      return work.changes(...asked);",
    replacement: "      return work.changes(...asked);",
    test: questions,
  },
  {
    file: "src/api/remote/on-server.ts",
    rule: "a path of this machine is not signed as one that a model on a server leaves out",
    text: "model.files.some((file) => file.name === signature) ? signature : undefined",
    replacement: "signature",
    test: questions,
  },
  {
    file: "src/api/diff.ts",
    rule: "two models are not the same by the word of a server that the caller did not choose to believe",
    text: "same: same && isAnswered && ",
    replacement: "same: same && ",
    test: diff,
  },
  {
    file: "src/api/diff-attested.ts",
    rule: "the listing of one server says nothing of a model at another",
    text: "a.kind === b.kind && a.host === b.host",
    replacement: "a.kind === b.kind",
    test: diff,
  },
  {
    ...save,
    rule: "what is kept of another version is not continued",
    text: "found?.pinned === content.pinned && found.host === content.host",
    replacement: "found?.host === content.host",
  },
  {
    ...save,
    rule: "a link in what is kept is not followed",
    text: "else if (!stats.isDirectory()) throw",
    replacement: "else if (false) throw",
  },
  {
    ...save,
    rule: "what is kept and not signed is not saved",
    text: "if (!names.has(name)) rmSync(",
    replacement: "if (false) rmSync(",
  },
  {
    file: "src/api/remote/verify-and-save.ts",
    test: save.test,
    rule: "what an earlier run left is fetched anew where it is not what was signed",
    text: "if (forgetDoubtful(folder, answer.verification)) answer",
    replacement: "if (false) answer",
  },
  {
    file: "src/api/remote/verify-and-save.ts",
    test: save.test,
    rule: "nothing is saved of a model that is not what was signed",
    text: 'if (verification.outcome === "failed") {\n    folder.discard();',
    replacement: 'if (verification.outcome === "failed") {',
  },
];
