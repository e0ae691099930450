import type { Warning } from "../core/warning.ts";
import {
  COMPONENTS,
  type ComponentDefinition,
  type ComponentKind,
  type ComponentName,
  type OpennessClass,
  RESEARCH_PAPER,
  TECHNICAL_REPORT,
} from "./components.ts";
import { type EffectiveLicense, effectiveLicense } from "./effective-license.ts";
import { CLASS_LABELS, type EvaluatedComponent, type Evaluation } from "./evaluation.ts";
import type { LicenseCatalog } from "./license.ts";
import { evaluateLicense, evaluateLicenseStrictly, type LicenseVerdict } from "./license-verdict.ts";
import type { DescribedComponent, ModelDescription } from "./model.ts";
import { measureProgress } from "./progress.ts";
import { stepsTo } from "./steps.ts";

/** How a description is evaluated. */
export interface EvaluateOptions {
  /** The Model Openness Tool's answer in every detail: licenses are compared letter by letter, with its own list. */
  readonly strict?: boolean;
}

/**
 * How open a model is, by the Model Openness Framework (White et al., version 1.1, sections 5 and 6): which of
 * the 17 components are there under an open license (MUST), whose license is made for another kind of component
 * (SHOULD, which only warns), which class that makes, and what to do for the next one.
 *
 * Never throws for a `ModelDescription`. Says nothing about safety or quality.
 */
export function evaluate(model: ModelDescription, licenses: LicenseCatalog, options: EvaluateOptions = {}): Evaluation {
  const strict = options.strict === true;
  const described = new Map(model.components.map((component) => [component.name, component]));
  const warnings = new Map<string, Warning>();
  const verdictOn = evaluateOnce(licenses, strict);
  const components = COMPONENTS.map((definition: ComponentDefinition): EvaluatedComponent => {
    const component = described.get(definition.name);
    if (component === undefined) return missing(definition);
    const effective = effectiveLicense(model, component, definition.kind, { strict });
    if (effective.written === undefined) return unlicensed(definition, component, effective);
    const verdict = verdictOn(effective.written, definition.kind);
    for (const warning of verdict.warnings) warnings.set(`${warning.code} ${warning.message}`, warning);
    return licensed(definition, component, effective, verdict);
  });
  const included = new Set(components.filter(({ status }) => status === "included").map(({ name }) => name));
  const { class: reached, progress } = measureProgress(included);
  const nextClass = nextAfter(reached);
  return {
    class: reached,
    label: CLASS_LABELS[reached ?? "none"],
    progress,
    components: components.map((component) => standIn(component, included)),
    nextClass,
    steps: stepsTo(nextClass, components),
    notTypeAppropriate: unfitInOrder(components),
    notes: [...warnings.values()],
  };
}

/** One license is that of many components: it is evaluated once for each kind. */
function evaluateOnce(licenses: LicenseCatalog, strict: boolean): (written: string, kind: ComponentKind) => LicenseVerdict {
  const verdicts = new Map<string, LicenseVerdict>();
  return (written, kind) => {
    const key = `${kind} ${written}`;
    const verdict = verdicts.get(key) ?? (strict ? evaluateLicenseStrictly : evaluateLicense)(written, kind, licenses);
    verdicts.set(key, verdict);
    return verdict;
  };
}

function nextAfter(reached: OpennessClass | null): OpennessClass | null {
  switch (reached) {
    case null:
      return 3;
    case 3:
      return 2;
    case 2:
      return 1;
    case 1:
      return null;
  }
}

function missing({ name, kind, requiredFor }: ComponentDefinition): EvaluatedComponent {
  const none = { license: null, licenseFrom: null, typeAppropriate: null, path: null, restriction: null };
  return { name, kind, requiredFor, status: "missing", ...none, why: "not there" };
}

function unlicensed(
  { name, kind, requiredFor }: ComponentDefinition,
  component: DescribedComponent,
  { from }: EffectiveLicense,
): EvaluatedComponent {
  return {
    name,
    kind,
    requiredFor,
    status: "unlicensed",
    license: "unlicensed",
    licenseFrom: from,
    typeAppropriate: null,
    path: component.path ?? null,
    why: from === null ? "no license, neither its own nor the model's" : `${OWNERS[from]} says "unlicensed"`,
    restriction: null,
  };
}

const OWNERS: Record<NonNullable<EffectiveLicense["from"]>, string> = {
  component: "its entry",
  code: "the model's license for code",
  data: "the model's license for data",
  document: "the model's license for documents",
  distribution: "the license of the whole model",
};

function licensed(
  { name, kind, requiredFor, optional }: ComponentDefinition,
  component: DescribedComponent,
  { from }: EffectiveLicense,
  verdict: LicenseVerdict,
): EvaluatedComponent {
  const path = component.path ?? null;
  const { license, isOpen, isFit, objection = "" } = verdict;
  const evaluated = { name, kind, requiredFor, license, licenseFrom: from, path };
  if (!isOpen) {
    return { ...evaluated, status: "invalid", typeAppropriate: null, why: objection, restriction: verdict.restriction ?? null };
  }
  const whose = from === null || from === "component" ? "its own license" : OWNERS[from];
  const unfit = isFit ? "" : `, which is not among those recommended for ${kind === "document" ? "documents" : kind}`;
  return { ...evaluated, status: optional ? "optional" : "included", typeAppropriate: isFit, why: `${whose}${unfit}`, restriction: null };
}

/** Says of a report that is not open, and of the paper, that the paper replaces the report. */
function standIn(component: EvaluatedComponent, included: ReadonlySet<ComponentName>): EvaluatedComponent {
  if (!included.has(RESEARCH_PAPER) || included.has(TECHNICAL_REPORT)) return component;
  if (component.name === TECHNICAL_REPORT) {
    return { ...component, why: `${component.why}; the research paper replaces it`, replacedBy: RESEARCH_PAPER };
  }
  return component.name === RESEARCH_PAPER ? { ...component, why: `${component.why}; replaces the technical report` } : component;
}

/**
 * The order in which the Model Openness Tool lists them: the classes from III to I, in each what it requires and
 * then what it does not, by its components' weight.
 */
const UNFIT_ORDER: readonly ComponentName[] = ([3, 2, 1] as const).flatMap((since) =>
  [false, true].flatMap((isOptional) =>
    COMPONENTS.filter((definition) => definition.since === since && definition.optional === isOptional).map(({ name }) => name),
  ),
);

function unfitInOrder(components: readonly EvaluatedComponent[]): ComponentName[] {
  const unfit = new Set(components.filter(({ typeAppropriate }) => typeAppropriate === false).map(({ name }) => name));
  return UNFIT_ORDER.filter((name) => unfit.has(name));
}
