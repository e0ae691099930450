import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { SignerIdentity } from "../../../assay/src/trust/envelope.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";
import { Facts } from "../view/facts.tsx";
import { sentence } from "../view/problem.tsx";
import { Stamp } from "../view/stamp.tsx";
import { minute } from "../view/times.ts";
import { Differences, NotCovered } from "./differences.tsx";
import type { PageEvidence } from "./evidence.ts";
import { headlineOf, signerPhrase } from "./words.ts";

/** The answer: first in a word and a sentence, then what it rests on. */
export function Answer({
  verification,
  level,
  isFolder,
  children,
}: {
  readonly verification: Verification;
  readonly level: PageEvidence["level"];
  readonly isFolder: boolean;
  readonly children: ComponentChildren;
}): VNode {
  const { tone, word, sentence: text } = headlineOf(verification);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever cannot see the answer hears it: it is what happened last.
  useEffect(() => heading.current?.focus(), [verification]);
  const { warnings } = verification;
  return (
    <article class={`answer ${tone}`} data-outcome={verification.outcome} data-level={level}>
      <Stamp tone={tone} word={word} />
      <h2 ref={heading} tabIndex={-1}>
        {text}
      </h2>
      {verification.outcome !== "verified" && verification.error.hint !== undefined ? (
        <p class="remedy">{sentence(visibleText(verification.error.hint))}</p>
      ) : null}
      {verification.outcome !== "verified" && verification.signer !== undefined ? (
        <p>The signature itself is valid, by {signerPhrase(verification.signer)}.</p>
      ) : null}
      {isFolder ? (
        <p class="soft">
          A browser leaves out symbolic links, and names that are not UTF-8, without a word. This answer is about the files that it showed;
          the command sees links too.
        </p>
      ) : null}
      <Differences verification={verification} />
      <NotCovered verification={verification} />
      {warnings.length === 0 ? null : (
        <>
          <h3>{plural(warnings.length, "warning")}</h3>
          <ul>
            {warnings.map(({ message }) => (
              <li key={message}>{visibleText(message)}</li>
            ))}
          </ul>
        </>
      )}
      <Facts rows={rowsOf(verification)} />
      {children}
    </article>
  );
}

type Rows = (readonly [name: string, value: ComponentChildren])[];

function rowsOf({ model, signature, signer, manifest, verifiedAt, evidence }: Verification): Rows {
  const rows: Rows = [["Model", visibleText(model)]];
  if (signature?.path !== undefined) rows.push(["Signature", visibleText(signature.path)]);
  if (signer !== undefined) rows.push(...signerRows(signer));
  if (verifiedAt !== undefined && verifiedAt.source !== "clock") {
    rows.push(["Signed at", `${minute(verifiedAt.time)}, proven by a ${verifiedAt.source === "log" ? "transparency log" : "timestamp"}`]);
  }
  if (evidence?.trustedRoot?.date !== undefined) {
    rows.push(["Trusted root", `${visibleText(evidence.trustedRoot.name)}, of ${evidence.trustedRoot.date.toISOString().slice(0, 10)}`]);
  }
  if (manifest !== undefined) {
    rows.push(["Signed files", plural(manifest.files.size, "file")]);
    rows.push(["Manifest digest", <code>{manifest.manifestDigest}</code>]);
  }
  return rows;
}

function signerRows(signer: SignerIdentity): Rows {
  const rows: Rows = [["Signer", signer.method === "key" ? "a key" : signerPhrase(signer)]];
  if (signer.method === "sigstore") rows.push(["Vouched for by", visibleText(signer.identityProvider)]);
  if (signer.method === "certificate") rows.push(["Issued by", visibleText(signer.issuer)]);
  rows.push([signer.method === "key" ? "Key (SHA-256)" : "Certificate (SHA-256)", <code>{signer.fingerprint}</code>]);
  return rows;
}
