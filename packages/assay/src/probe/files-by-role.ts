import { roleOf, type FileRole } from "./role.ts";

/** How many files of a role are read at most. */
const MAX_FILES: Readonly<Record<FileRole, number>> = {
  card: 4,
  "data-card": 20,
  // All of them, read or not: one that is left out would restrict nothing.
  license: Number.POSITIVE_INFINITY,
  "use-policy": 4,
  weights: 200,
  gguf: 100,
  configuration: 20,
  "adapter-configuration": 20,
  tokenizer: 20,
  code: 400,
  results: 40,
  "training-state": 20,
  data: 100,
  paper: 20,
  report: 20,
  citation: 20,
  requirements: 20,
  sample: 20,
  mof: 2,
};

/** The files of a model by role, those near the root first, since they describe the whole model. */
export class FilesByRole {
  readonly #names = new Map<FileRole, string[]>();

  constructor(files: readonly string[]) {
    for (const name of files) {
      const role = roleOf(name);
      if (role === undefined) continue;
      const names = this.#names.get(role);
      if (names === undefined) this.#names.set(role, [name]);
      else names.push(name);
    }
    for (const names of this.#names.values()) names.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  }

  /** At most as many as are read of that role. */
  names(role: FileRole): readonly string[] {
    return this.#names.get(role)?.slice(0, MAX_FILES[role]) ?? [];
  }

  /** How many there are, read or not. */
  count(role: FileRole): number {
    return this.#names.get(role)?.length ?? 0;
  }
}

function depth(name: string): number {
  return name.split("/").length;
}
