import type { Reason } from "../reason.ts";

/** Archives of skops, which name the types of the objects that are made. */
export const SKOPS_REASONS = {
  "skops/type": {
    outcome: "code",
    title: "a skops archive that makes objects of a type that is not in the list",
    advice: "waive",
    meaning:
      "`schema.json` of the archive names the types and functions of which skops makes objects. skops asks its caller to trust types that it does not " +
      "know; the list here has only containers, plain values and arrays. An estimator of scikit-learn is code of its library, and can be allowed by its exact name.",
    abuse:
      "CVE-2025-54412 and CVE-2025-54413: skops showed another name for trust than the function that it then called. CVE-2025-54886: a card loads a pickle instead.",
  },
  "skops/malformed": {
    outcome: "invalid",
    title: "a skops archive that skops cannot load",
    advice: "download-again",
    meaning: "The archive has no `schema.json`, or one that is not the JSON of a tree of objects.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
