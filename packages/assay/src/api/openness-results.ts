// What the results on openness are made of, from the framework's folder and the catalog's.
export type { ComparedComponent } from "../catalog/compare.ts";
export type { ComponentWish } from "../catalog/filter.ts";
export type { ImportedModel } from "../catalog/imported-model.ts";
export type { ComponentKind, ComponentName, OpennessClass } from "../openness/components.ts";
export type { ComponentStatus, EvaluatedComponent, Evaluation, Problem, Step } from "../openness/evaluation.ts";
export type { LicenseCatalog } from "../openness/license.ts";
export type { WrittenModelFile } from "../probe/model-file/write.ts";
export type { LicenseSource } from "../openness/license-data.ts";
export type { ModelDescription } from "../openness/model.ts";
export type {
  ComponentFacts,
  ComponentFindings,
  ComponentSign,
  LicenseClaim,
  LicenseFile,
  LicenseScope,
  LicenseSubject,
  ModelFindings,
  OpennessFacts,
  OpennessFinding,
  OpennessProbe,
  ReleaseClues,
  StatedRelease,
  TermsSubject,
} from "../openness/folder/findings.ts";
export type { CardFields, ClaimedResult } from "../openness/folder/card-fields.ts";
export type { IdentifiedText, TextChange } from "../openness/folder/identified-text.ts";
