import type { Rule } from "./rule.ts";

const yaml = { file: "src/encoding/yaml.ts", test: "test/encoding/yaml.test.ts" };

/** The YAML of mof.yml and of front matter. */
export const rules: readonly Rule[] = [
  { ...yaml, rule: "YAML text is at most 1 MiB", text: "if (size > MAX_YAML_BYTES) throw", replacement: "if (false) throw" },
  { ...yaml, rule: "a second YAML document is rejected", text: "if (second !== undefined) throw", replacement: "if (false) throw" },
  { ...yaml, rule: "a YAML key is there once", text: "if (entries.has(text)) throw", replacement: "if (false) throw" },
  { ...yaml, rule: "a merge key is rejected", text: 'if (text === "<<") throw', replacement: "if (false) throw" },
  {
    ...yaml,
    rule: "an alias refers to what is before it",
    text: "if (target === undefined) throw",
    replacement: 'if (target === undefined) return { kind: "null", place };\n    if (false) throw',
  },
  { ...yaml, rule: "aliases count as often as they are used", text: "if (this.#nodes > MAX_NODES) {", replacement: "if (false) {" },
  {
    ...yaml,
    rule: "a YAML key is not a list or mapping",
    text: 'if (name.kind === "map" || name.kind === "list") throw',
    replacement: 'if (name.kind === "map" || name.kind === "list") continue;\n      if (false) throw',
  },
  {
    ...yaml,
    rule: "a number of YAML is read as it is written",
    text: 'typeof value === "string" ? value : (source ?? JSON.stringify(value))',
    replacement: "String(value)",
  },
];
