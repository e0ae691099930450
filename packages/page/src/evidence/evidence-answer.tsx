import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EvidenceVerification } from "../../../assay/src/api/evidence/verify-evidence.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { Facts } from "../view/facts.tsx";
import { sentence } from "../view/problem.tsx";
import { Stamp, type Tone } from "../view/stamp.tsx";
import { minute } from "../view/times.ts";
import { signerPhrase } from "../verify/words.ts";

const LOOKS: Readonly<Record<EvidenceVerification["outcome"], readonly [Tone, string]>> = {
  verified: ["good", "Allowed"],
  failed: ["bad", "Not accepted"],
  incomplete: ["unknown", "Could not tell"],
};

/** What a piece of evidence proves, and what it says. */
export function EvidenceAnswer({
  verification,
  children,
}: {
  readonly verification: EvidenceVerification;
  readonly children: ComponentChildren;
}): VNode {
  const { outcome, evidence, signer, error, warnings, proof } = verification;
  const [tone, word] = LOOKS[outcome];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [verification]);
  return (
    <article class={`answer ${tone}`} data-outcome={outcome}>
      <Stamp tone={tone} word={word} />
      <h2 ref={heading} tabIndex={-1}>
        {error === undefined && evidence !== undefined
          ? `${visibleText(evidence.verifierId)} allowed the model ${visibleText(evidence.modelName)} on ${evidence.time.toISOString().slice(0, 10)}.`
          : sentence(visibleText(error?.message ?? ""))}
      </h2>
      {error?.hint === undefined ? null : <p class="remedy">{sentence(visibleText(error.hint))}</p>}
      {outcome === "verified" ? (
        <p>This is about the bytes with the manifest digest below, and no others: verify the model for its digest, and compare the two.</p>
      ) : null}
      {warnings.length === 0 ? null : (
        <ul>
          {warnings.map(({ message }) => (
            <li key={message}>{visibleText(message)}</li>
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
                ["Manifest digest", <code>{evidence.manifestDigest}</code>],
                ["Decision", evidence.decision],
                ...(evidence.decidedBy === undefined ? [] : ([["Decided by", visibleText(evidence.decidedBy)]] as const)),
                ["Checked at", minute(evidence.time)],
                ["Policy", visibleText(evidence.policy.uri)],
                ["Policy digest", <code>{evidence.policy.digest}</code>],
                ["Verifier", visibleText(evidence.verifierId)],
                ["Resource", visibleText(evidence.resourceUri)],
              ] as const)),
        ]}
      />
      {children}
    </article>
  );
}
