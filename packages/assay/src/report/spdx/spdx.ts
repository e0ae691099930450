import { VERSION } from "../../core/version.ts";
import { writtenLicense, type WrittenLicense } from "../evidence/license.ts";
import { evidenceName, hexOf, manifestUrn, type CheckedModel, type EvidenceOptions } from "../evidence/question.ts";
import { aiPackageFacts } from "./ai-package.ts";
import type { SpdxElement, SpdxGraph } from "./document.ts";

/**
 * A checked model as an SPDX 3.0.1 document (JSON-LD): a package with its files, their digests and its license. It is an
 * `ai_AIPackage` only where all that this class needs is known: nothing is made up.
 */
export function spdxDocument(check: CheckedModel, options: EvidenceOptions): SpdxGraph {
  return { "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": elements(check, options) };
}

const CREATION_INFO = "_:creation";

function elements(check: CheckedModel, options: EvidenceOptions): SpdxElement[] {
  const { digested } = check;
  // SPDX has no fractions of a second.
  const created = `${options.verifiedAt.toISOString().slice(0, 19)}Z`;
  const base = `urn:assay:spdx:${hexOf(digested.manifestDigest)}:${created.replaceAll(/[-:]/g, "")}`;
  const idOf = (name: string): string => `${base}#${name}`;
  const element = (type: SpdxElement["type"], name: string, properties: object): SpdxElement & { readonly spdxId: string } => {
    return { type, spdxId: idOf(name), creationInfo: CREATION_INFO, ...properties };
  };

  const license = writtenLicense(check, options.licenses);
  const ai = aiPackageFacts(check);
  const supplier = ai === undefined ? undefined : element("Organization", "supplier", { name: ai.supplier });
  const model = element(ai === undefined ? "software_Package" : "ai_AIPackage", "model", {
    name: evidenceName(check, options),
    software_primaryPurpose: "model",
    ...packageFacts(check),
    ...(ai === undefined || supplier === undefined
      ? {}
      : {
          suppliedBy: supplier.spdxId,
          releaseTime: ai.releaseTime,
          software_downloadLocation: ai.downloadLocation,
          software_packageVersion: ai.packageVersion,
          ...(ai.typeOfModel === undefined ? {} : { ai_typeOfModel: [ai.typeOfModel] }),
        }),
    ...(license?.kind === "name" ? { comment: `The license is ${basisOf(license)} as: ${license.text}` } : {}),
  });
  const files = digested.files.map(({ name, digests }, index) =>
    element("software_File", `file-${index + 1}`, {
      name,
      verifiedUsing: digests.map((hashValue) => ({ type: "Hash", algorithm: "sha256", hashValue })),
    }),
  );
  const contains = element("Relationship", "contains", {
    from: model.spdxId,
    relationshipType: "contains",
    to: files.map(({ spdxId }) => spdxId),
    completeness: "complete",
  });
  const licensed = license === undefined || license.kind === "name" ? [] : licenseElements(license, model.spdxId, element);
  const content = [...(supplier === undefined ? [] : [supplier]), model, ...files, contains, ...licensed];
  const sbom = element("software_Sbom", "sbom", {
    rootElement: [model.spdxId],
    element: content.map(({ spdxId }) => spdxId),
    software_sbomType: ["analyzed"],
  });
  const agent = element("SoftwareAgent", "assay", { name: `Assay ${VERSION}` });
  return [
    { type: "CreationInfo", "@id": CREATION_INFO, specVersion: "3.0.1", created, createdBy: [agent.spdxId] },
    agent,
    element("SpdxDocument", "document", {
      profileConformance: ["core", "software", "simpleLicensing", ...(ai === undefined ? [] : ["ai"])],
      rootElement: [sbom.spdxId],
      element: [agent, sbom, ...content].map(({ spdxId }) => spdxId),
    }),
    sbom,
    ...content,
  ];
}

type MakeElement = (type: SpdxElement["type"], name: string, properties: object) => SpdxElement & { readonly spdxId: string };

/** What is known of any package: its identity, and its package URL. */
function packageFacts({ reference, isReferenceGiven, digested }: CheckedModel): object {
  return {
    ...(isReferenceGiven && reference.purl !== undefined ? { software_packageUrl: reference.purl } : {}),
    externalIdentifier: [
      {
        type: "ExternalIdentifier",
        externalIdentifierType: "other",
        identifier: manifestUrn(digested.manifestDigest),
        comment: "the manifest digest of Assay: SHA-256 over names and digests of all files",
      },
    ],
  };
}

function licenseElements(license: WrittenLicense, from: string, element: MakeElement): (SpdxElement & { readonly spdxId: string })[] {
  const expression = element("simplelicensing_LicenseExpression", "license", { simplelicensing_licenseExpression: license.text });
  const relationshipType = license.basis === "concluded" ? "hasConcludedLicense" : "hasDeclaredLicense";
  return [expression, element("Relationship", "licensed", { from, relationshipType, to: [expression.spdxId] })];
}

function basisOf({ basis }: WrittenLicense): string {
  return basis === "concluded" ? "known from its text" : "declared";
}
