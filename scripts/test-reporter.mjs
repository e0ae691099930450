import { dirname, relative, sep } from "node:path";
import { inspect } from "node:util";

const root = dirname(import.meta.dirname);

/** What each line of this reporter begins with: tests write to the same stream. */
export const MARK = "\u0001assay-test ";

/** One line of JSON for each test, for scripts/test.mjs. */
export default async function* report(source) {
  for await (const { type, data } of source) {
    if ((type !== "test:pass" && type !== "test:fail") || data.details?.type === "suite") continue;
    const outcome = type === "test:fail" ? "failed" : data.skip === undefined ? "passed" : "skipped";
    const { error } = data.details ?? {};
    const text = outcome === "failed" ? inspect(error?.cause ?? error).replace(/^/gm, "  ") : "";
    const file = data.file === undefined ? "?" : relative(root, data.file).split(sep).join("/");
    yield `\n${MARK}${JSON.stringify({ outcome, file, name: data.name, line: data.line ?? 0, text })}\n`;
  }
}
