import type { AdvisoryFacts, AdvisoryHit, AdvisorySource } from "../facts.ts";
import type { Advisory, Affected } from "./advisory.ts";
import { isSamePackage } from "./purl.ts";

/** Advisories, and where they are from. */
export interface AdvisoryCollection {
  readonly sources: readonly AdvisorySource[];
  readonly advisories: readonly Advisory[];
}

/** What advisories are compared with. */
export interface AdvisedModel {
  /** `sha256:` and hex. */
  readonly manifestDigest: string;
  /** Digests of the single files: `sha256:` and hex. */
  readonly fileDigests: ReadonlySet<string>;
  /** What the model is called where it was published; undefined where no reference says so. */
  readonly purl: PublishedModel | undefined;
}

/** A model at a hub. */
export interface PublishedModel {
  /** `huggingface`. */
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** Of the files at hand; undefined where it is not known. */
  readonly revision: string | undefined;
  /** The server; undefined for the type's own. */
  readonly repositoryUrl?: string | undefined;
}

/**
 * Which advisories are about this model: by the digest of all of it or of one file, whatever it is called, or by its package
 * URL and revision. A model without a reference can only be found by its digests: a folder's name proves no owner. What would
 * need the history of a repository, or a revision that is not known, is undecided, and never a no. One that was withdrawn is
 * about no model. The order of the advisories means nothing.
 */
export function matchAdvisories(collections: readonly AdvisoryCollection[], model: AdvisedModel): AdvisoryFacts {
  const hits = new Map<string, AdvisoryHit>();
  const undecided = new Set<string>();
  for (const { id, summary, isWithdrawn, affected } of collections.flatMap(({ advisories }) => advisories)) {
    if (isWithdrawn) continue;
    const answers = new Set(affected.map((one) => isAffected(one, model)));
    const other = hits.get(id);
    // Two sources may have one advisory in different words: the same are shown, whichever is read first.
    if (answers.has(true)) hits.set(id, { id, summary: other === undefined || summary < other.summary ? summary : other.summary });
    else if (answers.has(undefined)) undecided.add(id);
  }
  return {
    sources: collections.flatMap(({ sources }) => sources),
    hits: [...hits.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    undecided: [...undecided].filter((id) => !hits.has(id)).toSorted(),
  };
}

/** Undefined where it cannot be told here. OSV, "Evaluation": a revision is affected that `versions` lists or a range holds. */
function isAffected({ purl, versions, ranges, manifests, files }: Affected, model: AdvisedModel): boolean | undefined {
  if (manifests.includes(model.manifestDigest) || files.some((digest) => model.fileDigests.has(digest))) return true;
  if (purl === undefined || model.purl === undefined) return false;
  const { type, namespace, name, revision, repositoryUrl } = model.purl;
  if (!isSamePackage(purl, { type, namespace, name, repositoryUrl })) return false;
  // OSV wants no version in the package URL; one that is there narrows the advisory as `versions` does.
  const listed = purl.version === undefined ? versions : [...versions, purl.version];
  if (listed.length === 0 && ranges.length === 0) return true;
  if (ranges.some(({ isEverything }) => isEverything)) return true;
  const answers = new Set(listed.map((version) => (revision === undefined ? undefined : isRevision(version, revision))));
  if (answers.has(true)) return true;
  return ranges.length > 0 || answers.has(undefined) ? undefined : false;
}

/**
 * Whether two names are of one revision. A commit may be written in capitals or be cut short; whether a commit is the one
 * that a branch or a tag names, only the repository tells.
 */
function isRevision(a: string, b: string): boolean | undefined {
  if (a === b) return true;
  const [isCommit, isOtherCommit] = [COMMIT.test(a), COMMIT.test(b)];
  if (!isCommit || !isOtherCommit) return isCommit === isOtherCommit ? false : undefined;
  const [long, short] = [a.toLowerCase(), b.toLowerCase()].toSorted((x, y) => y.length - x.length);
  if (long === short) return true;
  return long?.startsWith(short ?? "") === true ? undefined : false;
}

const COMMIT = /^[0-9a-f]{7,64}$/i;
