import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PrivateCopy } from "./private-copy.ts";
import type { NamedRule } from "./tables.ts";

/** What is wrong with an entry before any test runs, or undefined. */
export function faultOfEntry(rule: NamedRule, copy: PrivateCopy): string | undefined {
  if (!/^(?:src|\.\.\/action\/(?:src|templates)|\.\.\/page\/build|\.\.\/\.\.\/scripts)\//.test(rule.file))
    return `${rule.file} is of no source that is copied`;
  if (!existsSync(join(copy.package, rule.file))) return `${rule.file} does not exist`;
  if (!existsSync(join(copy.package, rule.test))) return `${rule.test} does not exist`;
  if (rule.text === "" || rule.text === rule.replacement) return "the replacement changes nothing";
  const occurrences = copy.read(rule.file).split(rule.text).length - 1;
  if (occurrences !== 1) return `the text occurs ${occurrences} times in ${rule.file}, not once`;
  return undefined;
}

/** Rules that have the same sentence as an earlier one of their area: a report could not tell them apart. */
export function rulesNamedTwice(rules: readonly NamedRule[]): Set<NamedRule> {
  const seen = new Set<string>();
  const twice = new Set<NamedRule>();
  for (const rule of rules) {
    const name = `${rule.area}: ${rule.rule}`;
    if (seen.has(name)) twice.add(rule);
    seen.add(name);
  }
  return twice;
}
