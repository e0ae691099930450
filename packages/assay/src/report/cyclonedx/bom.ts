// The part of CycloneDX 1.7 that is written (https://cyclonedx.org/docs/1.7/json/): types only.

/** A bill of materials about one model. */
export interface CycloneDxBom {
  readonly $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json";
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.7";
  readonly version: 1;
  readonly metadata: {
    readonly timestamp: string;
    readonly tools: { readonly components: readonly CycloneDxComponent[] };
    readonly component: CycloneDxComponent;
  };
}

/** A model, a file of one, or a program. */
export interface CycloneDxComponent {
  readonly type: "machine-learning-model" | "file" | "application";
  readonly "bom-ref"?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly CycloneDxLicense[];
  readonly hashes?: readonly CycloneDxHash[];
  readonly externalReferences?: readonly CycloneDxReference[];
  readonly components?: readonly CycloneDxComponent[];
  readonly modelCard?: CycloneDxModelCard;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** A listed license, an expression of them, or a name. */
export type CycloneDxLicense =
  | {
      readonly license: ({ readonly id: string } | { readonly name: string }) & { readonly acknowledgement: "concluded" | "declared" };
    }
  | { readonly expression: string; readonly acknowledgement: "concluded" | "declared" };

/** The digest of a file: `SHA-256` and hex. */
export interface CycloneDxHash {
  readonly alg: "SHA-256";
  readonly content: string;
}

/** A document beside the bill of materials, by its name. */
export interface CycloneDxReference {
  readonly type: "evidence" | "attestation" | "static-analysis-report" | "bom";
  readonly url: string;
  readonly comment: string;
  readonly hashes?: readonly CycloneDxHash[];
}

/** What is known of the model, and nothing else. */
export interface CycloneDxModelCard {
  readonly modelParameters?: {
    readonly task?: string;
    readonly modelArchitecture?: string;
    readonly datasets?: readonly { readonly type: "dataset"; readonly name: string }[];
  };
  readonly quantitativeAnalysis?: {
    readonly performanceMetrics: readonly { readonly type: string; readonly value: string; readonly slice?: string }[];
  };
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}
