import type { ComponentKind, ComponentName } from "./components.ts";

/** A model as a mof.yml describes it. Nothing in it is proven. */
export interface ModelDescription {
  readonly framework: FrameworkFacts;
  readonly release: ReleaseFacts;
  readonly licenses: ModelLicenses;
  /** No name twice. */
  readonly components: readonly DescribedComponent[];
}

/** The version to evaluate by, as the Model Openness Tool writes it. */
export const FRAMEWORK: FrameworkFacts = { name: "Model Openness Framework", version: "1.0", date: "2024-12-15" };

/** What a license of the whole model can apply to. */
export const LICENSE_SCOPES = ["distribution", "code", "data", "document"] as const;

/** The framework that a mof.yml names. */
export interface FrameworkFacts {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly date: string | undefined;
}

/** What a mof.yml says about a release. */
export interface ReleaseFacts {
  readonly name: string;
  /** In practice the number of parameters: `7B`. */
  readonly version: string | undefined;
  /** YYYY-MM-DD. */
  readonly date: string | undefined;
  readonly type: string | undefined;
  readonly architecture: string | undefined;
  readonly treatment: string | undefined;
  readonly origin: string | undefined;
  readonly producer: string | undefined;
  readonly contact: string | undefined;
  readonly repository: string | undefined;
  readonly huggingface: string | undefined;
}

/** The licenses of the whole model, by kind of component, and for whatever has none of its own. */
export type ModelLicenses = Readonly<Record<ComponentKind | "distribution", LicenseStatement | undefined>>;

/** A license as a mof.yml states it. */
export interface LicenseStatement {
  readonly name: string | undefined;
  readonly path: string | undefined;
}

/** A component as a mof.yml describes it. */
export interface DescribedComponent {
  readonly name: ComponentName;
  readonly description: string | undefined;
  /** As written: undefined inherits the model's license; `unlicensed` or empty means without a license. */
  readonly license: string | undefined;
  readonly licensePath: string | undefined;
  readonly path: string | undefined;
}

/** A description with nothing but the name, to be completed. */
export function emptyModel(name: string): ModelDescription {
  return {
    framework: { name: "Model Openness Framework", version: undefined, date: undefined },
    release: {
      name,
      version: undefined,
      date: undefined,
      type: undefined,
      architecture: undefined,
      treatment: undefined,
      origin: undefined,
      producer: undefined,
      contact: undefined,
      repository: undefined,
      huggingface: undefined,
    },
    licenses: { distribution: undefined, code: undefined, data: undefined, document: undefined },
    components: [],
  };
}
