/** What the fields of a model card say, and its headings. All of it is claimed; nothing is checked. */
export interface CardFields {
  /** The file. */
  readonly file: string;
  /** `pipeline_tag`: `text-generation`. */
  readonly task: string | undefined;
  /** `library_name`: `transformers`. */
  readonly library: string | undefined;
  readonly languages: readonly string[];
  /** Data sets that it was trained on. */
  readonly datasets: readonly string[];
  readonly tags: readonly string[];
  /** Results of `model-index`. */
  readonly results: readonly ClaimedResult[];
  readonly headings: readonly string[];
  /** Whether it shows code that loads or runs the model. */
  readonly showsUse: boolean;
}

/** One result of an evaluation, as the card writes it. */
export interface ClaimedResult {
  readonly task: string | undefined;
  readonly dataset: string | undefined;
  readonly metric: string;
  readonly value: string;
}
