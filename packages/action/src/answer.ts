import type { CheckDocument, ErrorDocument, JsonDocument, ScanDocument } from "../../assay/src/report/json/documents.ts";
import type { Annotation, AnnotationPlace } from "./workflow-commands.ts";

export type Result = JsonDocument | ErrorDocument;

/** How a path on this machine is named in an annotation: undefined outside the workspace. */
export type NameInWorkspace = (path: string) => string | undefined;

/** What GitHub shows of one step, of each level. */
const MAX_ANNOTATIONS = 10;

/** What later steps can use: the answer in a word, and the digest of each model, one a line. */
export function outputsOf(results: readonly Result[]): Map<string, string> {
  const outputs = new Map<string, string>();
  const add = (name: string, value: string | null | undefined): void => {
    if (value === null || value === undefined) return;
    const before = outputs.get(name);
    outputs.set(name, before === undefined ? value : `${before}\n${value}`);
  };
  for (const result of results) {
    switch (result.schema) {
      case "urn:assay:schema:check:v1":
        add("decision", result.decision);
        add("digest", result.model.manifestDigest);
        break;
      case "urn:assay:schema:checks:v1":
        add("decision", result.decision);
        for (const { model } of result.models) add("digest", model.manifestDigest ?? "");
        break;
      case "urn:assay:schema:verify:v1":
        add("outcome", result.outcome);
        // Of bytes that were not verified, nothing is passed on.
        if (result.outcome === "verified") add("digest", result.manifest?.manifestDigest);
        break;
      case "urn:assay:schema:verify-evidence:v1":
        add("outcome", result.outcome);
        if (result.outcome !== "verified") break;
        add("decision", result.statement?.decision);
        add("digest", result.statement?.manifestDigest);
        break;
      case "urn:assay:schema:scan:v1":
        add("outcome", result.outcome);
        break;
      case "urn:assay:schema:openness:v1":
        add("class", result.class === null ? "none" : String(result.class));
        if ("manifestDigest" in result) add("digest", result.manifestDigest);
        break;
      case "urn:assay:schema:digest:v1":
        add("digest", result.manifestDigest);
        break;
      case "urn:assay:schema:sign:v1":
        add("digest", result.manifest.manifestDigest);
        add("signature", result.signature?.path);
        break;
      case "urn:assay:schema:error:v1":
        add("outcome", result.error.outcome);
        break;
      default:
    }
  }
  return outputs;
}

/** What fails, and what warns, as annotations: those of a policy's rules at their lines, those of files at the files. */
export function annotationsOf(results: readonly Result[], nameOf: NameInWorkspace): Annotation[] {
  const all = results.flatMap((result) => annotationsOfOne(result, nameOf));
  return (["error", "warning"] as const).flatMap((level) => {
    const own = all.filter((annotation) => annotation.level === level);
    const rest = own.length - MAX_ANNOTATIONS;
    if (rest <= 0) return own;
    const last: Annotation = { level, title: "Assay", message: `and ${rest + 1} more: see the summary of the job` };
    return [...own.slice(0, MAX_ANNOTATIONS - 1), last];
  });
}

function annotationsOfOne(result: Result, nameOf: NameInWorkspace): Annotation[] {
  switch (result.schema) {
    case "urn:assay:schema:check:v1":
      return annotationsOfCheck(result, nameOf);
    case "urn:assay:schema:checks:v1":
      return result.models.flatMap((one) => annotationsOfCheck(one, nameOf));
    case "urn:assay:schema:scan:v1":
      return annotationsOfScan(result, nameOf);
    case "urn:assay:schema:verify:v1":
    case "urn:assay:schema:verify-evidence:v1":
      return result.error === null ? [] : [{ level: "error", title: "Assay: not verified", message: withHint(result.error) }];
    case "urn:assay:schema:openness:v1":
      if (result.exitCode === 0) return [];
      return [
        { level: "error", title: "Assay: openness", message: `${result.label}, and class ${result.requiredClass ?? ""} is required` },
      ];
    case "urn:assay:schema:policy-lint:v1":
      return result.findings.map(({ message, line, column }) => ({
        level: "error",
        title: "Assay: policy",
        message,
        file: nameOf(result.policy.path),
        line,
        column,
      }));
    case "urn:assay:schema:error:v1": {
      const { details } = result.error;
      const place: AnnotationPlace = details === null ? {} : { file: nameOf(details.file), line: details.line, column: details.column };
      return [{ level: "error", title: "Assay", message: withHint(result.error), ...place }];
    }
    default:
      return [];
  }
}

function annotationsOfCheck({ decision, model, policy, rules, error, decidedBy }: CheckDocument, nameOf: NameInWorkspace): Annotation[] {
  const file = policy.path === null ? undefined : nameOf(policy.path);
  if (error !== null) return [{ level: "error", title: `Assay: ${model.name}`, message: withHint(error) }];
  const ofRules = rules.flatMap(({ rule, outcome, message, line, column, remedy }): Annotation[] => {
    if (outcome === "pass" || outcome === "waived") return [];
    const level = outcome === "warn" ? "warning" : "error";
    const text = remedy === null ? message : `${message}. ${remedy.text}`;
    return [{ level, title: `Assay: ${model.name}, ${outcome} by ${rule}`, message: text, file, line, column }];
  });
  const isSaid = decision === "allow" || ofRules.some(({ level }) => level === "error");
  if (isSaid) return ofRules;
  return [{ level: "error", title: `Assay: ${model.name}`, message: policy.denied ?? decidedBy?.code ?? decision, file }, ...ofRules];
}

function annotationsOfScan({ models, files }: ScanDocument, nameOf: NameInWorkspace): Annotation[] {
  const ofModels = models.flatMap(({ model, findings }) =>
    findings.map(({ what }): Annotation => ({ level: "error", title: "Assay: scan", message: `${model}: ${what}` })),
  );
  const ofFiles = files.flatMap(({ model, file, outcome, findings }): Annotation[] => {
    if (outcome === "data-only") return [];
    const first = findings.find((finding) => finding.outcome === outcome && !finding.waived);
    const kind = models.find((one) => one.model === model)?.kind;
    const path = kind === "file" ? model : `${model}/${file}`;
    const message = first === undefined ? `${file}: ${outcome}` : `${file} ${first.what} → ${first.advice}`;
    return [{ level: "error", title: `Assay: ${outcome}`, message, file: nameOf(path) }];
  });
  return [...ofModels, ...ofFiles];
}

function withHint({ message, hint }: { readonly message: string; readonly hint: string | null }): string {
  return hint === null ? message : `${message}. ${hint}`;
}
