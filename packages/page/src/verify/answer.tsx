import type { ComponentChildren, VNode } from "preact";
import { plural } from "../../../assay/src/core/sizes.ts";
import { VERSION } from "../../../assay/src/core/version.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { SignerIdentity } from "../../../assay/src/trust/envelope.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";
import { Digest } from "../view/digest.tsx";
import { Facts } from "../view/facts.tsx";
import { sentence } from "../view/problem.tsx";
import { minute } from "../view/times.ts";
import { Verdict } from "../view/verdict.tsx";
import { Differences } from "./differences.tsx";
import type { PageEvidence } from "./evidence.ts";
import { NotCovered } from "./not-covered.tsx";
import { headlineOf, signerPhrase } from "./words.ts";

/** The answer: first in a word and a sentence, then what it rests on. `time` is when it was given. */
export function Answer({
  verification,
  level,
  time,
  children,
}: {
  readonly verification: Verification;
  readonly level: PageEvidence["level"];
  readonly time: Date;
  readonly children: ComponentChildren;
}): VNode {
  const { tone, word, sentence: text } = headlineOf(verification);
  const { warnings } = verification;
  return (
    <article class={`answer ${tone}`} data-outcome={verification.outcome} data-level={level}>
      <Verdict tone={tone} word={word} of={verification}>
        {text}
      </Verdict>
      {verification.outcome === "verified" ? null : <Reason verification={verification} />}
      <Differences verification={verification} />
      <NotCovered verification={verification} />
      {warnings.length === 0 ? null : (
        <>
          <h3>{plural(warnings.length, "warning")}</h3>
          <ul>
            {warnings.map(({ message }) => (
              <li key={message}>{sentence(visibleText(message))}</li>
            ))}
          </ul>
        </>
      )}
      {level === "files-shown" && verification.manifest !== undefined ? (
        <p class="limits soft">
          A browser leaves out symbolic links, and files whose names are not UTF-8, without a word. This answer is about the files that it
          showed; the command sees links too.
        </p>
      ) : null}
      <Facts rows={[...rowsOf(verification), ["Checked", `${minute(time)}, by the page of Assay ${VERSION}`]]} />
      {children}
    </article>
  );
}

/** What to do, and what of the model was looked at, where the answer is not a yes. */
function Reason({ verification }: { readonly verification: Exclude<Verification, { outcome: "verified" }> }): VNode {
  const { error, signer, manifest } = verification;
  return (
    <>
      {error.hint === undefined ? null : <p class="remedy">{sentence(visibleText(error.hint))}</p>}
      {signer === undefined ? null : <p>The signature itself is valid, by {signerPhrase(signer)}.</p>}
      {manifest === undefined && error.code.startsWith("BUNDLE_") ? (
        <p>The bundle is the file of the signature. It is damaged, or no model's signature: get it from the publisher again.</p>
      ) : null}
      {manifest === undefined ? <p>The model's files were not compared: that takes a valid signature by the expected signer.</p> : null}
    </>
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
    rows.push(["Manifest digest", <Digest text={manifest.manifestDigest} />]);
  }
  return rows;
}

function signerRows(signer: SignerIdentity): Rows {
  const fingerprint = <Digest text={signer.fingerprint} />;
  switch (signer.method) {
    case "key":
      return [["Key (SHA-256)", fingerprint]];
    case "certificate":
      return [
        ["Signer", signerPhrase(signer)],
        ["Issued by", visibleText(signer.issuer)],
        ["Certificate (SHA-256)", fingerprint],
      ];
    case "sigstore":
      return [
        ["Signer", signerPhrase(signer)],
        ["Vouched for by", visibleText(signer.identityProvider)],
        ["Certificate (SHA-256)", fingerprint],
      ];
  }
}
