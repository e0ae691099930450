import type { ModelFacts } from "./facts.ts";
import { compileGlob, type Glob } from "./glob.ts";
import type { Policy, PolicyEntry } from "./policy.ts";

/** The entry for a model: one with `deny` before all others, else the first that matches; undefined where none does. */
export function matchingEntry(policy: Policy, model: ModelFacts): PolicyEntry | undefined {
  const matching = policy.entries.filter((entry) => isMatch(entry, model));
  return matching.find(({ deny }) => deny !== undefined) ?? matching[0];
}

/** The entries that may match a model whose bytes are not known yet, in the order of the policy. */
export function candidateEntries(policy: Policy, model: Omit<ModelFacts, "manifestDigest">): readonly PolicyEntry[] {
  return policy.entries.filter((entry) => isNamed(entry, model));
}

function isMatch(entry: PolicyEntry, model: ModelFacts): boolean {
  const { manifest } = entry.match;
  return isNamed(entry, model) && (manifest === undefined || manifest.includes(model.manifestDigest));
}

function isNamed({ match }: PolicyEntry, { name, reference }: Omit<ModelFacts, "manifestDigest">): boolean {
  return (
    (match.name === undefined || match.name.some((pattern) => glob(pattern).matches(name))) &&
    (match.reference === undefined || match.reference.some((pattern) => glob(pattern).matches(reference)))
  );
}

/** Patterns are few and asked for every model. */
const globs = new Map<string, Glob>();
const MAX_GLOBS = 10_000;

function glob(pattern: string): Glob {
  const known = globs.get(pattern);
  if (known !== undefined) return known;
  const compiled = compileGlob(pattern);
  if (globs.size >= MAX_GLOBS) globs.clear();
  globs.set(pattern, compiled);
  return compiled;
}
