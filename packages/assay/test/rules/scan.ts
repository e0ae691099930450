import type { Rule } from "./rule.ts";

const GRADE = "test/risk/grade.test.ts";
const BOUNDS = "test/probe/load/finding-list.test.ts";
const SNIFF = "test/probe/load/sniff.test.ts";
const COMMAND = "test/cli/scan.test.ts";

/** What findings come to, which examiner a file gets, and what the command never passes over. */
export const rules: readonly Rule[] = [
  {
    rule: "code is worse than invalid, invalid than unknown, unknown than data only",
    file: "src/risk/load-outcome.ts",
    text: '["code", "invalid", "unknown", "data-only"]',
    replacement: '["data-only", "unknown", "invalid", "code"]',
    test: GRADE,
  },
  {
    rule: "a model of which nothing was examined is unknown",
    file: "src/risk/grade.ts",
    text: "files.some(({ isLoaded }) => isLoaded)",
    replacement: "files.length >= 0",
    test: GRADE,
  },
  {
    rule: "an allowed name does not make an invalid file valid",
    file: "src/risk/grade.ts",
    text: 'finding.name === undefined || outcome === "invalid"',
    replacement: "finding.name === undefined",
    test: GRADE,
  },
  {
    rule: "a finding in a file that no loader reads counts",
    file: "src/risk/grade.ts",
    text: 'isLoaded || outcome !== "data-only"',
    replacement: "isLoaded",
    test: GRADE,
  },
  {
    rule: "findings that are dropped hide no other reason",
    file: "src/probe/load/finding-list.ts",
    text: ">= MAX_FINDINGS && this.#seen.has(key)",
    replacement: ">= MAX_FINDINGS",
    test: BOUNDS,
  },
  {
    rule: "past the last bound a finding without a name replaces the rest",
    file: "src/probe/load/finding-list.ts",
    text: "this.#findings.push({ reason, member, what:",
    replacement: "void ({ reason, member, what:",
    test: BOUNDS,
  },
  {
    rule: "archives inside archives are examined up to a number",
    file: "src/probe/load/examine-file.ts",
    text: "if (this.members.length >= limit) {",
    replacement: "if (this.members.length >= 2 * limit) {",
    test: BOUNDS,
  },
  {
    rule: "content that only one format has decides under any name",
    file: "src/probe/load/sniff.ts",
    text: "    distinctive ??\n",
    replacement: "",
    test: SNIFF,
  },
  {
    rule: "content of another format than the name says is reported",
    file: "src/probe/load/sniff.ts",
    text: "isDisguised ? named[0]?.format : undefined",
    replacement: "undefined",
    test: SNIFF,
  },
  {
    rule: "a file of two formats is examined as both",
    file: "src/probe/load/sniff.ts",
    text: "isBoth ? [first, byEnd] : [first]",
    replacement: "[first]",
    test: SNIFF,
  },
  {
    rule: "a link that is not followed is a finding",
    file: "src/probe/load/not-examined.ts",
    text: "...unfollowedLinks.map(",
    replacement: "...unfollowedLinks.slice(0, 0).map(",
    test: COMMAND,
  },
  {
    rule: "what the caller leaves out is a finding",
    file: "src/probe/load/not-examined.ts",
    text: "...leftOut.map(",
    replacement: "...leftOut.slice(0, 0).map(",
    test: COMMAND,
  },
];
