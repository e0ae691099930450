import type { Check } from "../../api/check.ts";
import type { LicenseCatalog } from "../../openness/license.ts";
import { inOrder } from "../in-order.ts";

/** How evidence of a check is written. */
export interface EvidenceOptions {
  /** Who checked: an absolute URI. Default: `urn:assay:verifier:unnamed`. */
  readonly verifierId?: string;
  /** When the check was made: the clock, never a time that was chosen. */
  readonly verifiedAt: Date;
  /** The moment that the model was checked for was chosen, and is not the clock's. Default false. */
  readonly isTimeChosen?: boolean;
  /** Leaves out the paths of this machine, and calls a model by its reference or its digest. Default false. */
  readonly redact?: boolean;
  /** What is known of licenses: which ones SPDX lists. */
  readonly licenses: LicenseCatalog;
}

declare const ordered: unique symbol;

/**
 * A check of a model that was read, so that it has an identity, with every list in one order: what evidence is written about.
 * Only `checkedModel` makes one.
 */
export interface CheckedModel extends Check {
  readonly [ordered]: true;
  readonly digested: NonNullable<Check["digested"]>;
  readonly facts: NonNullable<Check["facts"]>;
}

/** Undefined for a check whose model could not be read: nothing says which bytes it is about. */
export function checkedModel(check: Check): CheckedModel | undefined {
  if (check.digested === undefined || check.facts === undefined) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand has no value; this line is what makes it
  return inOrder(check) as CheckedModel;
}

/** What the model is called: by the reference that was given, else by its own name or, without local names, by its digest. */
export function evidenceName({ reference, isReferenceGiven, digested }: CheckedModel, { redact = false }: EvidenceOptions): string {
  return isReferenceGiven || !redact ? reference.name : digested.manifestDigest;
}

/**
 * What the model is, as evidence names resources: its package URL, else the pinned reference or the one that was given, else its digest. Never a
 * path, and so no reference to a file either.
 */
export function resourceUri({ reference, source, isReferenceGiven, digested }: CheckedModel): string {
  if (!isReferenceGiven || reference.reference.startsWith("file:")) return manifestUrn(digested.manifestDigest);
  if (reference.purl !== undefined) return reference.purl;
  // The name of one version, where it is that of what was read.
  return source?.pinned.startsWith(reference.reference) === true ? source.pinned : reference.reference;
}

/** `urn:assay:manifest:sha256:…` */
export function manifestUrn(manifestDigest: string): string {
  return `urn:assay:manifest:${manifestDigest}`;
}

/** Hex of `sha256:…`. */
export function hexOf(digest: string): string {
  return digest.slice(digest.indexOf(":") + 1);
}
