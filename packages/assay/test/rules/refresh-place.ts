import type { Rule } from "./rule.ts";

/** Where a refresh works. */
export const rules: readonly Rule[] = [
  {
    file: "src/roots/refresh.ts",
    test: "test/roots/refresh.test.ts",
    rule: "a disk that takes no files costs the cache, not the answer",
    text: "return { ...(await refreshBeside(undefined, request)), notKept: takesNoFiles(request.cache, error.cause) };",
    replacement: "throw error;",
  },
  {
    file: "src/roots/work-folder.ts",
    test: "test/roots/not-kept.test.ts",
    rule: "a root that could not be kept is said not to be",
    text: "return takesNoFiles(cache, error);",
    replacement: "return error === cache ? takesNoFiles(cache, error) : undefined;",
  },
  {
    file: "src/cli/inputs/keyless-signer.ts",
    test: "test/cli/token-deadline.test.ts",
    rule: "a token that is about to expire is spoken of",
    text: "const timer = setTimeout(tell, notice);",
    replacement: "const timer = setTimeout(() => undefined, notice);",
  },
];
