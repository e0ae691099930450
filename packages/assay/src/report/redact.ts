import type { Check } from "../api/check.ts";
import { isUnavailable } from "../policy/facts.ts";
import type { CheckDocument } from "./json/documents.ts";

/** What is written in the place of what was left out. */
const LEFT_OUT = "…";

/**
 * A decision without what tells about the machine that made it: the paths of model, policy and signature, the folders above
 * them, and the names of policy and lock file. The model is called by the reference that the caller gave, else by its digest.
 * Names inside the model stay: they are what was decided about.
 */
export function withoutLocalNames(document: CheckDocument, check: Check): CheckDocument {
  const own = check.isReferenceGiven ? undefined : document.model.name;
  const name = own === undefined ? document.model.name : (document.model.manifestDigest ?? LEFT_OUT);
  const { signature, ...cleaned } = withoutPaths(document, localPaths(check));
  return {
    ...cleaned,
    model: { ...cleaned.model, path: null, name },
    policy: {
      ...cleaned.policy,
      path: null,
      files: document.policy.files.map(({ digest }, index) => ({ name: `file-${index + 1}`, digest })),
    },
    signature: signature && { ...signature, source: signature.source && { ...signature.source, path: null } },
    // A lock file names models as this machine does.
    rules: cleaned.rules.map((rule) =>
      rule.rule === "pin" && own !== undefined ? { ...rule, message: rule.message.replaceAll(own, LEFT_OUT) } : rule,
    ),
  };
}

/** The paths and file names that must not appear, longest first, so that none leaves a part of another. */
export function localPaths({ model, source, policy, signers, facts }: Check): readonly string[] {
  const sources = facts === undefined || isUnavailable(facts.advisories) ? [] : facts.advisories.sources.map(({ path }) => path);
  const signature = signers?.source?.path ?? "";
  // What is on a server is told by its reference, and a signature there by its name.
  const ofModel = source === undefined ? [model, signature] : [signature].filter((path) => /^(?:[/\\]|[A-Za-z]:)/.test(path));
  const paths = [...ofModel, policy.path, ...sources];
  const names = [policy.path.split(/[/\\]/).at(-1) ?? "", ...policy.files.map(({ name }) => name)];
  const all = new Set([...paths, ...paths.flatMap(foldersAbove), ...names]);
  return [...all].filter((text) => text.length > 1).toSorted((a, b) => b.length - a.length);
}

/** `/home/a/models` and `/home/a` of `/home/a/models/m`. A folder directly under the root tells nothing. */
function foldersAbove(path: string): string[] {
  const ends = [...path.matchAll(/[/\\]/g)].map(({ index }) => index);
  return ends.slice(2).map((end) => path.slice(0, end));
}

/** Every text of a value without these paths. */
export function withoutPaths<Value>(value: Value, paths: readonly string[]): Value {
  if (paths.length === 0) return value;
  const any = new RegExp(
    `(?<![\\w.-])(?:${paths.map((path) => path.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})(?![\\w-])`,
    "g",
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape stays: only texts are replaced
  return mapTexts(value, (text) => text.replaceAll(any, LEFT_OUT)) as Value;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}
