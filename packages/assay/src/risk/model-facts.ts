import type { LoadFacts } from "./findings.ts";

/** A file with what its header says. */
interface FileWithFacts {
  readonly file: string;
  readonly format: string | undefined;
  readonly facts: LoadFacts;
}

const KEPT_BY_LFS = /(?:^|\/)\.git\/lfs\/objects\//;

/**
 * What the headers of a model's files say together. The same weights are often there in several formats and precisions: of the
 * files of one folder, the largest set of shards counts, over folders they add up, and of several formats the one with the most
 * parameters counts. What git-LFS keeps for itself is a copy of a checked out file, and counts where no other file has
 * weights. What configuration says comes from the file nearest to the root.
 */
export function factsOfModel(files: readonly FileWithFacts[]): LoadFacts {
  const nearest = files.toSorted((a, b) => depthOf(a.file) - depthOf(b.file));
  const stated = <Key extends keyof LoadFacts>(key: Key): LoadFacts[Key] =>
    nearest.find(({ facts }) => facts[key] !== undefined)?.facts[key];
  const weights = files.filter(({ facts }) => facts.parameters !== undefined || facts.weightBytes !== undefined);
  const checkedOut = weights.filter(({ file }) => !KEPT_BY_LFS.test(file));
  return {
    ...weightsOf(checkedOut.length > 0 ? checkedOut : weights),
    quantization: stated("quantization"),
    architecture: stated("architecture"),
    contextLength: stated("contextLength"),
  };
}

function weightsOf(files: readonly FileWithFacts[]): LoadFacts {
  const formats = new Map<string, Map<string, Map<string, LoadFacts>>>();
  for (const { file, format = "", facts } of files) {
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    const set = file.replace(/[-_]?\d{5}[-_]of[-_]\d{5}/, "");
    const folders = entryOf(formats, format, () => new Map<string, Map<string, LoadFacts>>());
    const sets = entryOf(folders, folder, () => new Map<string, LoadFacts>());
    sets.set(set, sum([sets.get(set) ?? {}, facts]));
  }
  const perFormat = [...formats.values()].map((folders) => sum([...folders.values()].map((sets) => largest([...sets.values()]))));
  return largest(perFormat);
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function largest(all: readonly LoadFacts[]): LoadFacts {
  return all.reduce<LoadFacts>((most, facts) => (sizeOf(facts) > sizeOf(most) ? facts : most), all[0] ?? {});
}

function sizeOf({ parameters = 0, weightBytes = 0 }: LoadFacts): number {
  return parameters > 0 ? parameters : weightBytes;
}

function sum(all: readonly LoadFacts[]): LoadFacts {
  const total = (key: "tensors" | "parameters" | "weightBytes"): number | undefined => {
    const known = all.flatMap((facts) => facts[key] ?? []);
    return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
  };
  return {
    tensors: total("tensors"),
    parameters: total("parameters"),
    weightBytes: total("weightBytes"),
    types: [...new Set(all.flatMap(({ types = [] }) => types))].sort(),
  };
}

function depthOf(file: string): number {
  return file.split("/").length;
}
