import type { TestEvent } from "node:test/reporters";

/** What precedes the name of a failed test in the report. */
export const FAILED = "failed test: ";

/** A reporter that gives the name of each failed test on a line of its own, and nothing else. */
export default async function* failingTests(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === "test:fail" && event.data.details.type !== "suite") yield `\n${FAILED}${event.data.name.replaceAll("\n", " ")}\n`;
  }
}
