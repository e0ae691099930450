// The part of SPDX 3.0.1 that is written, as JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/serializations/): types only.

/** A document: every element of it is in the graph. */
export interface SpdxGraph {
  readonly "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
  readonly "@graph": readonly SpdxElement[];
}

/** An element, by its class. Which properties it needs is said by the model of the class. */
export interface SpdxElement {
  readonly type: SpdxClass;
  readonly [property: string]: unknown;
}

/** The classes that are written. */
export type SpdxClass =
  | "CreationInfo"
  | "SoftwareAgent"
  | "Organization"
  | "SpdxDocument"
  | "software_Sbom"
  | "ai_AIPackage"
  | "software_Package"
  | "software_File"
  | "simplelicensing_LicenseExpression"
  | "Relationship";
