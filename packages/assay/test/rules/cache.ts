import type { Rule } from "./rule.ts";

const binding = { file: "src/hashing/cache-binding.ts", test: "test/hashing/cache-binding.test.ts" };
const mounts = { file: "src/hashing/mounts.ts", test: "test/hashing/cache-binding.test.ts" };
const cache = { file: "src/hashing/digest-cache.ts", test: "test/hashing/cache.test.ts" };

/** When stat numbers may replace content. */
export const rules: readonly Rule[] = [
  {
    ...binding,
    rule: "file systems that are not understood are refused",
    text: "if (!UNDERSTOOD.has(fileSystem)) throw",
    replacement: "if (UNDERSTOOD.size === 0) throw",
  },
  { ...binding, rule: "a read-only mount is refused", text: "if (isReadOnly) throw", replacement: 'if (isReadOnly && point === "") throw' },
  {
    ...binding,
    rule: "a device that is not a disk of this machine is refused",
    text: "if (!this.#isLocalDisk(source)) throw",
    replacement: 'if (source === "") throw',
  },
  {
    ...binding,
    rule: "an entry is bound to its mount",
    text: 'hash("sha256", mount.line, "buffer")',
    replacement: 'hash("sha256", mount.fileSystem, "buffer")',
  },
  {
    ...binding,
    rule: "a file is kept after twice the write-back time",
    text: "BigInt(system.writebackMs) * 2_000_000n",
    replacement: "2_000_000_000n",
  },
  { ...mounts, rule: "a disk made of others is one only if all of them are", text: "slaves.every(", replacement: "slaves.some(" },
  { ...mounts, rule: "a virtual device without disks below it is not a disk", text: "slaves.length > 0 && ", replacement: "" },
  {
    ...mounts,
    rule: "of two mounts at one place the later one counts",
    text: "mount.point.length >= (",
    replacement: "mount.point.length > (",
  },
  {
    ...cache,
    rule: "an entry is bound to the start of the system",
    text: " ${binding.bootId}\\n`",
    replacement: "\\n`",
    test: "test/hashing/cache-binding.test.ts",
  },
  {
    ...cache,
    rule: "an entry counts for the same size and times only",
    text: "if (key.compare(this.#bytes, place + ID_BYTES, place + KEY_BYTES, ID_BYTES, KEY_BYTES) !== 0) return undefined;",
    replacement: "",
  },
  {
    ...cache,
    rule: "a damaged cache is not used",
    text: "return checksum(bytes.subarray(0, end)).equals(bytes.subarray(end));",
    replacement: "return true;",
  },
];
