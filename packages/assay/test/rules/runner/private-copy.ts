import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../rule.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..", "..");
const PACKAGE = join("packages", "assay");
/** What else has rules, by its folders in the repository. */
const OTHERS = [
  "packages/action/src",
  "packages/action/test",
  "packages/action/action.yml",
  "packages/action/templates",
  "packages/page/build",
  "packages/page/test",
  "scripts",
];

/** A copy of the source and its tests in which one rule at a time is broken: the working tree is never written to. */
export class PrivateCopy {
  readonly root: string;
  readonly package: string;
  readonly temporary: string;

  constructor(folder: string) {
    this.root = folder;
    this.package = join(folder, PACKAGE);
    this.temporary = join(folder, "tmp");
    mkdirSync(this.package, { recursive: true });
    mkdirSync(this.temporary);
    for (const name of ["src", "test", "package.json", "tsconfig.json"]) {
      cpSync(join(ROOT, PACKAGE, name), join(this.package, name), { recursive: true });
    }
    for (const name of OTHERS) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    for (const name of ["package.json", "package-lock.json", "tsconfig.base.json", "LICENSE"]) cpSync(join(ROOT, name), join(folder, name));
    for (const name of [join(PACKAGE, "data"), join(PACKAGE, "schemas"), "node_modules", "examples", "docs"]) {
      symlinkSync(join(ROOT, name), join(folder, name));
    }
  }

  read(file: string): string {
    return readFileSync(join(this.package, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.package, file), text);
  }

  /** Breaks the rule, does the work, and puts the file back. */
  async withoutRule<T>(rule: Rule, work: () => Promise<T>): Promise<T> {
    const original = this.read(rule.file);
    this.write(rule.file, broken(rule, original));
    try {
      return await work();
    } finally {
      this.write(rule.file, original);
    }
  }
}

/** The source without the rule. Not `replaceAll` and no replacement pattern: `$&` in a replacement is text. */
export function broken(rule: Rule, source: string): string {
  return source.replace(rule.text, () => rule.replacement);
}
