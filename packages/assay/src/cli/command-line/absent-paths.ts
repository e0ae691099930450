import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../../core/error.ts";
import { nearest } from "../../core/nearest.ts";
import type { CommandSpec, Invocation } from "../command.ts";
import { isRemoteReference } from "../../api/opened/with-opened.ts";
import { shellCommand } from "../text/shell-quote.ts";
import { helpInvocation } from "./arguments.ts";

/**
 * Looks again at a command line of which an argument names nothing that exists: whether help was meant, a method or
 * command was misspelled, or a model was named by its address or its name on a hub.
 *
 * Returns what was meant. Throws USAGE, FILE_NOT_FOUND.
 */
export function correctAbsentPath(invocation: Invocation, specs: readonly CommandSpec[], cwd: string): Invocation {
  const { spec, arguments: given, values, methodNamed } = invocation;
  const [word = "", ...others] = given;
  // `assay verify help`: help was meant where no model of that name exists.
  if (word === "help" && others.length === 0 && spec.words[0] !== "help") {
    return helpInvocation(values, methodNamed ? spec.words : spec.words.slice(0, 1), specs);
  }
  checkLocal(invocation, cwd);
  if (!existsSync(resolve(cwd, word))) checkSpelling(invocation, word, specs);
  return invocation;
}

/**
 * `assay verify kye`, `assay openness lst`: without a method or command the word was read as a path. Where nothing has
 * that name and the word is almost a method or command, that is what was meant. Throws USAGE.
 */
function checkSpelling({ spec, methodNamed }: Invocation, word: string, specs: readonly CommandSpec[]): void {
  const [group = ""] = spec.words;
  if (methodNamed && (spec.words.length > 1 || spec.arguments[0]?.isPath !== true)) return;
  const names = specs.filter(({ words }) => words.length === 2 && words[0] === group).map(({ words: [, name = ""] }) => name);
  const near = nearest(word, names);
  if (near === undefined) return;
  throw methodNamed
    ? new AssayError("USAGE", `there is neither a file nor a command "${word}"`, {
        suggestion: { lead: "did you mean", line: `assay ${group} ${near}` },
      })
    : new AssayError("USAGE", `MODEL is missing, or the method is misspelled: "${word}"`, {
        suggestion: { lead: "did you mean", line: `assay ${group} ${near} MODEL` },
      });
}

/**
 * Refuses what is named by an address that is not read here, or by its name on a hub, where no local folder or file has
 * that name. Throws FILE_NOT_FOUND.
 */
function checkLocal({ spec, arguments: given }: Invocation, cwd: string): void {
  for (const [index, word] of given.entries()) {
    const argument = spec.arguments[Math.min(index, spec.arguments.length - 1)];
    if (argument?.isPath !== true || existsSync(resolve(cwd, word))) continue;
    if (argument.mayBeRemote === true && isRemoteReference(word)) continue;
    const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(word) ?? [];
    const hubName = HUB_NAME.exec(word)?.[1];
    if (scheme === undefined && hubName === undefined) continue;
    // A path into an existing folder is a mistyped path, not a name on a hub.
    if (scheme === undefined && existsSync(resolve(cwd, word.split("/")[0] ?? ""))) continue;
    if (argument.mayBeRemote === true && hubName !== undefined) {
      throw new AssayError("FILE_NOT_FOUND", `"${word}" is not a folder or file here`, {
        suggestion: { lead: "if the model on the hub is meant, write", line: `hf:${hubName}` },
      });
    }
    const message =
      scheme === undefined
        ? `"${word}" is not a folder or file here, and a model on a hub is unsupported in its place`
        : argument.mayBeRemote === true
          ? `"${word}" is an address that is unsupported`
          : `"${word}" is an address: only a local file or folder is supported here`;
    throw new AssayError(
      "FILE_NOT_FOUND",
      message,
      hubName === undefined
        ? { hint: "download it first, and name the folder or file" }
        : {
            suggestion: {
              lead: "download it first, for example with",
              line: shellCommand(["hf", "download", hubName, "--local-dir", hubName.split("/")[1] ?? hubName]),
            },
          },
    );
  }
}

/** `owner/name`, as the hub has it, alone or in one of its addresses. */
const HUB_NAME =
  /^(?:hf:(?:\/\/)?|https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/)?([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)(?:@[\w./-]+|\/(?:tree|blob|resolve)\/[^?#]*)?\/?$/;
