import { hasExtension } from "../../../formats/format.ts";
import { hasSignature } from "../../../formats/first-bytes.ts";
import type { ReasonId } from "../../../risk/reasons.ts";
import type { Examiner } from "../examiner.ts";

/** Bytes that a processor or an interpreter runs. */
function program(
  format: string,
  reason: ReasonId,
  what: string,
  extensions: readonly string[],
  begins: Examiner["begins"],
  isDistinctive = true,
): Examiner {
  return {
    format,
    isNamed: hasExtension(...extensions),
    begins,
    isDistinctive,
    async examine({ head, file, report }) {
      if (begins(head, file.size)) report(reason, what);
      else report("file/malformed", `does not begin as ${format}`);
    },
  };
}

const MACH_O = ["\u00fe\u00ed\u00fa\u00ce", "\u00fe\u00ed\u00fa\u00cf", "\u00ce\u00fa\u00ed\u00fe", "\u00cf\u00fa\u00ed\u00fe"];
const FAT_OR_CLASS = "\u00ca\u00fe\u00ba\u00be";
/** The versions of Java classes begin here; no universal binary holds so many architectures. */
const FIRST_CLASS_VERSION = 45;

function isUniversal(head: Uint8Array): boolean {
  const count = ((head[4] ?? 0) << 24) | ((head[5] ?? 0) << 16) | ((head[6] ?? 0) << 8) | (head[7] ?? 0);
  return hasSignature(head, FAT_OR_CLASS) && count > 0 && count < FIRST_CLASS_VERSION;
}

function isPortable(head: Uint8Array): boolean {
  if (!hasSignature(head, "MZ") || head.length < 64) return false;
  const at = (head[60] ?? 0) | ((head[61] ?? 0) << 8) | ((head[62] ?? 0) << 16);
  return at + 4 > head.length || hasSignature(head, "PE\0\0", at) || hasSignature(head, "NE", at) || hasSignature(head, "LE", at);
}

const LIBRARY = "is a program or library: it is machine code, and code that loads it runs it";

export const PROGRAM_EXAMINERS: readonly Examiner[] = [
  program("ELF program", "program/machine-code", LIBRARY, ["so", "o", "elf", "ko"], (head) => hasSignature(head, "\u007fELF")),
  program("Windows program", "program/machine-code", LIBRARY, ["exe", "dll", "pyd", "sys", "scr"], isPortable),
  program(
    "macOS program",
    "program/machine-code",
    LIBRARY,
    ["dylib", "bundle"],
    (head) => MACH_O.some((magic) => hasSignature(head, magic)) || isUniversal(head),
  ),
  program("WebAssembly", "program/machine-code", "is a WebAssembly module: it is code", ["wasm"], (head) => hasSignature(head, "\0asm")),
  program(
    "Java class",
    "program/byte-code",
    "is a Java class: it is code",
    ["class"],
    (head) => hasSignature(head, FAT_OR_CLASS) && !isUniversal(head),
  ),
  program(
    "Java archive",
    "program/byte-code",
    "is an archive of Java classes: it is code",
    ["jar", "war", "apk", "aar"],
    (head) => hasSignature(head, "PK\u0003\u0004"),
    false,
  ),
  program("Android byte code", "program/byte-code", "is Android byte code", ["dex"], (head) => hasSignature(head, "dex\n0")),
  program("LLVM bit code", "program/machine-code", "is LLVM bit code: it is code", ["bc"], (head) => hasSignature(head, "BC\u00c0\u00de")),
  // Python's magic number: two bytes that change with each version, then a line end.
  program(
    "Python byte code",
    "program/byte-code",
    "is compiled Python: it is code",
    ["pyc", "pyo"],
    (head) => hasSignature(head, "\r\n", 2),
    false,
  ),
];

/** A file that a shell or another interpreter runs: by its name, or by its first line. */
export const SCRIPT_EXAMINER: Examiner = {
  format: "script",
  isNamed: hasExtension("sh", "bash", "zsh", "bat", "cmd", "ps1", "vbs", "js", "mjs", "rb", "pl", "lua", "r"),
  begins: (head) => hasSignature(head, "#!"),
  isDistinctive: false,
  async examine({ report }) {
    report("program/script", "is a script: no loader runs it by itself, instructions may ask people to");
  },
};
