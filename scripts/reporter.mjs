// The usual report, then one last line with the counts; a run without a single test is a failure.
import { dot } from "node:test/reporters";

/** Quiet while all is well (a dot a test), every failure in full, and the counts as the last line. */
export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  async function* counted() {
    for await (const event of source) {
      const { type, data } = event;
      const isTest = data?.details?.type !== "suite";
      if (type === "test:pass" && isTest) counts[data.skip !== undefined ? "skipped" : "passed"] += 1;
      if (type === "test:fail" && isTest) {
        counts.failed += 1;
        failures.push(data);
      }
      yield event;
    }
  }
  yield* dot(counted());
  for (const { file, line, name, details } of failures) {
    const late = details?.error?.signal === "SIGKILL" ? " (stopped: it did not end in time)" : "";
    yield `✖ ${file ?? "?"}:${line ?? 0} ${name}${late}\n`;
  }
  if (counts.passed + counts.failed === 0) {
    process.exitCode = 1;
    yield "no test ran\n";
  }
  yield `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}
