// The part of SARIF 2.1.0 that is written (https://docs.oasis-open.org/sarif/sarif/v2.1.0): types only.

/** A log file (section 3.13). */
export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly SarifRun[];
}

/** How grave a result is (section 3.27.10). */
export type SarifLevel = "none" | "note" | "warning" | "error";

/** One run of the tool, over all models (section 3.14). */
export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly toolExecutionNotifications: readonly SarifNotification[];
    },
  ];
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string } | { readonly description: { readonly text: string } }>>;
  readonly artifacts: readonly { readonly location: SarifArtifactLocation; readonly length: number }[];
  readonly results: readonly SarifResult[];
  readonly columnKind: "utf16CodeUnits";
}

/** The tool, with its rules (section 3.19). */
export interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly SarifRule[];
}

/** A reason (section 3.49). */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
}

/** A file, by its path from a model's folder (section 3.4). */
export interface SarifArtifactLocation {
  readonly uri: string;
  readonly uriBaseId: string;
}

/** Where something is (section 3.28). */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: SarifArtifactLocation;
    readonly region?: { readonly byteOffset: number };
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string; readonly kind: "member" }[];
}

/** A finding (section 3.27). */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
  readonly suppressions?: readonly { readonly kind: "external"; readonly justification: string }[];
}

/** A file that was not read (section 3.58). */
export interface SarifNotification {
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
}
