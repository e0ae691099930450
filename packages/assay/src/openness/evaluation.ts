import type { ComponentKind, ComponentName, OpennessClass } from "./components.ts";
import type { Warning } from "../core/warning.ts";
import type { Restriction } from "./license.ts";

/** Whether a component counts, and if not, why. */
export type ComponentStatus =
  /** Present under an open license, and required for a class. */
  | "included"
  /** Present under an open license, and required for no class. */
  | "optional"
  /** Present without a license. */
  | "unlicensed"
  /** Present under a license that is not open, or unknown. */
  | "invalid"
  /** Not present. */
  | "missing";

/** One component of a model: whether it counts, under which license, and why. */
export interface EvaluatedComponent {
  readonly name: ComponentName;
  readonly kind: ComponentKind;
  readonly requiredFor: readonly OpennessClass[];
  readonly status: ComponentStatus;
  /** The license that holds: an identifier or what was written; `unlicensed` for none; null where the component is missing. */
  readonly license: string | null;
  /** Where that license comes from: the component's own, the model's for its kind, or for the whole distribution. */
  readonly licenseFrom: "component" | ComponentKind | "distribution" | null;
  /** Whether the license is made for this kind of component; null without an open license. */
  readonly typeAppropriate: boolean | null;
  readonly path: string | null;
  /** One line: the reason for the status. */
  readonly why: string;
  /** The component that counts in its place: a research paper for a technical report. */
  readonly replacedBy?: ComponentName;
  /** Why a known license is not open. */
  readonly restriction: Restriction | null;
}

/** Why a component does not count. */
export type Problem =
  /** The component is missing. */
  | "missing"
  /** It has no license. */
  | "no-license"
  /** Its license is not open. */
  | "not-open"
  /** Its license is open, and made for another kind of component: a recommendation, the class remains. */
  | "not-fit";

/** One thing to do for the next class. */
export interface Step {
  readonly component: ComponentName;
  readonly problem: Problem;
  /** One line: the problem. */
  readonly text: string;
  /** An entry of mof.yml that would solve it. */
  readonly example: string;
}

/** How open a model is by its description. Says nothing about safety or quality. */
export interface Evaluation {
  readonly class: OpennessClass | null;
  /** `Class III - Open Model`, as the Model Openness Tool writes it. */
  readonly label: string;
  /** Percent of each class, 0 until the class below is complete; four decimals. */
  readonly progress: Readonly<Record<"1" | "2" | "3", number>>;
  /** All 17, in the order of COMPONENTS. */
  readonly components: readonly EvaluatedComponent[];
  /** The next better class; null for the best. */
  readonly nextClass: OpennessClass | null;
  /** What to do for it, the least work first; after Class I, what should still be better. */
  readonly steps: readonly Step[];
  /** Components whose license is open and not made for their kind, in the Model Openness Tool's order. */
  readonly notTypeAppropriate: readonly ComponentName[];
  /** Licenses that should be written differently, and unknown licenses. */
  readonly notes: readonly Warning[];
}

/** The labels of the Model Openness Tool. */
export const CLASS_LABELS = {
  1: "Class I - Open Science Model",
  2: "Class II - Open Tooling Model",
  3: "Class III - Open Model",
  none: "Unclassified",
} as const;

/** Whether a component counts: it is there under an open license, for a class or beside. */
export function isOpenStatus(status: ComponentStatus | undefined): boolean {
  return status === "included" || status === "optional";
}
