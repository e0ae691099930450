import { rmSync } from "node:fs";
import { join } from "node:path";
import { broken, type PrivateCopy } from "./private-copy.ts";
import { runProgram } from "./run-program.ts";
import type { NamedRule } from "./tables.ts";

/**
 * Errors after which the code does not even load: the syntax (1000 to 1999) and names that nothing declares. Types that
 * no longer fit are what a removed check leaves behind, and do not keep the code from running.
 */
const IS_FATAL = /^(?:1\d{3}|2304|2305|2307|2552|2724|18004)$/;

/**
 * The rules whose broken source would fail to compile, with the compiler's words. Every broken file is
 * beside its original under another name, so that the compiler runs once for all of them.
 */
export async function rulesThatDoNotCompile(rules: readonly NamedRule[], copy: PrivateCopy): Promise<Map<NamedRule, string>> {
  const faults = new Map<NamedRule, string>();
  // Where one file's syntax is wrong, the compiler does not look at the names in any: again without those files.
  for (let found = -1; found < faults.size;) {
    found = faults.size;
    const rest = rules.filter((rule) => !faults.has(rule));
    for (const [rule, fault] of await compile(rest, copy)) faults.set(rule, fault);
  }
  return faults;
}

async function compile(rules: readonly NamedRule[], copy: PrivateCopy): Promise<Map<NamedRule, string>> {
  const byFile = new Map<string, NamedRule>();
  for (const [index, rule] of rules.entries()) {
    // The project of the compiler is the package alone.
    if (!rule.file.startsWith("src/")) continue;
    const file = rule.file.replace(/\.ts$/, `.rule-${index}.ts`);
    byFile.set(file, rule);
    copy.write(file, broken(rule, copy.read(rule.file)));
  }
  const compiler = join(copy.root, "node_modules", "typescript", "bin", "tsc");
  const { output } = await runProgram([compiler, "--noEmit", "--pretty", "false", "-p", copy.package], {
    cwd: copy.package,
    temporary: copy.temporary,
    limit: 120_000,
  });
  for (const file of byFile.keys()) rmSync(join(copy.package, file));

  const faults = new Map<NamedRule, string>();
  for (const line of output.split("\n")) {
    const match = /^(?<file>src\/\S+?)\(\d+,\d+\): error TS(?<code>\d+): (?<words>.*)$/.exec(line);
    const rule = byFile.get(match?.groups?.["file"] ?? "");
    const code = match?.groups?.["code"] ?? "";
    if (rule !== undefined && IS_FATAL.test(code) && !faults.has(rule)) {
      faults.set(rule, `the replacement does not compile: ${match?.groups?.["words"]} (TS${code})`);
    }
  }
  return faults;
}
