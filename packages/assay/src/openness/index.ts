/**
 * How open is a model, by the Model Openness Framework? Pure: runs in a browser. The data on licenses loads
 * apart (`assay/openness/licenses.json`, `assay/openness/licenses-models.json`), and so does the reading of YAML
 * (`assay/openness/yaml`), so that a page carries only what it uses.
 */
export {
  COMPONENTS,
  type ComponentDefinition,
  type ComponentKind,
  type ComponentName,
  isComponentName,
  type OpennessClass,
} from "./components.ts";
export { evaluate, type EvaluateOptions } from "./evaluate.ts";
export { CLASS_LABELS, type ComponentStatus, type EvaluatedComponent, type Evaluation, type Problem, type Step } from "./evaluation.ts";
export type { LicenseCatalog, LicenseFacts, Restriction, RestrictionKind } from "./license.ts";
export { licenseCatalog } from "./license-catalog.ts";
export type { LicenseData, LicenseEntry, LicenseSource } from "./license-data.ts";
export { evaluateLicense, type LicenseVerdict } from "./license-verdict.ts";
export {
  type DescribedComponent,
  emptyModel,
  type FrameworkFacts,
  type LicenseStatement,
  type ModelDescription,
  type ModelLicenses,
  type ReleaseFacts,
} from "./model.ts";
