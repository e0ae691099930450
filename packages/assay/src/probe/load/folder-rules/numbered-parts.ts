import type { FolderRule } from "../folder-rule.ts";

const PART = /^(.*-)(\d{5})(-of-)(\d{5})(\.(?:gguf|safetensors|bin|pt|pth|h5|msgpack))$/;
/** Parts that are looked for: a model of a terabyte has a few hundred. */
const MAX_PARTS = 10_000;
const MAX_NAMED = 20;

/** Weights whose names count them, `model-00001-of-00003.gguf`, are all there. */
export const NUMBERED_PARTS: FolderRule = {
  name: "the numbered parts of weights",
  async examine({ names, report }) {
    const known = new Set(names);
    const seen = new Set<string>();
    for (const name of names) {
      const [, start = "", , of = "", count = "", end = ""] = PART.exec(name) ?? [];
      const set = start + of + count + end;
      // A file by itself is asked about by itself.
      if (count === "" || names.length === 1 || seen.size === seen.add(set).size) continue;
      const missing: string[] = [];
      for (let number = 1; number <= Math.min(Number(count), MAX_PARTS) && missing.length < MAX_NAMED; number++) {
        const part = `${start}${String(number).padStart(5, "0")}${of}${count}${end}`;
        if (!known.has(part)) missing.push(part);
      }
      if (missing.length > 0)
        report(name, "folder/missing-part", `is one of ${Number(count)} parts, of which these are missing: ${missing.join(", ")}`);
    }
  },
};
