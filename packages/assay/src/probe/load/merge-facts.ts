import type { LoadFacts } from "../../risk/findings.ts";

/** What two parts of a file say together: counts are added, types joined; of what is said once, the later counts. */
export function mergeFacts(before: LoadFacts, more: LoadFacts): LoadFacts {
  const types = new Set([...(before.types ?? []), ...(more.types ?? [])]);
  return {
    ...before,
    ...more,
    ...sum("tensors", before, more),
    ...sum("parameters", before, more),
    ...sum("weightBytes", before, more),
    ...(types.size > 0 && { types: [...types].sort() }),
  };
}

function sum(key: "tensors" | "parameters" | "weightBytes", before: LoadFacts, more: LoadFacts): LoadFacts {
  const [a, b] = [before[key], more[key]];
  return a === undefined || b === undefined ? {} : { [key]: a + b };
}
