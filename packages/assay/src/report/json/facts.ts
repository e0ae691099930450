import { isUnavailable, type Facts, type SignatureFacts, type SignerCheck } from "../../policy/facts.ts";
import type { LockedModel } from "../../policy/lock.ts";
import type { Policy } from "../../policy/policy.ts";
import { askedSigners } from "../../policy/record/recorded-facts.ts";
import type { FactsDocument, PinnedFactPart, SignerFactPart } from "./documents.ts";
import { head } from "./head.ts";

/**
 * The document of the facts that a decision rests on: schemas/facts.v1.json. `policy` is the one that was asked: its signers are
 * recorded with the result of each. `readFacts` reads the document.
 */
export function factsDocument(facts: Facts, at: Date, policy: Policy): FactsDocument {
  const { model, uncovered, lock, load, weights, totalBytes, license, openness, digests, advisories } = facts;
  return {
    ...head("facts"),
    at: at.toISOString(),
    model: { name: model.name, reference: model.reference, manifestDigest: model.manifestDigest },
    signature: isUnavailable(facts.signature) ? facts.signature : signaturePart(facts.signature, facts, policy),
    uncovered: isUnavailable(uncovered) ? uncovered : uncovered.map(({ name, isLoaded }) => ({ name, isLoaded })),
    lock: isUnavailable(lock) ? lock : { models: lock.lock === undefined ? null : modelsPart(lock.lock.models) },
    load: isUnavailable(load)
      ? load
      : {
          outcome: load.outcome,
          findings: load.findings.map(({ reason, outcome, file, what, offset, name }) => {
            return { reason, outcome, file, what, offset: offset ?? null, name: name ?? null };
          }),
        },
    weights: isUnavailable(weights)
      ? weights
      : weights.map(({ name, format, memoryBytes }) => ({ name, format: format ?? null, memoryBytes: memoryBytes ?? null })),
    totalBytes,
    license: isUnavailable(license)
      ? license
      : { found: license.found ?? null, claimed: license.claimed ?? null, hasUnknownText: license.hasUnknownText },
    openness: isUnavailable(openness) ? openness : { found: openness.found, claimed: openness.claimed },
    digests,
    advisories: isUnavailable(advisories)
      ? advisories
      : {
          sources: advisories.sources.map(({ path, generated, problem }) => {
            return { path, generated: generated ?? null, problem: problem ?? null };
          }),
          hits: advisories.hits.map(({ id, summary }) => ({ id, summary })),
          undecided: advisories.undecided,
        },
  };
}

function signaturePart({ isSigned, changed, always, entry }: SignatureFacts, facts: Facts, policy: Policy): FactsDocument["signature"] {
  const asked = askedSigners(policy, facts);
  return { isSigned, changed, always: checkParts(asked.always, always), entry: checkParts(asked.entry, entry) };
}

function checkParts(names: readonly string[], checks: readonly SignerCheck[]): SignerFactPart[] {
  return checks.flatMap((check, index) => (names[index] === undefined ? [] : [checkPart(names[index], check)]));
}

function checkPart(of: string, { outcome, why, signer, provenTime }: SignerCheck): SignerFactPart {
  return { of, outcome, why: why ?? null, signer: signer ?? null, provenTime: provenTime ?? null };
}

function modelsPart(models: ReadonlyMap<string, LockedModel>): { readonly [name: string]: PinnedFactPart } {
  return Object.fromEntries(
    [...models].map(([name, { manifest, signer, revision, signedAt, decision, policy, pinned }]) => [
      name,
      { manifest, signer, revision: revision ?? null, signedAt: signedAt ?? null, decision, policy, pinned },
    ]),
  );
}
