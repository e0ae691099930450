import { resolve } from "node:path";
import { checkInspection, inspectFolder } from "../../api/assess-openness.ts";
import { shippedLicenses } from "../../catalog/licenses.ts";
import { readOwnFiles } from "../../catalog/own-files.ts";
import { findByName } from "../../catalog/search.ts";
import { AssayError } from "../../core/error.ts";
import { evaluate } from "../../openness/evaluate.ts";
import type { Evaluation } from "../../openness/evaluation.ts";
import type { ModelDescription } from "../../openness/model.ts";
import type { Warning } from "../../core/warning.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { readEvaluations, requireByName, type Evaluations } from "./evaluations.ts";
import { glanceAt } from "./places.ts";

/** One of the models that are compared. */
export interface ComparedModel {
  /** As it was named. */
  readonly given: string;
  /** What the answer rests on: a mof.yml's word, what lies in a folder, a public evaluation. */
  readonly kind: "file" | "folder" | "catalogue";
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

/** Finds out what each MODEL is, and judges it. Throws USAGE for a name of nothing, and what reading files and folders throws. */
export async function readComparedModels(
  invocation: Invocation,
  context: CommandContext,
): Promise<{ readonly models: readonly ComparedModel[]; readonly warnings: readonly Warning[] }> {
  const strict = invocation.values.flag("strict") === true;
  const licenses = shippedLicenses();
  const judge = (model: ModelDescription): Evaluation => evaluate(model, licenses, { strict });
  const models: ComparedModel[] = [];
  const warnings: Warning[] = [];
  let listed: Evaluations | undefined;
  for (const given of invocation.arguments) {
    const stats = glanceAt(resolve(context.cwd, given));
    if (stats?.isDirectory() === true) {
      const found = await inspectFolder(given, { cwd: context.cwd, signal: context.signal, licenses, strict });
      await checkInspection(found, context.signal);
      models.push({ given, kind: "folder", ...found.asFound });
      warnings.push(...found.warnings);
    } else if (stats !== undefined) {
      const [entry] = readOwnFiles(given, context.cwd).entries;
      if (entry !== undefined) models.push({ given, kind: "file", model: entry.model, evaluation: judge(entry.model) });
    } else {
      if (listed === undefined) {
        listed = await readEvaluations(invocation, context);
        warnings.push(...listed.warnings);
      }
      if (isPath(given) && findByName(listed.entries, given).kind === "none") {
        throw new AssayError("FILE_NOT_FOUND", `${given} does not exist, and no evaluation is called so`);
      }
      const { model } = requireByName(listed.entries, given);
      models.push({ given, kind: "catalogue", model, evaluation: judge(model) });
    }
  }
  return { models, warnings };
}

function isPath(given: string): boolean {
  return /[\\/]|\.ya?ml$/i.test(given);
}
