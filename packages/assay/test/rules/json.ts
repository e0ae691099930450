import type { Rule } from "./rule.ts";

const json = { file: "src/encoding/json.ts", test: "test/encoding/json.test.ts" };
const scan = { file: "src/encoding/json-scan.ts", test: "test/encoding/json.test.ts" };
const string = { file: "src/encoding/json-string.ts", test: "test/encoding/json.test.ts" };
const tape = { file: "src/encoding/json-tape.ts", test: "test/encoding/json.test.ts" };

/** The strict JSON of bundles, payloads, trusted roots and servers' answers. */
export const rules: readonly Rule[] = [
  {
    ...scan,
    rule: "a byte order mark is rejected",
    text: 'if (a === 0xef && b === 0xbb && c === 0xbf) this.#refuse("JSON_ENCODING"',
    replacement: 'if (a === 0xef && b === 0xbb && c === 0xbf) this.#refuse("JSON_SYNTAX"',
  },
  {
    ...scan,
    rule: "UTF-16 and UTF-32 are rejected for their encoding",
    text: "if (marked || a === 0 || b === 0)",
    replacement: "if (false)",
  },
  {
    ...scan,
    rule: "data after the value is rejected",
    text: "if (this.#next() !== -1) this.#refuse",
    replacement: "if (false) this.#refuse",
  },
  {
    ...scan,
    rule: "only the four white space characters of JSON are skipped",
    text: "byte !== 0x20 && byte !== 0x0a",
    replacement: "byte !== 0x0c && byte !== 0x0b && byte !== 0x20 && byte !== 0x0a",
  },
  {
    ...scan,
    rule: "nesting over the limit is rejected",
    text: "if (depth > this.#limits.maxDepth) {",
    replacement: "if (depth > 2 * this.#limits.maxDepth) {",
  },
  {
    ...scan,
    rule: "the depth grows with each object",
    text: "this.#at++;\n        this.#value(depth + 1);\n        byte",
    replacement: "this.#at++;\n        this.#value(depth);\n        byte",
  },
  {
    ...scan,
    rule: "the depth grows with each array",
    text: "for (;;) {\n        this.#value(depth + 1);",
    replacement: "for (;;) {\n        this.#value(depth);",
  },
  {
    ...scan,
    rule: "a key written twice is rejected",
    text: "if (this.#tape.sameBytes(keys[earlier] ?? 0, key)) this",
    replacement: "if (false) this",
  },
  {
    ...scan,
    rule: "a key written twice in a large object, or with escapes, is rejected",
    text: "if (seen.size === seen.add(this.#tape.text(key)).size)",
    replacement: "if (false)",
  },
  {
    ...scan,
    rule: "keys are compared after their escapes are resolved",
    text: "if (count > 16 || !this.#arePlain(firstKey)) {",
    replacement: "if (count > 16) {",
  },
  {
    ...scan,
    rule: "an object with over 100,000 members is rejected",
    text: "if (count > MAX_MEMBERS)",
    replacement: "if (count > 10 * MAX_MEMBERS)",
  },
  {
    ...scan,
    rule: "a number has a digit before and after its point",
    text: 'if (this.#at === start) this.#unexpected("a digit");',
    replacement: "",
  },
  {
    ...scan,
    rule: "a number has no leading zero",
    text: "if (this.#bytes[this.#at] === 0x30) this.#at++;\n    else this.#digits();",
    replacement: "this.#digits();",
  },
  {
    ...scan,
    rule: "a literal is written out",
    text: 'if (this.#bytes[start + index] !== word.charCodeAt(index)) this.#unexpected("a value");',
    replacement: "",
  },
  {
    ...scan,
    rule: "a trailing comma in an object is rejected",
    text: `if (byte !== 0x22) this.#unexpected("a key in quotation marks");`,
    replacement: `if (byte === 0x7d) break;\n        if (byte !== 0x22) this.#unexpected("a key in quotation marks");`,
  },
  { ...scan, rule: "members are separated by a comma", text: `if (byte !== 0x2c) this.#unexpected('"," or "}"');`, replacement: "" },
  { ...scan, rule: "elements are separated by a comma", text: `if (byte !== 0x2c) this.#unexpected('"," or "]"');`, replacement: "" },
  {
    ...scan,
    rule: "a colon is between key and value",
    text: `if (this.#next() !== 0x3a) this.#unexpected('":"');`,
    replacement: "this.#next();",
  },
  {
    ...string,
    rule: "a string that is not closed is rejected as such",
    text: 'return refuse("JSON_SYNTAX", start - 1, "a string is not closed',
    replacement: 'return refuse("JSON_ENCODING", start - 1, "a string is not closed',
  },
  { ...string, rule: "a control character in a string is rejected", text: "if (byte < 0x20) refuse", replacement: "if (false) refuse" },
  {
    ...string,
    rule: "bytes of a string that are not UTF-8 are rejected",
    text: "if (foreign && !isUtf8(bytes, start, at))",
    replacement: "if (false)",
  },
  { ...string, rule: "an escape that does not exist is rejected", text: `'"\\\\/bfnrt'.includes`, replacement: `'"\\\\/bfnrtv'.includes` },
  {
    ...string,
    rule: "a lone surrogate is rejected",
    text: "if (other < 0xdc00 || other > 0xdfff) refuse",
    replacement: "if (false) refuse",
  },
  {
    ...string,
    rule: "a low surrogate before a high one is rejected",
    text: "const followed = unit <= 0xdbff &&",
    replacement: "const followed = unit <= 0xdfff &&",
  },
  {
    ...string,
    rule: "a unicode escape has four hexadecimal digits",
    text: "lower >= 0x61 && lower <= 0x66",
    replacement: "lower >= 0x61 && lower <= 0x7a",
  },
  { ...tape, rule: "the number of values is bounded", text: "if (place >= this.#maxValues) return -1;", replacement: "" },
  {
    ...json,
    rule: "a key __proto__ is an ordinary key",
    text: "Object.defineProperty(object, key, {",
    replacement: 'Object.defineProperty(object, key === "__proto__" ? "proto" : key, {',
  },
  { ...json, rule: "a value of the wrong type is rejected", text: "if (found === kind) return;", replacement: "return;" },
  {
    ...json,
    rule: "a missing member is rejected",
    text: 'return this.get(key) ?? this.fail(`"${this.path === "" ? key : `${this.path}.${key}`}" is missing`);',
    replacement: "return this.get(key) ?? this;",
  },
  { ...json, rule: "a column has a value for each row", text: "if (columns[index]?.length !== row)", replacement: "if (false)" },
  { ...json, rule: "a column holds strings", text: "if (kind !== KIND.plain && kind !== KIND.text)", replacement: "if (false)" },
];
