import type { Rule } from "./rule.ts";

const named = { file: "src/roots/named.ts", test: "test/roots/named.test.ts" };
const cache = { file: "src/roots/trust-cache.ts", test: "test/roots/trust-cache.test.ts" };
const find = { file: "src/roots/find.ts", test: "test/roots/find.test.ts" };
const read = { file: "src/files/read-bounded.ts", test: "test/files/read-bounded.test.ts" };

/** Where a trusted root comes from, and files that a caller names. */
export const rules: readonly Rule[] = [
  {
    ...named,
    rule: "a trust configuration of another version is rejected",
    text: "if (mediaType !== TRUST_CONFIG) {",
    replacement: "if (false) {",
  },
  {
    ...cache,
    rule: "a cache folder that is a link is rejected",
    text: 'stats.isSymbolicLink() ? "is a symbolic link" : ',
    replacement: "",
  },
  {
    ...cache,
    rule: "a cache folder of another user is rejected",
    text: "if (stats.uid !== user) return",
    replacement: "if (false) return",
  },
  {
    ...cache,
    rule: "a cache that others can write to is rejected",
    text: '(stats.mode & WRITABLE_BY_OTHERS) === 0 ? undefined : "can be written to by others"',
    replacement: "undefined",
  },
  { ...cache, rule: "a cached file is a regular one within its bound", text: "!stats.isFile() || stats.size > LIMIT || ", replacement: "" },
  {
    ...cache,
    rule: "a cache without a date holds nothing current",
    text: "trustedRoot === undefined || Number.isNaN(date.getTime())",
    replacement: "trustedRoot === undefined",
  },
  { ...find, rule: "a refresh in the future is not fresh", text: "age >= 0 && age < maxAge", replacement: "age < maxAge" },
  { ...find, rule: "a root that was refreshed long ago is refreshed again", text: "age >= 0 && age < maxAge", replacement: "age >= 0" },
  {
    ...find,
    rule: "a cached root is not known to be current",
    text: '{ kind: "cached", name, date: cached.date, isCurrent: false',
    replacement: '{ kind: "cached", name, date: cached.date, isCurrent: true',
  },
  {
    ...find,
    rule: "a shipped root is not known to be current",
    text: '{ kind: "shipped", name, date: shipped.date, isCurrent: false',
    replacement: '{ kind: "shipped", name, date: shipped.date, isCurrent: true',
  },
  {
    ...find,
    rule: "a cached root counts only where it is newer than the shipped one",
    text: "cached !== undefined && (shipped === undefined || cached.date > shipped.date)",
    replacement: "cached !== undefined",
  },
  {
    ...find,
    rule: "a refresh that the caller stops is not answered with an older root",
    text: 'error.code === "ABORTED" || (error.code',
    replacement: "(error.code",
  },
  { ...read, rule: "a file over its limit is rejected", text: "if (stats.size > limit) throw", replacement: "if (false) throw" },
  { ...read, rule: "a device or FIFO is not read", text: "if (!stats.isFile()) throw", replacement: "if (false) throw" },
  {
    ...read,
    rule: "a FIFO is not waited for",
    text: "constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)",
    replacement: "constants.O_RDONLY",
  },
];
