import type { Facts, SignatureFacts, SignerCheck } from "../facts.ts";
import { isUnavailable } from "../facts.ts";
import { matchingEntry } from "../match.ts";
import type { Policy, PolicySigner, Rules } from "../policy.ts";
import { signerName } from "../signer-name.ts";

/** Facts that a check recorded, with the signers that it asked about. */
export interface RecordedFacts {
  /** The moment of the check. */
  readonly at: Date;
  readonly facts: Facts;
  /** The signer of each check of `facts.signature`, by `signerName`. */
  readonly signers: RecordedSigners;
}

/** Of each scope, in the order of the policy that was asked. */
export interface RecordedSigners {
  readonly always: readonly string[];
  readonly entry: readonly string[];
}

/** The signers that a policy asks about for a model, in the order of the facts. */
export function askedSigners(policy: Policy, facts: Facts): RecordedSigners {
  return {
    always: signersOf(policy.always).map(signerName),
    entry: signersOf(matchingEntry(policy, facts.model)?.rules).map(signerName),
  };
}

/**
 * Recorded facts as another policy, or another version of the same, asks for them: each of its signers gets the result that was
 * recorded for it. One that was not asked about is unknown, so that it never signs by its place in the list.
 */
export function factsFor(policy: Policy, { facts, signers }: RecordedFacts): Facts {
  const { signature } = facts;
  if (isUnavailable(signature)) return facts;
  const checks = new Map<string, SignerCheck>();
  for (const scope of ["always", "entry"] as const) {
    for (const [index, name] of signers[scope].entries()) {
      const check = signature[scope][index];
      if (check !== undefined) checks.set(name, check);
    }
  }
  const of = (rules: Rules | undefined): readonly SignerCheck[] =>
    signersOf(rules).map((signer) => checks.get(signerName(signer)) ?? NOT_RECORDED);
  const asked: SignatureFacts = { ...signature, always: of(policy.always), entry: of(matchingEntry(policy, facts.model)?.rules) };
  return { ...facts, signature: asked };
}

const NOT_RECORDED: SignerCheck = {
  outcome: "unknown",
  why: "the recorded facts say nothing about this signer",
  signer: undefined,
  provenTime: undefined,
};

function signersOf(rules: Rules | undefined): readonly PolicySigner[] {
  return rules?.signers?.anyOf ?? [];
}
