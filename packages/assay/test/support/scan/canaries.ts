import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../models/on-disk.ts";

/**
 * Puts files into a model that would leave a mark in the folder `marks` if anything executed, imported, rendered or
 * followed them: Python, a module of JavaScript, a pickle, a template, a link to a file outside.
 */
export function plantCanaries(model: string, marks: string): void {
  const mark = (name: string): string => join(marks, name);
  writeFiles(model, {
    "canary.py": `open(${JSON.stringify(mark("python"))}, "w").close()\n`,
    "modeling_canary.py": `open(${JSON.stringify(mark("remote-code"))}, "w").close()\n`,
    "canary.mjs": `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(mark("module"))}, "");\n`,
    "canary.cjs": `require("node:fs").writeFileSync(${JSON.stringify(mark("script"))}, "");\n`,
    "canary.pkl": pickleCalling("builtins", "exec", `open(${JSON.stringify(mark("pickle"))}, "w").close()`),
    "canary.jinja": `{{ cycler.__init__.__globals__.os.system("touch ${mark("template")}") }}\n`,
  });
  const outside = join(marks, "..", "outside.txt");
  writeFileSync(outside, "not part of any model\n");
  symlinkSync(outside, join(model, "canary-link.txt"));
}

/** Protocol 0: the global, a mark, a string, a tuple, the call, the end. */
export function pickleCalling(module: string, name: string, argument: string): Uint8Array {
  return Buffer.from(`c${module}\n${name}\n(S'${argument}'\ntR.`);
}
