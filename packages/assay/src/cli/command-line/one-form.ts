import { AssayError } from "../../core/error.ts";
import type { Invocation } from "../command.ts";

/** Throws USAGE where the answer is asked for as Markdown and as JSON at once. */
export function checkOneForm({ values }: Invocation): void {
  if (values.flag("markdown") === true && values.flag("json") === true) {
    throw new AssayError("USAGE", "--markdown and --json are two forms of the answer; one of them can be printed");
  }
}
