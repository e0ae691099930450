import { baseOf, parentFolder } from "./place.ts";
import { roleOf } from "./role.ts";

/**
 * Which files are there to test a program: a folder of tests with code in it, or a folder of data for tests beside
 * test code. A folder `test/` with nothing but records is the test part of a data set.
 */
export class TestAssets {
  /** Folders with code somewhere below. */
  readonly #code = new Set<string>();
  /** Folders with test code somewhere below, and those with test code right in them. */
  readonly #testCode = new Set<string>();
  readonly #besideTestCode = new Set<string>();

  constructor(names: readonly string[]) {
    for (const name of names) {
      if (roleOf(name) !== "code") continue;
      const isTest = isTestCode(name);
      if (isTest) this.#besideTestCode.add(parentFolder(name));
      for (const folder of foldersAbove(name)) {
        this.#code.add(folder);
        if (isTest) this.#testCode.add(folder);
        // Beside a folder of tests is beside its test code.
        if (isTest && TESTS.test(baseOf(folder).toLowerCase())) this.#besideTestCode.add(parentFolder(folder));
      }
    }
  }

  has(name: string): boolean {
    return foldersAbove(name).some((folder) => {
      const last = baseOf(folder).toLowerCase();
      if (TESTS.test(last)) return this.#code.has(folder);
      return FOR_TESTS.test(last) && (this.#testCode.has(folder) || this.#besideTestCode.has(parentFolder(folder)));
    });
  }
}

const TESTS = /^(?:(?:unit|integration)[-_]?)?test(?:s|ing)?$/;
const FOR_TESTS = /^(?:tests?[-_]?(?:data|files|assets|cases|fixtures|models?)|_*fixtures?_*)$/;

/** Whether a file is test code by the usual names of test runners. */
export function isTestCode(name: string): boolean {
  return /(?:^|\/)(?:test_[^/]*\.py|conftest\.py|[^/]*(?:_test|_spec|\.test|\.spec)\.[a-z]{1,4})$/i.test(name);
}

/** `a`, `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
