import type { VNode } from "preact";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { FileButton } from "../view/file-button.tsx";
import { sentence } from "../view/problem.tsx";
import { Verdict } from "../view/verdict.tsx";
import type { Model } from "./model-card.tsx";
import type { SignerQuestion } from "./signer-question.ts";

/** A model without a signature, or with several. */
export function NoSignature({
  problem,
  onSignature,
}: {
  readonly problem: NonNullable<Model["problem"]>;
  readonly onSignature: (files: FileList) => void;
}): VNode {
  return (
    <article class="answer unknown" data-outcome="no-signature">
      <Verdict tone="unknown" word={problem.code === "SIGNATURE_NOT_FOUND" ? "Not signed" : "Which signature?"} of={problem}>
        {sentence(visibleText(problem.message))}
      </Verdict>
      <p>Who made this model, and whether a byte changed, cannot be told without one. If the publisher keeps it elsewhere, choose it.</p>
      <p class="actions">
        <FileButton isMain onFiles={onSignature}>
          Choose the signature
        </FileButton>
      </p>
    </article>
  );
}

const WANTED: Readonly<Record<SignerQuestion["method"], string>> = {
  key: "To verify it, choose the publisher's public key below, or drop it here.",
  certificate: "To verify it, choose the authority's root certificate below, or drop it here.",
  sigstore: "To verify it, fill in below whose signature it must be, and who vouches for that.",
};

/** A model with a signature, before anyone said who must have made it. */
export function SignerWanted({ model, method }: { readonly model: Model; readonly method: SignerQuestion["method"] }): VNode {
  return (
    <article class="answer unknown" data-waits-for={method}>
      <Verdict tone="unknown" mark="…" word="Signed, not verified yet" of={model}>
        {WANTED[method]}
      </Verdict>
      <p>
        {model.claim?.claim === undefined
          ? "Anyone can sign: only a signer that you trust proves where the model is from."
          : `The signature names ${visibleText(model.claim.claim)}. That is a claim, and not proven before the answer.`}
      </p>
    </article>
  );
}

/** What is missing before there can be an answer, in a few words; undefined where nothing is. */
export function missingStep(model: Model | undefined, { method }: SignerQuestion, isSignerKnown: boolean): string | undefined {
  if (model === undefined) return "Drop or choose a model first.";
  if (model.signature === undefined) return "Choose the signature first.";
  if (isSignerKnown) return undefined;
  return {
    key: "Choose the key first.",
    certificate: "Choose a root certificate first.",
    sigstore: "Say which identity, and who vouches for it.",
  }[method];
}
