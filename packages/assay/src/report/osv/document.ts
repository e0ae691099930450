/** An advisory as OSV 1.7 has it, as far as one is written here: https://ossf.github.io/osv-schema/. */
export interface OsvDocument {
  readonly schema_version: string;
  readonly id: string;
  readonly modified: string;
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  readonly affected: readonly OsvAffected[];
  readonly references?: readonly { readonly type: "PACKAGE"; readonly url: string }[];
  /** How the findings were made. */
  readonly database_specific: {
    readonly tool: string;
    readonly outcome: "code" | "invalid" | "unknown";
    readonly reasons: readonly string[];
  };
}

/** What is affected: a revision of a published model, and bytes. */
export interface OsvAffected {
  readonly package?: { readonly ecosystem: "GIT"; readonly name: string; readonly purl: string };
  readonly versions?: readonly string[];
  readonly database_specific: {
    readonly digests: {
      /** Of the whole model. */
      readonly manifest: string;
      /** Of each file that has a finding. */
      readonly files: readonly string[];
    };
  };
}
