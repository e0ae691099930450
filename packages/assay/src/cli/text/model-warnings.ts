import { namedWarnings, type Warning } from "../../core/warning.ts";

/** What is warned of each model: of several, each warning names its model, as the caller typed it. */
export function warningsOfModels(models: readonly { readonly name: string; readonly warnings: readonly Warning[] }[]): readonly Warning[] {
  return models.flatMap(({ name, warnings }) => (models.length === 1 ? warnings : namedWarnings(name, warnings)));
}
