import { VERSION } from "../../core/version.ts";
import { writtenLicense, type WrittenLicense } from "../evidence/license.ts";
import { MANIFEST_FILE } from "../evidence/manifest.ts";
import { evidenceName, hexOf, type CheckedModel, type EvidenceOptions } from "../evidence/question.ts";
import type { CycloneDxBom, CycloneDxComponent, CycloneDxLicense, CycloneDxModelCard } from "./bom.ts";

/**
 * A checked model as a CycloneDX 1.7 bill of materials: its files with their digests, license, architecture and numbers, as
 * far as they are known. The manifest digest is not a hash of one file, and so a property and a reference.
 */
export function cycloneDxBom(check: CheckedModel, options: EvidenceOptions): CycloneDxBom {
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.7",
    version: 1,
    metadata: {
      timestamp: options.verifiedAt.toISOString(),
      tools: { components: [{ type: "application", name: "Assay", version: VERSION }] },
      component: modelComponent(check, options),
    },
  };
}

function modelComponent(check: CheckedModel, options: EvidenceOptions): CycloneDxComponent {
  const { reference, isReferenceGiven, digested, decision } = check;
  const { revision, purl } = reference;
  const license = writtenLicense(check, options.licenses);
  return {
    type: "machine-learning-model",
    "bom-ref": "model",
    name: evidenceName(check, options),
    ...(revision === undefined ? {} : { version: revision }),
    ...(purl === undefined || !isReferenceGiven ? {} : { purl }),
    ...(license === undefined ? {} : { licenses: [licensePart(license)] }),
    externalReferences: [
      {
        type: "evidence",
        url: MANIFEST_FILE,
        comment: "names and digests of all files; its SHA-256 is the manifest digest, which identifies the model",
        hashes: [{ alg: "SHA-256", content: hexOf(digested.manifestDigest) }],
      },
    ],
    components: digested.files.map(({ name, digests }, index) => ({
      type: "file",
      "bom-ref": `file-${index + 1}`,
      name,
      hashes: digests.map((content) => ({ alg: "SHA-256", content })),
    })),
    modelCard: modelCard(check),
    properties: [
      { name: "assay:manifestDigest", value: digested.manifestDigest },
      { name: "assay:decision", value: decision.decision },
      { name: "assay:totalBytes", value: String(digested.totalBytes) },
      ...(check.scan === undefined ? [] : [{ name: "assay:loadRisk", value: check.scan.risk.outcome }]),
      ...opennessProperties(check),
    ],
  };
}

/** Of the model as it was found: what its files claim is in the evidence about openness. */
function opennessProperties({ inspection }: CheckedModel): { readonly name: string; readonly value: string }[] {
  if (inspection === undefined) return [];
  const { class: reached } = inspection.asFound.evaluation;
  return [{ name: "assay:opennessClass", value: reached === null ? "none" : String(reached) }];
}

function licensePart({ kind, text, basis }: WrittenLicense): CycloneDxLicense {
  if (kind === "expression") return { expression: text, acknowledgement: basis };
  return { license: { ...(kind === "id" ? { id: text } : { name: text }), acknowledgement: basis } };
}

/** More results than a card has: the rest of a hostile one is left out. */
const MAX_CLAIMS = 500;

/** Task, data sets and results are what the model's card claims, and a property says so. */
function modelCard({ scan, inspection }: CheckedModel): CycloneDxModelCard {
  const { architecture, parameters, types, quantization, contextLength } = scan?.risk.facts ?? {};
  const { task, datasets = [], results = [] } = inspection?.findings.cardFields ?? {};
  const claims = [...(task === undefined ? [] : ["task"]), ...(datasets.length === 0 ? [] : ["datasets"])];
  const claimed = [...claims, ...(results.length === 0 ? [] : ["performanceMetrics"])].join(",");
  const known: readonly (readonly [string, string | undefined])[] = [
    ["assay:parameters", parameters === undefined ? undefined : String(parameters)],
    ["assay:types", types === undefined || types.length === 0 ? undefined : types.join(",")],
    ["assay:quantization", quantization],
    ["assay:contextLength", contextLength === undefined ? undefined : String(contextLength)],
    ["assay:claimedByCard", claimed === "" ? undefined : claimed],
  ];
  const properties = known.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const modelParameters = {
    ...(task === undefined ? {} : { task }),
    ...(architecture === undefined ? {} : { modelArchitecture: architecture }),
    ...(datasets.length === 0 ? {} : { datasets: datasets.slice(0, MAX_CLAIMS).map((name) => ({ type: "dataset" as const, name })) }),
  };
  return {
    ...(Object.keys(modelParameters).length === 0 ? {} : { modelParameters }),
    ...(results.length === 0 ? {} : { quantitativeAnalysis: { performanceMetrics: results.slice(0, MAX_CLAIMS).map(metricPart) } }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

type ClaimedResult = NonNullable<NonNullable<CheckedModel["inspection"]>["findings"]["cardFields"]>["results"][number];

function metricPart({ metric, value, dataset }: ClaimedResult): { readonly type: string; readonly value: string; readonly slice?: string } {
  return { type: metric, value, ...(dataset === undefined ? {} : { slice: dataset }) };
}
