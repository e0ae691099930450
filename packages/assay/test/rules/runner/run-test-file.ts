import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PrivateCopy } from "./private-copy.ts";
import { runProgram } from "./run-program.ts";

/** Green; red by a named test; late; or broken: the file ended in an error that is no test's. */
export type TestRun =
  | { readonly kind: "green"; readonly milliseconds: number }
  | { readonly kind: "red"; readonly failed: readonly string[] }
  | { readonly kind: "late"; readonly limit: number }
  | { readonly kind: "broken"; readonly output: string };

/** Runs one test file straight on the copy's source. */
export async function runTestFile(test: string, copy: PrivateCopy, limit: number): Promise<TestRun> {
  const report = join(copy.root, "failed-tests");
  rmSync(report, { force: true });
  const { code, output, milliseconds } = await runProgram(
    [`--test-reporter=${join(import.meta.dirname, "failing-tests.ts")}`, `--test-reporter-destination=${report}`, join(copy.package, test)],
    { cwd: copy.root, temporary: copy.temporary, limit },
  );
  if (code === undefined) return { kind: "late", limit };
  if (code === 0) return { kind: "green", milliseconds };
  const failed = existsSync(report) ? readFileSync(report, "utf8").split("\n").filter(Boolean) : [];
  return failed.length > 0 ? { kind: "red", failed } : { kind: "broken", output };
}
