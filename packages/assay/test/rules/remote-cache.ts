import type { Rule } from "./rule.ts";

const cache = { file: "src/hashing/remote-cache.ts", test: "test/remote/cache.test.ts" };

/** Digests of files on servers that are remembered. */
export const rules: readonly Rule[] = [
  {
    ...cache,
    rule: "a model without a revision has no remembered digests",
    text: "if (model.revision === undefined) {",
    replacement: "if (false) {",
  },
  {
    ...cache,
    rule: "remembered digests are of the SHA-256 that is listed",
    text: "[kind, host, pinned, name, size, digest.hex]",
    replacement: "[kind, host, pinned, name, size]",
  },
  {
    ...cache,
    rule: "remembered digests are of one reference with its commit",
    text: "[kind, host, pinned, name,",
    replacement: "[kind, host, name,",
  },
  { ...cache, rule: "remembered digests are of one host", text: "[kind, host, pinned,", replacement: "[kind, pinned," },
  {
    ...cache,
    rule: "a damaged file of remembered digests is not read",
    text: 'if (!hash("sha256", bytes.subarray(0, end), "buffer").equals(bytes.subarray(end))) return;',
    replacement: "",
  },
];
