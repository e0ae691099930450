import type { Finding } from "../../core/finding.ts";
import type { Warning } from "../../core/warning.ts";
import type { ComponentName } from "../components.ts";
import type { ModelDescription } from "../model.ts";
import type { CardFields } from "./card-fields.ts";
import type { IdentifiedText } from "./identified-text.ts";

/** The probes whose findings say how open a model is. */
export type OpennessProbe =
  | "card"
  | "weights"
  | "configuration"
  | "code"
  | "data"
  | "documents"
  | "results"
  | "settings"
  | "model-file"
  | "license";

/** What openness takes of a folder: what each probe saw, in the order in which they ran. */
export type OpennessFinding = Finding<OpennessProbe, OpennessFacts>;

/** What a finding says, by its kind. */
export type OpennessFacts =
  | ComponentFacts
  | StatedRelease
  | { readonly kind: "license-text"; readonly text: LicenseFile }
  | { readonly kind: "license-statement"; readonly statement: LicenseClaim }
  /** The card at the root. */
  | { readonly kind: "main-card"; readonly isDataSet: boolean }
  /** What a model card says in its fields. */
  | { readonly kind: "card-fields"; readonly fields: CardFields }
  /** A file that tells about the model and is not a component of its own. */
  | { readonly kind: "context" }
  /** A mof.yml; `model` is undefined where it cannot be read. */
  | { readonly kind: "model-file"; readonly bytes: Uint8Array; readonly model: ModelDescription | undefined };

/** A component of the framework, or a part of it. */
export interface ComponentFacts {
  readonly kind: "component";
  readonly component: ComponentName;
  /** In a few words: what was seen, what the file says, or what is missing to count. */
  readonly why: string;
  /** An address or name that a claim gives. */
  readonly target?: string | undefined;
  /** The files that are meant, where the finding is about a folder. */
  readonly files?: readonly string[];
}

/** What a file says about the model as such. */
export interface StatedRelease {
  readonly kind: "release";
  readonly name?: string | undefined;
  /** Of this file; the model has the sum. */
  readonly parameters?: number | undefined;
  readonly architecture?: string | undefined;
  readonly baseModels?: readonly string[];
  /** The software that wrote it, with its version: `transformers 4.46.0`. */
  readonly software?: string | undefined;
}

/** One reason to count a component. */
export interface ComponentSign {
  /** `found`: it is in the folder. `claimed`: something in the folder says that it exists. */
  readonly state: "found" | "claimed";
  /** The file that is it, or that says it; from the folder's root. */
  readonly file: string;
  /** An address or name that a claim gives. */
  readonly target: string | undefined;
  /** In a few words: what was seen, or what the file says. */
  readonly why: string;
}

/** What a folder shows about one component. */
export interface ComponentFindings {
  readonly name: ComponentName;
  /** `unknown`: nothing in the folder speaks of it, which does not mean that it does not exist. */
  readonly state: "found" | "claimed" | "unknown";
  /** Found before claimed; the first few of each. */
  readonly signs: readonly ComponentSign[];
  /** What is there and too little to count: `README.md: 12 words, 30 needed`. Undefined where something counts, or nothing is there. */
  readonly shortfall: string | undefined;
  /** All files that were found and looked at, near the root first; `signs` tells of the first few. */
  readonly files: readonly string[];
}

/** What a license can be for. */
export type LicenseScope = "code" | "data" | "document" | "parameters";

/** What terms can be about: besides kinds of components the file that they are written in, and a service that is run with the model. */
export type TermsSubject = LicenseScope | "file" | "service";

/** A license file and what its text is. */
export interface LicenseFile {
  readonly path: string;
  /** The folder that it is in, with a slash; empty for the root. */
  readonly folder: string;
  /** What its name says it is for; undefined for everything in its folder. */
  readonly scope: LicenseScope | undefined;
  /** What terms that are not open speak of themselves; undefined where they may speak of everything. */
  readonly about: readonly TermsSubject[] | undefined;
  /** What it holds for where the rest of the model has an open license of its own; undefined where it holds for all of `scope`. */
  readonly onlyFor?: readonly LicenseScope[];
  readonly text: IdentifiedText;
  /** Why it is taken for terms: its name or place says so, its content does, or mof.yml points at it. */
  readonly found: "name" | "content" | "pointer";
  /**
   * What it holds for: `folder` for what is beside and below it, `model` for the whole model wherever it is, `file`
   * for the file that it is written in, `pointer` for the component that points at it.
   */
  readonly reach: "folder" | "model" | "file" | "pointer";
  /** An open license, word for word. */
  readonly isOpen: boolean;
  /** Its name is that of a policy on what the model may be used for. */
  readonly isUsePolicy: boolean;
  /** Why its words are not known: its format, or its size. Undefined where it was read. */
  readonly unread: string | undefined;
}

/** A file's word on the license: no more than that. */
export interface LicenseClaim {
  readonly file: string;
  /** As it is written there. */
  readonly name: string;
  readonly link: string | undefined;
  /** Nothing names it: the link is the address of this license. */
  readonly isByLink?: boolean;
  /** What it is said of; undefined for the whole model. */
  readonly about?: LicenseSubject;
  /** The field of a card that states it; undefined for a sentence, and for files of other kinds. */
  readonly field?: "license" | "license_name" | "license_link";
  /** The sentence that states it; undefined for a field. */
  readonly sentence?: string;
}

/** What a statement on a license can be about. */
export type LicenseSubject = "parameters" | "code" | "data" | "card";

/** Everything that a folder shows about its openness. Nothing in it was executed, and none of it is verified. */
export interface ModelFindings {
  /** What each probe saw; everything else but the lists of files is made of it. */
  readonly findings: readonly OpennessFinding[];
  /** Absolute and resolved. */
  readonly folder: string;
  readonly fileCount: number;
  /** All 17, in the order of COMPONENTS. */
  readonly components: readonly ComponentFindings[];
  readonly licenseFiles: readonly LicenseFile[];
  readonly licenseClaims: readonly LicenseClaim[];
  /** The model card or data card at the root. */
  readonly card: string | undefined;
  /** Whether that card is of a data set and not of a model. */
  readonly isDataSet: boolean;
  /** What the fields of that card say; undefined without a card of a model. */
  readonly cardFields: CardFields | undefined;
  /** Files that tell about the model and are not components of their own: configuration, tokenizer. */
  readonly alsoFound: readonly string[];
  /** A mof.yml at the root. */
  readonly modelFile: { readonly path: string; readonly bytes: Uint8Array; readonly model: ModelDescription | undefined } | undefined;
  readonly facts: ReleaseClues;
  /** Names of all files, for telling whether a named path is there. */
  readonly files: readonly string[];
  /** SHA-256 of every file that was read whole, for comparing with the digest of the model. */
  readonly read: ReadonlyMap<string, string>;
  readonly warnings: readonly Warning[];
}

/** What files say about the model as such. */
export interface ReleaseClues {
  readonly name: string | undefined;
  readonly parameters: number | undefined;
  readonly baseModels: readonly string[];
  readonly architecture: string | undefined;
  readonly software: string | undefined;
}
