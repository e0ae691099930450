import type { CatalogEntry } from "../../../src/catalog/catalog.ts";
import type { ComponentName } from "../../../src/openness/components.ts";
import { emptyModel, type ModelDescription } from "../../../src/openness/model.ts";

interface EntryFacts {
  readonly name: string;
  readonly id?: string;
  readonly file?: string;
  readonly version?: string;
  readonly producer?: string;
  readonly type?: string;
  readonly distribution?: string;
  /** Component to its license; undefined inherits. */
  readonly components?: Partial<Record<ComponentName, string | undefined>>;
}

/** An evaluation for tests. */
export function entryOf({ name, id, file, version, producer, type, distribution, components = {} }: EntryFacts): CatalogEntry {
  const empty = emptyModel(name);
  const model: ModelDescription = {
    ...empty,
    release: { ...empty.release, version, producer, type },
    licenses: { ...empty.licenses, distribution: distribution === undefined ? undefined : { name: distribution, path: undefined } },
    components: Object.entries(components).map(([component, license]) => ({
      name: component as ComponentName,
      description: undefined,
      license,
      licensePath: undefined,
      path: undefined,
    })),
  };
  return { id: id ?? name, model, file };
}
