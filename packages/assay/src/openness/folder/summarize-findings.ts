import { componentFindings } from "./component-findings.ts";
import { narrowLicenses } from "./narrow-licenses.ts";
import type { ModelFindings, OpennessFacts, OpennessFinding } from "./findings.ts";

/** What is made of findings alone. */
export type FindingsSummary = Omit<ModelFindings, "folder" | "files" | "fileCount" | "read" | "warnings">;

/** Puts findings together, component by component and subject by subject. Where several files state a fact, the first counts. */
export function summarizeFindings(findings: readonly OpennessFinding[]): FindingsSummary {
  const card = ofKind(findings, "main-card")[0];
  const modelFile = ofKind(findings, "model-file")[0];
  const release = ofKind(findings, "release").map(({ facts }) => facts);
  const parameters = release.reduce((sum, facts) => sum + (facts.parameters ?? 0), 0);
  return {
    findings,
    components: componentFindings(findings),
    licenseFiles: narrowLicenses(ofKind(findings, "license-text").map(({ facts }) => facts.text)),
    licenseClaims: ofKind(findings, "license-statement").map(({ facts }) => facts.statement),
    card: card?.file,
    isDataSet: card?.facts.isDataSet ?? false,
    cardFields: ofKind(findings, "card-fields").find(({ file }) => file === card?.file)?.facts.fields,
    alsoFound: ofKind(findings, "context").map(({ file }) => file),
    modelFile: modelFile === undefined ? undefined : { path: modelFile.file, bytes: modelFile.facts.bytes, model: modelFile.facts.model },
    facts: {
      name: release.find(({ name }) => name !== undefined)?.name,
      parameters: parameters > 0 ? parameters : undefined,
      architecture: release.find(({ architecture }) => architecture !== undefined)?.architecture,
      software: release.find(({ software }) => software !== undefined)?.software,
      baseModels: [...new Set(release.flatMap(({ baseModels = [] }) => baseModels))],
    },
  };
}

interface Of<Kind> {
  readonly file: string;
  readonly facts: Extract<OpennessFacts, { readonly kind: Kind }>;
}

function ofKind<Kind extends OpennessFacts["kind"]>(findings: readonly OpennessFinding[], kind: Kind): Of<Kind>[] {
  return findings.flatMap(({ file, facts }) => (isOfKind(facts, kind) ? [{ file, facts }] : []));
}

function isOfKind<Kind extends OpennessFacts["kind"]>(
  facts: OpennessFacts,
  kind: Kind,
): facts is Extract<OpennessFacts, { readonly kind: Kind }> {
  return facts.kind === kind;
}
