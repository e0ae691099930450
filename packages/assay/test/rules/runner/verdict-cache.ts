import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Rule } from "../rule.ts";
import type { PrivateCopy } from "./private-copy.ts";
import { WhatFilesRead } from "./what-a-file-reads.ts";

const PACKAGE = "packages/assay";
/** What decides about every test beside the files that it reads: the installed packages, and what runs it. */
const FOR_ALL = ["package-lock.json", "package.json", "tsconfig.base.json", `${PACKAGE}/package.json`, `${PACKAGE}/tsconfig.json`];
const KEPT_DAYS = 30;

/**
 * The rules that a test held before, by everything that decides about it: the rule, the files that its test and its
 * source read, the packages, the runner and Node. Only "held" is kept; what failed is tried again.
 */
export class VerdictCache {
  readonly #folder = cacheFolder();
  readonly #copy: PrivateCopy;
  readonly #read: WhatFilesRead;
  readonly #hashes = new Map<string, string>();
  readonly #forAll: string;

  /** The copy must be whole, and no rule of it broken while keys are made. */
  constructor(copy: PrivateCopy) {
    this.#copy = copy;
    this.#read = new WhatFilesRead(copy.root);
    const runner = readdirSync(import.meta.dirname).sort();
    const texts = runner.map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));
    this.#forAll = digest([process.version, process.platform, process.arch, ...texts, ...FOR_ALL.map((file) => this.#hashOf(file))]);
    mkdirSync(this.#folder, { recursive: true });
  }

  keyOf({ file, text, replacement, test }: Rule): string {
    const files = new Set([...this.#read.of(`${PACKAGE}/${test}`), ...this.#read.of(`${PACKAGE}/${file}`)]);
    const contents = [...files].sort().map((name) => `${name} ${this.#hashOf(name)}`);
    return digest([this.#forAll, file, text, replacement, test, ...contents]);
  }

  has(key: string): boolean {
    try {
      const now = new Date();
      utimesSync(join(this.#folder, key), now, now);
      return true;
    } catch {
      return false;
    }
  }

  /** The file holds the rule as a sentence, for a person who looks at the folder. */
  keep(key: string, rule: string): void {
    writeFileSync(join(this.#folder, key), `${rule}\n`);
  }

  /** Removes what no run has asked for in a month. */
  forgetOld(): void {
    const limit = Date.now() - KEPT_DAYS * 86_400_000;
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      if (statSync(file).mtimeMs < limit) rmSync(file, { force: true });
    }
  }

  #hashOf(file: string): string {
    const known = this.#hashes.get(file);
    if (known !== undefined) return known;
    const hash = createHash("sha256")
      .update(readFileSync(join(this.#copy.root, file)))
      .digest("hex");
    this.#hashes.set(file, hash);
    return hash;
  }
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A folder of the user's own, so that other clones of the repository find it. */
function cacheFolder(): string {
  const xdg = process.env["XDG_CACHE_HOME"];
  return join(xdg === undefined || xdg === "" ? join(homedir(), ".cache") : xdg, "assay-rules");
}
