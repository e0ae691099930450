import type { EvaluationOptions } from "../../index.ts";
import type { CommandContext, Invocation } from "../command.ts";

/** Which evaluations are asked: `--files`, `--strict`. */
export function readEvaluationOptions({ values }: Invocation, { cwd }: CommandContext): EvaluationOptions {
  return { files: values.texts("files"), cwd, strict: values.flag("strict") === true };
}
