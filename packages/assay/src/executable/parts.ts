import { Script } from "node:vm";
import { assetText } from "./assets.ts";

type Part = (modules: unknown) => Record<string, () => unknown>;

/**
 * Loads a part of the command that is not in the snapshot: compiled when it is asked for, of code inside of the executable.
 * Its `require` is that of the snapshot, which knows Node's own modules and nothing else.
 */
export function loadPart(name: string, requireBuiltin: (id: string) => unknown): Part {
  const filename = `assay/${name}.js`;
  const run: unknown = new Script(`(function (exports, require, module) {${assetText(filename)}\n})`, { filename }).runInThisContext();
  const part: { exports: unknown } = { exports: {} };
  if (typeof run === "function") run(part.exports, requireBuiltin, part);
  if (!isPart(part.exports)) throw new TypeError(`${filename} is not a part of the command`);
  return part.exports;
}

function isPart(value: unknown): value is Part {
  return typeof value === "function";
}
