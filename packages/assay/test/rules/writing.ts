import type { Rule } from "./rule.ts";

const target = { file: "src/files/output-target.ts", test: "test/files/output-target.test.ts" };
const write = { file: "src/files/write-atomically.ts", test: "test/files/write-atomically.test.ts" };

/** What a command may write over, and what a killed run leaves. */
export const rules: readonly Rule[] = [
  {
    file: "src/files/make-folder.ts",
    test: "test/files/make-folder.test.ts",
    rule: "an existing folder is accepted where one is made, and anything else is rejected",
    text: "?.isDirectory() !== true) throw error;",
    replacement: " === undefined) throw error;",
  },
  { ...target, rule: "only a regular file is replaced", text: "if (!existing.isFile()) {", replacement: "if (existing.isDirectory()) {" },
  {
    ...target,
    rule: "a file of another kind is replaced only by force",
    text: "if (isSameKind || rule.force)",
    replacement: "if (isSameKind || rule.force || rule.maxBytes !== undefined)",
  },
  {
    ...target,
    rule: "the whole file decides of which kind it is",
    text: "if (isSameKind === undefined || size > maxBytes) return false;",
    replacement: "if (isSameKind === undefined) return false; if (size > maxBytes) return true;",
  },
  {
    ...target,
    rule: "a place is looked at again before the file is put there",
    text: "return isSame(target.existing, now) ? target : openTarget(target.path, target.rule);",
    replacement: "return now === undefined ? openTarget(target.path, target.rule) : target;",
  },
  { ...write, rule: "the rule for the place is asked again before the rename", text: "lookAgain(target).path", replacement: "target.path" },
  {
    ...write,
    rule: "a file that is replaced keeps its mode",
    text: "fchmodSync(file, Number(existing.mode) & 0o777);",
    replacement: "fchmodSync(file, 0o644);",
  },
  {
    file: "src/files/temporary-name.ts",
    test: "test/files/write-atomically.test.ts",
    rule: "the name of a temporary file is as short as file systems want it, in bytes",
    text: "Buffer.byteLength(short + character)",
    replacement: "(short + character).length",
  },
  {
    file: "src/source/signable.ts",
    test: "test/source/half-written.test.ts",
    rule: "a half-written file is not signed",
    text: "return isTemporaryName(entry) && (path === undefined || basename(path) === entry);",
    replacement: "return false;",
  },
  {
    file: "src/source/comparable.ts",
    test: "test/source/half-written.test.ts",
    rule: "when verifying, a half-written file counts as any other",
    text: "return inventory;",
    replacement: 'return { ...inventory, files: inventory.files.filter(({ name }) => !name.endsWith(".tmp")) };',
  },
];
