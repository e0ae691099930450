import type { Rule } from "./rule.ts";

const names = { file: "src/statement/names.ts", test: "test/statement/names.test.ts" };
const shards = { file: "src/statement/shards.ts", test: "test/statement/shards.test.ts" };

/** Names of files in a statement, and of shards. */
export const rules: readonly Rule[] = [
  { ...names, rule: "an empty name is rejected", text: "/^$|^\\/|", replacement: "/^\\/|" },
  { ...names, rule: "an absolute name is rejected", text: "/^$|^\\/|\\/$|", replacement: "/^$|\\/$|" },
  { ...names, rule: "a name that ends in a slash is rejected", text: "|\\/$|", replacement: "|" },
  { ...names, rule: "an empty component is rejected", text: "|\\/\\/|", replacement: "|" },
  { ...names, rule: "NUL in a name is rejected", text: "|\\0|", replacement: "|" },
  { ...names, rule: "a component .. is rejected", text: "(?:^|\\/)\\.\\.?(?:\\/|$)", replacement: "(?:^|\\/)\\.(?:\\/|$)" },
  { ...names, rule: "a component . is rejected", text: "(?:^|\\/)\\.\\.?(?:\\/|$)", replacement: "(?:^|\\/)\\.\\.(?:\\/|$)" },
  {
    ...names,
    rule: "Windows has rules of its own for names",
    text: 'if (platform === "windows") checkWindowsName(name);',
    replacement: "",
  },
  { ...names, rule: "a backslash is rejected on Windows", text: 'component.includes("\\\\")', replacement: "false" },
  { ...names, rule: "a colon is rejected on Windows", text: 'component.includes(":")', replacement: "false" },
  { ...names, rule: "a dot or blank at the end is rejected on Windows", text: "/[. ]$/.test(component)", replacement: "false" },
  { ...names, rule: "a device name is rejected on Windows", text: "DEVICE.test(stem)", replacement: "false" },
  {
    ...names,
    rule: "a device name with an extension is rejected on Windows",
    text: 'component.split(".", 1)[0]?.trimEnd() ?? ""',
    replacement: "component",
  },
  {
    ...names,
    rule: "a backslash or drive letter elsewhere is a warning",
    text: 'if (name.includes("\\\\") || DRIVE.test(name)) unusual.push(name);',
    replacement: "",
  },
  {
    ...names,
    rule: "names that fold together are a warning",
    text: "if (other !== undefined) pairs.push",
    replacement: "if (false) pairs.push",
  },
  {
    ...names,
    rule: "folding includes Unicode's normal form",
    text: 'name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC")',
    replacement: "name.toUpperCase().toLowerCase()",
  },
  {
    ...names,
    rule: "folding includes case",
    text: 'name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC")',
    replacement: 'name.normalize("NFC")',
  },
  {
    ...shards,
    rule: "a shard's name ends with its range",
    text: "if (path === undefined) refuse",
    replacement: "if (path === undefined) continue;\n    if (false) refuse",
  },
  {
    ...shards,
    rule: "a shard's range has no leading zero or sign",
    text: "(0|[1-9][0-9]{0,15}):(0|[1-9][0-9]{0,15})$/",
    replacement: "(-?[0-9]{1,16}):(-?[0-9]{1,16})$/",
  },
  {
    ...shards,
    rule: "a shard's range ends by 2^53-1",
    text: "if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) refuse",
    replacement: "if (false) refuse",
  },
  { ...shards, rule: "shards leave no gap and do not overlap", text: "if (start !== at) refuse", replacement: "if (false) refuse" },
  { ...shards, rule: "a shard covers a byte", text: "if (length < 1) refuse", replacement: "if (false) refuse" },
  {
    ...shards,
    rule: "every shard but the last has the shard size",
    text: "last ? length > shardSize : length !== shardSize",
    replacement: "last ? length > shardSize : false",
  },
  {
    ...shards,
    rule: "the last shard is not over the shard size",
    text: "last ? length > shardSize : length !== shardSize",
    replacement: "last ? false : length !== shardSize",
  },
  {
    ...shards,
    rule: "the names of sharded files are checked",
    text: 'if (path !== "." || shards.size > 1) checkName(path, platform);',
    replacement: "",
  },
  {
    ...shards,
    rule: "shards are put in order before they are checked",
    text: "shards.sort((a, b) => a.start - b.start || a.end - b.end);",
    replacement: "",
  },
];
