/** A mof.yml made from something else, and what a person must still do. */
export interface ImportedModel {
  /** The YAML. */
  readonly text: string;
  /** What was taken over. */
  readonly taken: readonly string[];
  /** Fields that are empty and marked. */
  readonly toFillIn: readonly string[];
  /** Components that only the source's word speaks for, marked. */
  readonly toConfirm: readonly string[];
  /** Components that the source does not speak of. */
  readonly notSaid: readonly string[];
}
