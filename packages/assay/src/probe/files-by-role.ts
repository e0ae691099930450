import { roleOf, type FileRole } from "./role.ts";
import { TestAssets } from "./test-assets.ts";

/** Files of these roles do not count among the tests of a program. */
const NOT_FROM_TESTS: ReadonlySet<FileRole> = new Set([
  "weights",
  "gguf",
  "configuration",
  "adapter-configuration",
  "tokenizer",
  "data",
  "data-card",
  "results",
  "settings",
  "training-state",
  "paper",
  "report",
  "sample",
]);

/** The files of a model by role, those near the root first, since they describe the whole model. */
export class FilesByRole {
  readonly #names = new Map<FileRole, string[]>();
  readonly #fromTests = new Map<FileRole, string[]>();

  constructor(files: readonly string[]) {
    const assets = new TestAssets(files);
    for (const name of files) {
      const role = roleOf(name);
      if (role === undefined) continue;
      const names = NOT_FROM_TESTS.has(role) && assets.has(name) ? this.#fromTests : this.#names;
      const known = names.get(role);
      if (known === undefined) names.set(role, [name]);
      else known.push(name);
    }
    for (const names of [...this.#names.values(), ...this.#fromTests.values()]) {
      names.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
    }
    this.#names.get("card")?.sort((a, b) => cardRank(a) - cardRank(b) || depth(a) - depth(b) || (a < b ? -1 : 1));
  }

  names(role: FileRole): readonly string[] {
    return this.#names.get(role) ?? [];
  }

  /** Those that would have the role, and are there to test a program. */
  fromTests(role: FileRole): readonly string[] {
    return this.#fromTests.get(role) ?? [];
  }
}

function depth(name: string): number {
  return name.split("/").length;
}

/** A card that is called so comes before a README, and a README before its translations. */
function cardRank(name: string): number {
  const base = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
  if (!base.startsWith("readme")) return 0;
  return /^readme(?:\.[a-z]+)?$/.test(base) ? 1 : 2;
}
