/** A regular expression for the whole of a name. */
export interface IdentityPattern {
  readonly source: string;
  matches(text: string): boolean;
}
