import type { Rule } from "./rule.ts";

const look = { file: "src/model/second-look.ts", test: "test/model/second-look.test.ts" };
const uncertain = { file: "src/model/uncertain.ts", test: "test/model/second-look.test.ts" };
const whole = { test: "test/second-look.test.ts" };

/** What may change while a model is read, and is then no "verified". */
export const rules: readonly Rule[] = [
  {
    ...look,
    rule: "a file of another size is changed",
    text: "now.size === BigInt(before.size) && ",
    replacement: "",
  },
  { ...look, rule: "a file with another change time is changed", text: " && now.ctimeNs === before.ctimeNs", replacement: "" },
  {
    ...look,
    rule: "a file with another modification time is changed",
    text: " && now.mtimeNs === before.mtimeNs",
    replacement: "",
  },
  {
    ...look,
    rule: "another file in its place is a change",
    text: 'if (now.dev !== before.device || now.ino !== before.inode) return "was replaced";',
    replacement: "",
  },
  {
    ...look,
    rule: "a removed file is a change",
    text: 'if (now === undefined) return "was removed";',
    replacement: "if (now === undefined) return undefined;",
  },
  {
    ...look,
    rule: "a file where none was is a change",
    text: 'return now === undefined ? undefined : "was added";',
    replacement: "return undefined;",
    ...whole,
  },
  { ...look, rule: "a link with another text is a change", text: "linkText(path) === text && ", replacement: "" },
  { ...look, rule: "a link to another target is a change", text: "&& realpathSync.native(path) === target ", replacement: "" },
  {
    ...look,
    rule: "a folder that is another one is a change",
    text: "return now.dev === device && now.ino === inode ? undefined : ",
    replacement: "return now.dev >= 0n ? undefined : ",
  },
  {
    ...look,
    rule: "a name that is added to a folder is a change",
    text: "if (!old.has(name)) changes.push",
    replacement: 'if (name === "") changes.push',
  },
  {
    ...look,
    rule: "a name that is not UTF-8 is a change where it is added",
    text: "  compare(folder.undecodable.map(latin1), now.undecodable.map(latin1), (name)",
    replacement: "  compare([], [], (name)",
  },
  {
    ...look,
    rule: "what is excluded is no change",
    text: "return changes.filter(({ name }) => !rules.has(name));",
    replacement: "return changes;",
  },
  {
    ...uncertain,
    rule: "a changed file is no difference",
    text: "this.#changes.length === 0 ? items : ",
    replacement: "this.#changes.length >= 0 ? items : ",
  },
  {
    ...uncertain,
    rule: "a change without a difference is incomplete",
    text: "if (this.#changes.length > 0) throw modelChanged(this.#changes);",
    replacement: "",
  },
  {
    file: "src/model/compare.ts",
    rule: "a file that changes before it is hashed hides no difference of another",
    text: '"keep failures");\n}\n\n/** Extra files',
    replacement: '"stop at failures");\n}\n\n/** Extra files',
    test: look.test,
  },
  {
    file: "src/sign.ts",
    rule: "a model that changes while it is signed is not signed",
    text: "  await checkUnchanged(walked, new Turns(signal));\n",
    replacement: "",
    ...whole,
  },
  {
    file: "src/digest.ts",
    rule: "a model that changes while it is hashed has no digest",
    text: "  await checkUnchanged(walked, new Turns(options.signal));\n",
    replacement: "",
    ...whole,
  },
  {
    file: "src/diff.ts",
    rule: "models that change while they are compared are not the same",
    text: "if (walked !== undefined) await checkUnchanged(",
    replacement: "if (walked === sideA) await checkUnchanged(",
    ...whole,
  },
  {
    file: "src/verify.ts",
    rule: "a signature that is replaced after it was read is a change",
    text: "  seen.signature(path);\n",
    replacement: "",
    ...whole,
  },
  {
    file: "src/assess-openness.ts",
    rule: "a folder that changes after it was inspected has no answer",
    text: "  await checkInspection(inspection, options.signal, written);\n  const {",
    replacement: "  const {",
    ...whole,
  },
  {
    file: "src/model/settle.ts",
    rule: "files that changed within a tick of the clock are waited for",
    text: "if (until > now) await",
    replacement: "if (until > now * 2) await",
    test: "test/model/settle.test.ts",
  },
  {
    file: "src/model/settle.ts",
    rule: "a file system that is not known to keep fine times is waited for longer",
    text: "FINE_FILE_SYSTEMS.has(statfsSync(path).type) ? FINE_MS : COARSE_MS",
    replacement: "FINE_MS",
    test: "test/model/settle.test.ts",
  },
  {
    file: "src/model/hash-piece.ts",
    rule: "a file that is opened must be the one that the walk saw",
    text: "this.#check(piece.file, path, this.#access.stat(descriptor));\n",
    replacement: "this.#access.stat(descriptor);\n",
    test: "test/model/hash.test.ts",
  },
];
