import type { Check } from "../../api/check.ts";
import type { ModelCandidate, ModelComparison } from "../../api/compare-models.ts";
import type { OpennessClass } from "../../openness/components.ts";
import type { ClaimedResult } from "../../openness/folder/card-fields.ts";
import type { Restriction } from "../../openness/license.ts";
import { isUnavailable } from "../../policy/facts.ts";
import type { LoadOutcome } from "../../risk/load-outcome.ts";
import { isOpenLicense, signerAxis, weightsRestriction } from "../model-axes.ts";
import { shownLicense } from "../openness-words.ts";

/** An answer of yes, no or unknown, and what it rests on. */
export interface CandidateAnswer {
  readonly answer: "yes" | "no" | "in part" | "unknown";
  readonly why: string;
}

/** What one model offers, by what people choose models by. */
export interface CandidateFacts {
  readonly given: string;
  /** Where it was read, of one on a server. */
  readonly source: Check["source"];
  readonly name: string;
  readonly manifestDigest: string | undefined;
  /** Why it could not be read; everything else is then unknown. */
  readonly error: string | undefined;
  /** Undefined without a policy. */
  readonly decision: { readonly decision: "allow" | "deny" | "incomplete"; readonly by: string | undefined } | undefined;
  /** Yes: verified by a signer of the policy. In part: signed, and not verified, or not all of it. */
  readonly signed: CandidateAnswer;
  readonly load: LoadOutcome;
  /** Whether everything that it needs is in it. */
  readonly runsOffline: CandidateAnswer;
  /** Whether it asks for code of its own to be run. */
  readonly remoteCode: CandidateAnswer;
  /** Whether its license lets one run it on one's own machines. */
  readonly selfHosting: CandidateAnswer;
  readonly totalBytes: number | undefined;
  /** Of the weights, as they are stored. */
  readonly memoryBytes: number | undefined;
  readonly parameters: number | undefined;
  readonly precision: string | undefined;
  readonly results: readonly ClaimedResult[];
  readonly foundClass: OpennessClass | null | undefined;
  readonly claimedClass: OpennessClass | null | undefined;
}

/** The facts of every candidate, in the order in which they were named. */
export function candidateFacts({ candidates, policy }: ModelComparison): readonly CandidateFacts[] {
  return candidates.map((candidate) => factsOfCandidate(candidate, policy !== undefined));
}

function factsOfCandidate(candidate: ModelCandidate, hasPolicy: boolean): CandidateFacts {
  const { given, check } = candidate;
  const { decision, source, digested, scan, inspection, error, reference } = check;
  const { weightBytes, parameters, types = [], quantization } = scan?.risk.facts ?? {};
  return {
    given,
    source,
    name: reference.name,
    manifestDigest: digested?.manifestDigest,
    error: error?.message,
    decision: hasPolicy ? { decision: decision.decision, by: decision.decidedBy?.rule ?? decision.decidedBy?.code } : undefined,
    signed: signedAnswer(candidate),
    load: scan?.risk.outcome ?? "unknown",
    runsOffline: offlineAnswer(candidate),
    remoteCode: remoteCodeAnswer(candidate),
    selfHosting: selfHostingAnswer(candidate),
    totalBytes: digested?.totalBytes,
    memoryBytes: weightBytes,
    parameters,
    precision: quantization ?? (types.length === 0 ? undefined : types.join(", ")),
    results: inspection?.findings.cardFields?.results ?? [],
    foundClass: inspection?.asFound.evaluation.class,
    claimedClass: inspection?.ifClaimsHold.evaluation.class,
  };
}

const UNREAD: CandidateAnswer = { answer: "unknown", why: "the model could not be read" };

function signedAnswer({ check, claimed }: ModelCandidate): CandidateAnswer {
  if (check.digested === undefined) return UNREAD;
  if (check.decision.rules.some(({ rule }) => rule === "signers")) {
    const { tone, lead } = signerAxis(check);
    const answer = tone === "good" ? "yes" : tone === "notable" ? "in part" : tone === "unknown" ? "unknown" : "no";
    return { answer, why: lead.toLowerCase() };
  }
  if (claimed === undefined) return { answer: "no", why: "unsigned" };
  switch (claimed.kind) {
    case "unreadable":
      return { answer: "unknown", why: claimed.why };
    case "key":
      return { answer: "in part", why: "key, not verified" };
    case "certificate":
      return { answer: "in part", why: `not verified: ${claimed.keyless?.identity ?? claimed.subject}` };
  }
}

/** What a scan says of a model that is not whole, and of one that another model belongs to. */
const INCOMPLETE = new Set([
  "folder/lfs-pointer",
  "folder/incomplete-download",
  "index/missing-file",
  "onnx/missing-data",
  "tensorflow/missing-data",
]);

function offlineAnswer({ check: { scan } }: ModelCandidate): CandidateAnswer {
  if (scan === undefined) return UNREAD;
  const findings = scan.risk.files.flatMap((file) => file.findings);
  if (findings.some(({ reason }) => reason === "config/adapter-base")) return { answer: "no", why: "needs a base" };
  if (findings.some(({ reason }) => INCOMPLETE.has(reason))) return { answer: "no", why: "incomplete" };
  if (findings.some(({ reason, what }) => reason === "config/remote-code" && what.includes(" of the repository "))) {
    return { answer: "no", why: "outside code" };
  }
  if (scan.risk.outcome === "data-only") return { answer: "yes", why: "names nothing elsewhere" };
  return { answer: "unknown", why: scan.risk.outcome === "code" ? "code may load more" : "not all understood" };
}

function remoteCodeAnswer({ check: { scan } }: ModelCandidate): CandidateAnswer {
  if (scan === undefined) return UNREAD;
  const asks = scan.risk.files.find(({ findings }) =>
    findings.some(({ reason }) => reason === "config/remote-code" || reason === "config/trust-remote-code"),
  );
  return asks === undefined ? { answer: "no", why: "none" } : { answer: "yes", why: `in ${asks.file}` };
}

const RESTRICTED: Readonly<Record<Restriction["kind"], string>> = {
  "non-commercial": "not commercially",
  "field-of-use": "not for every use",
  "user-cap": "up to a size",
  "no-derivatives": "unchanged only",
  "no-grant": "not granted",
  "not-approved": "on terms of its own",
};

function selfHostingAnswer({ check }: ModelCandidate): CandidateAnswer {
  const { facts } = check;
  if (facts === undefined || isUnavailable(facts.license)) return UNREAD;
  const { found, claimed, hasUnknownText } = facts.license;
  const name = found ?? claimed;
  if (name === undefined) return { answer: hasUnknownText ? "unknown" : "no", why: hasUnknownText ? "unknown license text" : "no license" };
  const shown = `${shownLicense(name)}${found === undefined ? ", claimed" : ""}`;
  const restriction = weightsRestriction(check);
  if (restriction !== undefined) {
    return { answer: restriction.kind === "no-grant" ? "no" : "in part", why: `${RESTRICTED[restriction.kind]}: ${shown}` };
  }
  return isOpenLicense(check, name) && !hasUnknownText ? { answer: "yes", why: shown } : { answer: "unknown", why: shown };
}
