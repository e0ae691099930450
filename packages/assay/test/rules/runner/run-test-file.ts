import { join } from "node:path";
import { FAILED } from "./failing-tests.ts";
import type { PrivateCopy } from "./private-copy.ts";
import { runProgram } from "./run-program.ts";

/** Green; red by a named test; late; or broken: the file ended in an error outside any test. */
export type TestRun =
  | { readonly kind: "green"; readonly milliseconds: number }
  | { readonly kind: "red"; readonly failed: string }
  | { readonly kind: "late"; readonly limit: number }
  | { readonly kind: "broken"; readonly output: string };

/** Runs one test file straight on the copy's source, up to its first failed test. */
export async function runTestFile(test: string, copy: PrivateCopy, limit: number): Promise<TestRun> {
  const reporter = join(import.meta.dirname, "failing-tests.ts");
  const { code, output, milliseconds } = await runProgram([`--test-reporter=${reporter}`, join(copy.package, test)], {
    cwd: copy.root,
    temporary: copy.temporary,
    limit,
    enough: FAILED,
  });
  if (code === undefined) return { kind: "late", limit };
  if (code === 0) return { kind: "green", milliseconds };
  const [, failed] = output.split(FAILED, 2);
  return failed === undefined ? { kind: "broken", output } : { kind: "red", failed: failed.split("\n", 1)[0] ?? "" };
}
