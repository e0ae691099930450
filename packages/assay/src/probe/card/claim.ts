import type { ComponentName } from "../../openness/components.ts";

/** A component that a card links to or describes. */
export interface CardClaim {
  readonly component: ComponentName;
  /** The address or name that the card gives; undefined where it only describes. */
  readonly target: string | undefined;
  /** What the card says, in a few words. */
  readonly why: string;
  /** The line of the card; undefined for its fields. */
  readonly line?: number;
}
