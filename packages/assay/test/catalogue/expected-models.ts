import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packModel } from "../../src/catalogue/catalogue-data.ts";
import { loadCatalogue } from "../../src/catalogue/catalogue.ts";
import { evaluateAll } from "../../src/catalogue/evaluated.ts";
import { shippedLicenses } from "../../src/catalogue/licenses.ts";
import { readModelFile } from "../../src/openness/read-model.ts";

/** What the Model Openness Tool's own evaluator says of a file. */
export interface ExpectedModel {
  readonly class: number;
  readonly label: string;
  readonly progress: Readonly<Record<string, number>>;
  readonly notTypeAppropriate: readonly string[];
  /** Status and license; `absent` for what is not there. */
  readonly components: Readonly<Record<string, readonly [string, string | null]>>;
}

/**
 * Where the shipped evaluations, judged strictly, differ from what the tool says of its files (`Amber.yml` to its
 * answer): nothing is expected. For `npm run test:corpus`.
 */
export function catalogueDifferences(expected: Readonly<Record<string, ExpectedModel>>): string[] {
  const all = evaluateAll(loadCatalogue().entries, shippedLicenses(), { strict: true });
  const ours = new Map(
    all.map(({ entry, evaluation }): [string, ExpectedModel] => [
      `${entry.id}.yml`,
      {
        class: evaluation.class ?? 0,
        label: evaluation.label,
        progress: evaluation.progress,
        notTypeAppropriate: evaluation.notTypeAppropriate,
        components: Object.fromEntries(
          evaluation.components.map(({ name, status, license }) => [name, [status === "missing" ? "absent" : status, license]]),
        ),
      },
    ]),
  );
  return [...new Set([...ours.keys(), ...Object.keys(expected)])].flatMap((file) => {
    const [one, other] = [ours.get(file), expected[file]];
    if (one === undefined || other === undefined) return [`${file} is only ${one === undefined ? "expected" : "in the catalogue"}`];
    return (["class", "label", "progress", "notTypeAppropriate", "components"] as const).flatMap((field) =>
      canonical(one[field]) === canonical(other[field])
        ? []
        : [`${file}: ${field} ${canonical(one[field])}, not ${canonical(other[field])}`],
    );
  });
}

/** Where the shipped facts differ from the tool's files in a folder. For `npm run test:corpus`. */
export function catalogueStaleness(folder: string): string[] {
  const shipped = new Map(loadCatalogue().entries.map(({ id, model }) => [`${id}.yml`, canonical(packModel(model))]));
  const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
  const stale = files.filter((name) => {
    const { model } = readModelFile(readFileSync(join(folder, name)), name);
    return shipped.get(name) !== canonical(packModel(model));
  });
  return [...stale.map((name) => `${name} is not as it ships`), ...[...shipped.keys()].filter((name) => !files.includes(name))];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
