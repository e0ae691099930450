import type { ComponentChildren, VNode } from "preact";
import type { EvidenceVerification } from "../../../assay/src/api/evidence/verify-evidence.ts";
import { VERSION } from "../../../assay/src/core/version.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { Digest, shortenDigests } from "../view/digest.tsx";
import { Facts } from "../view/facts.tsx";
import { sentence } from "../view/problem.tsx";
import { minute } from "../view/times.ts";
import { type Tone, Verdict } from "../view/verdict.tsx";
import { signerPhrase } from "../verify/words.ts";

const LOOKS: Readonly<Record<EvidenceVerification["outcome"], readonly [Tone, string]>> = {
  verified: ["good", "Allowed"],
  failed: ["bad", "Not accepted"],
  incomplete: ["unknown", "Could not tell"],
};

/** What a piece of evidence proves, and what it says. */
export function EvidenceAnswer({
  verification,
  time,
  children,
}: {
  readonly verification: EvidenceVerification;
  /** When it was given. */
  readonly time: Date;
  readonly children: ComponentChildren;
}): VNode {
  const { outcome, evidence, signer, error, warnings, proof } = verification;
  const [tone, word] = LOOKS[outcome];
  const reason = error === undefined ? "" : sentence(visibleText(error.message));
  return (
    <article class={`answer ${tone}`} data-outcome={outcome}>
      <Verdict tone={tone} word={word} of={verification}>
        {error === undefined && evidence !== undefined
          ? `${visibleText(evidence.verifierId)} allowed the model ${visibleText(evidence.modelName)} on ${evidence.time.toISOString().slice(0, 10)}.`
          : shortenDigests(reason)}
      </Verdict>
      {shortenDigests(reason) === reason ? null : <p>In full: {reason}</p>}
      {error?.hint === undefined ? null : <p class="remedy">{sentence(visibleText(error.hint))}</p>}
      {outcome === "verified" ? (
        <p>This is about the bytes with the manifest digest below, and no others: verify the model for its digest, and compare the two.</p>
      ) : null}
      {warnings.length === 0 ? null : (
        <ul>
          {warnings.map(({ message }) => (
            <li key={message}>{sentence(visibleText(message))}</li>
          ))}
        </ul>
      )}
      <Facts
        rows={[
          ...(signer === undefined ? [] : [["Signed by", signerPhrase(signer)] as const]),
          ...(proof === undefined || proof.verifiedAt.source === "clock" ? [] : [["Signed at", minute(proof.verifiedAt.time)] as const]),
          ...(evidence === undefined
            ? []
            : ([
                ["Model", visibleText(evidence.modelName)],
                ["Manifest digest", <Digest text={evidence.manifestDigest} />],
                ["Decision", evidence.decision],
                ...(evidence.decidedBy === undefined ? [] : ([["Decided by", visibleText(evidence.decidedBy)]] as const)),
                ["Checked at", minute(evidence.time)],
                ["Policy", visibleText(evidence.policy.uri)],
                ["Policy digest", <Digest text={evidence.policy.digest} />],
                ["Verifier", visibleText(evidence.verifierId)],
                ["Resource", visibleText(evidence.resourceUri)],
              ] as const)),
          ["Evidence checked", `${minute(time)}, by the page of Assay ${VERSION}`],
        ]}
      />
      {children}
    </article>
  );
}
