import type { Rule } from "./rule.ts";

const SAFETENSORS = "test/formats/safetensors.test.ts";
const GGUF = "test/formats/gguf.test.ts";
const READ_FILE = "test/formats/read-file.test.ts";

/** What a file says of itself is believed only where the file as a whole can be what it says. */
export const rules: readonly Rule[] = [
  {
    rule: "a safetensors tensor begins where the one before it ends",
    file: "src/formats/safetensors/header.ts",
    text: "if (start !== at) return",
    replacement: "if (false) return",
    test: SAFETENSORS,
  },
  {
    rule: "safetensors ranges are compared in the order of the file, not of the header",
    file: "src/formats/safetensors/header.ts",
    text: "ranges.sort((a, b) => a.start - b.start || a.end - b.end);",
    replacement: "",
    test: SAFETENSORS,
  },
  {
    rule: "the last safetensors tensor ends where the file ends",
    file: "src/formats/safetensors/header.ts",
    text: "return at === dataLength ? undefined :",
    replacement: "return at <= dataLength ? undefined :",
    test: SAFETENSORS,
  },
  {
    rule: "a safetensors range has as many bytes as type and shape say",
    file: "src/formats/safetensors/header.ts",
    text: "count * bits !== (end - start) * 8",
    replacement: "count * bits > (end - start) * 8 * 1e12",
    test: SAFETENSORS,
  },
  {
    rule: "a safetensors shape of more numbers than can be counted is refused",
    file: "src/formats/safetensors/header.ts",
    text: "if (count === undefined || start > end) return undefined;",
    replacement: "if (start > end || count === undefined) return { type, count: 1, start, end };",
    test: SAFETENSORS,
  },
  {
    rule: "a safetensors header begins with its object",
    file: "src/formats/safetensors/read-header.ts",
    text: "if (bytes[0] !== OPENING_BRACE) return",
    replacement: "if (bytes.length === 0) return",
    test: SAFETENSORS,
  },
  {
    rule: "a safetensors header has a bound, whatever the file's size",
    file: "src/formats/safetensors/read-header.ts",
    text: "if (length > MAX_HEADER_BYTES) return",
    replacement: "if (length < 0n) return",
    test: SAFETENSORS,
  },
  {
    rule: "a GGUF file that is not whole does not count for openness",
    file: "src/formats/gguf/gguf.ts",
    text: "if (fault !== undefined) return damaged(",
    replacement: "if (false) return damaged(",
    test: GGUF,
  },
  {
    rule: "openness reads a megabyte of a GGUF file",
    file: "src/formats/gguf/gguf.ts",
    text: "await readGguf(file, MAX_READ)",
    replacement: "await readGguf(file)",
    test: GGUF,
  },
  {
    rule: "an archive without its end is truncated",
    file: "src/formats/recognized.ts",
    text: "hasSignature(head, ZIP) && !(await hasZipEnd(file))",
    replacement: "false",
    test: READ_FILE,
  },
  {
    rule: "a file smaller than any model is a stub",
    file: "src/formats/recognized.ts",
    text: "if (file.size < MIN_BYTES) return",
    replacement: "if (file.size < 0) return",
    test: READ_FILE,
  },
  {
    rule: "content of another format than the name says does not count",
    file: "src/formats/read-file.ts",
    text: "return actual === undefined ? first.read(file, head) :",
    replacement: "return actual !== undefined ? actual.read(file, head) :",
    test: READ_FILE,
  },
];
