import type { TestEvent } from "node:test/reporters";

/** A reporter that gives the name of each failed test on a line of its own, and nothing else. */
export default async function* failingTests(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === "test:fail" && event.data.details.type !== "suite") yield `${event.data.name.replaceAll("\n", " ")}\n`;
  }
}
