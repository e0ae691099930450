import type { Sector } from "../../api/init-policy.ts";

/** What people choose models by, and what a policy says. */
export type Concern = "security" | "privacy" | "cost" | "quality" | "openness";

/** How each is named. */
export const CONCERN_TITLES: Readonly<Record<Concern, string>> = {
  security: "Security",
  privacy: "Privacy, control",
  cost: "Cost",
  quality: "Claimed quality",
  openness: "Openness",
};

/** The order of the concerns, and why. The figures are those of the Linux Foundation's survey that policies name too. */
export interface ConcernOrder {
  readonly order: readonly Concern[];
  readonly why: string;
}

const REGULATED: ConcernOrder = {
  order: ["security", "privacy", "cost", "quality", "openness"],
  why: "security (61 %) and privacy (60 %) come first in finance and healthcare",
};

const ORDERS: Readonly<Record<Sector, ConcernOrder>> = {
  finance: REGULATED,
  healthcare: REGULATED,
  public: {
    order: ["privacy", "security", "cost", "openness", "quality"],
    why: "security and data control (43 %), cost and data sovereignty (36 % each) are why models are run on one's own machines",
  },
  it: {
    order: ["quality", "security", "cost", "privacy", "openness"],
    why: "accuracy and performance (60 %) come first in IT",
  },
  research: {
    order: ["openness", "quality", "cost", "privacy", "security"],
    why: "what can be studied and repeated comes first; the survey has no figure for research",
  },
};

/** The order for a sector; without one, the order in which docs/compare.md explains the concerns. */
export function concernOrder(sector: Sector | undefined): ConcernOrder {
  return sector === undefined ? { order: REGULATED.order, why: "" } : ORDERS[sector];
}
