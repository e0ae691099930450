import { isComponentName, type ComponentName } from "../openness/components.ts";
import type { LicenseSource } from "../openness/license-data.ts";
import {
  LICENSE_SCOPES,
  type DescribedComponent,
  type FrameworkFacts,
  type LicenseStatement,
  type ModelDescription,
  type ModelLicenses,
  type ReleaseFacts,
} from "../openness/model.ts";

/** The public evaluations, as they ship in packages/assay/data/openness/catalog.json. */
export interface CatalogData {
  readonly sources: readonly LicenseSource[];
  /** The source's license in full, which it asks to be kept. */
  readonly licenseText: string;
  /** The same for every model, so that it is kept once. */
  readonly framework: FrameworkFacts;
  /** The words that the source writes for each component. */
  readonly descriptions: Readonly<Record<string, string>>;
  /** By the name of its file, without the ending. */
  readonly models: Readonly<Record<string, PackedModel>>;
}

/** A model without what all models have in common; fields that were not written are absent. */
export interface PackedModel extends Partial<Record<keyof ReleaseFacts, string>> {
  readonly name: string;
  readonly licenses?: Partial<Record<LicenseScope, { readonly name?: string; readonly path?: string }>>;
  /** Null where only its name is written; a text where its license is, too. */
  readonly components: Readonly<Record<string, PackedComponent | string | null>>;
}

interface PackedComponent {
  readonly license?: string;
  readonly licensePath?: string;
  readonly path?: string;
}

type LicenseScope = keyof ModelLicenses;

const RELEASE_FIELDS = [
  "version",
  "date",
  "type",
  "architecture",
  "treatment",
  "origin",
  "producer",
  "repository",
  "huggingface",
] as const satisfies readonly (keyof ReleaseFacts)[];

/** The model as `evaluate` takes it. */
export function unpackModel(packed: PackedModel, data: CatalogData): ModelDescription {
  const { name, version, date, type, architecture, treatment, origin, producer, repository, huggingface } = packed;
  return {
    framework: data.framework,
    release: { name, version, date, type, architecture, treatment, origin, producer, contact: undefined, repository, huggingface },
    licenses: {
      distribution: unpackLicense(packed, "distribution"),
      code: unpackLicense(packed, "code"),
      data: unpackLicense(packed, "data"),
      document: unpackLicense(packed, "document"),
    },
    components: Object.entries(packed.components).flatMap(([name, component]) =>
      isComponentName(name) ? [unpackComponent(name, component, data.descriptions[name])] : [],
    ),
  };
}

function unpackLicense({ licenses }: PackedModel, scope: LicenseScope): LicenseStatement | undefined {
  const packed = licenses?.[scope];
  return packed === undefined ? undefined : { name: packed.name, path: packed.path };
}

function unpackComponent(
  name: ComponentName,
  packed: PackedComponent | string | null,
  description: string | undefined,
): DescribedComponent {
  if (packed === null) return { name, description, license: undefined, licensePath: undefined, path: undefined };
  if (typeof packed === "string") return { name, description, license: packed, licensePath: undefined, path: undefined };
  return { name, description, license: packed.license, licensePath: packed.licensePath, path: packed.path };
}

/**
 * The reverse, for the script that writes the catalog. Omits empty fields, and `contact`: the addresses of people,
 * which no evaluation uses.
 */
export function packModel({ release, licenses, components }: ModelDescription): PackedModel {
  return {
    name: release.name,
    ...Object.fromEntries(RELEASE_FIELDS.flatMap((field) => ((release[field] ?? "") === "" ? [] : [[field, release[field]]]))),
    ...packLicenses(licenses),
    components: Object.fromEntries(components.map((component) => [component.name, packComponent(component)])),
  };
}

function packLicenses(licenses: ModelLicenses): Pick<PackedModel, "licenses"> {
  const stated = LICENSE_SCOPES.flatMap((scope) => {
    const statement = licenses[scope];
    return statement === undefined ? [] : [[scope, withoutUndefined(statement)] as const];
  });
  return stated.length === 0 ? {} : { licenses: Object.fromEntries(stated) };
}

function packComponent({ license, licensePath, path }: DescribedComponent): PackedComponent | string | null {
  if (licensePath === undefined && path === undefined) return license ?? null;
  return withoutUndefined({ license, licensePath, path });
}

function withoutUndefined(fields: Readonly<Record<string, string | undefined>> | LicenseStatement): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** What a framework says of itself, where every model of a catalog says the same. */
export function sameFramework(models: readonly ModelDescription[]): FrameworkFacts | undefined {
  const [first] = models;
  const text = JSON.stringify(first?.framework);
  return models.every(({ framework }) => JSON.stringify(framework) === text) ? first?.framework : undefined;
}
