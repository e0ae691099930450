/** A mof.yml converted from another file, and what a person must still complete. */
export interface ImportedModel {
  /** The YAML. */
  readonly text: string;
  /** Fields that were taken over. */
  readonly taken: readonly string[];
  /** Fields left empty and marked. */
  readonly toFillIn: readonly string[];
  /** Components that the source only claims, marked. */
  readonly toConfirm: readonly string[];
  /** Components that the source does not mention. */
  readonly notSaid: readonly string[];
}
