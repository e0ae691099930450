import { resolve } from "node:path";
import { AssayError } from "../../core/error.ts";
import type { Invocation } from "./arguments.ts";
import { COMMANDS } from "../commands.ts";
import { nearest } from "../../core/nearest.ts";
import { glanceAt } from "../inputs/places.ts";

/**
 * `assay verify kye`: without a method, the word was read as MODEL. Where no such model exists and the
 * word is almost a method, that is what was meant. Throws USAGE.
 */
export function checkMethod({ spec, methodNamed, arguments: [model = ""] }: Invocation, cwd: string): void {
  if (methodNamed || glanceAt(resolve(cwd, model)) !== undefined) return;
  const group = spec.words[0] ?? "";
  const methods = COMMANDS.filter(({ words }) => words[0] === group).map(({ words }) => words[1] ?? "");
  const method = nearest(model, methods);
  if (method === undefined) return;
  throw new AssayError("USAGE", `MODEL is missing, or the method is misspelled: "${model}"`, {
    suggestion: { lead: "did you mean", line: `assay ${group} ${method} MODEL` },
  });
}

/**
 * `assay openness lst`: the word was read as what `openness` itself takes. Where nothing lies there and the word is
 * almost one of its commands, that is what was meant. Throws USAGE.
 */
export function checkSubcommand({ spec, arguments: [word = ""] }: Invocation, cwd: string): void {
  const [group = ""] = spec.words;
  if (spec.words.length > 1 || glanceAt(resolve(cwd, word)) !== undefined) return;
  const commands = COMMANDS.filter(({ words }) => words.length === 2 && words[0] === group).map(({ words }) => words[1] ?? "");
  const near = nearest(word, commands);
  if (near === undefined) return;
  throw new AssayError("USAGE", `there is neither a file nor a command "${word}"`, {
    suggestion: { lead: "did you mean", line: `assay ${group} ${near}` },
  });
}
