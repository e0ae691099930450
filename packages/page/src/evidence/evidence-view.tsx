import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { EvidenceVerification } from "../../../assay/src/api/evidence/verify-evidence.ts";
import { asAssayError, type AssayError } from "../../../assay/src/core/error.ts";
import { encodeHex } from "../../../assay/src/encoding/hex.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { verifyEvidenceDocument } from "../../../assay/src/report/json/verify-evidence.ts";
import { readSmall } from "../files/read-small.ts";
import { claimOf, isComplete, NOTHING_ASKED, trustOf, type SignerQuestion } from "../verify/signer-question.ts";
import { SignerForm } from "../verify/signer-form.tsx";
import { withTrustFiles } from "../verify/trust-files.ts";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { saveFile } from "../view/take-away.ts";
import { Title } from "../view/title.tsx";
import { TextField } from "../view/text-field.tsx";
import { EvidenceAnswer } from "./evidence-answer.tsx";
import { NO_CONDITIONS, verifyEvidence, type EvidenceConditions } from "./verify-evidence.ts";

/** Evidence about the largest models has some kilobytes; a bundle may carry more. */
const MAX_EVIDENCE_BYTES = 16 * 1024 * 1024;

interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** May the model be used, by the word of a verifier that is trusted? */
export function EvidenceView(): VNode {
  const [file, setFile] = useState<EvidenceFile>();
  const [signer, setSigner] = useState<SignerQuestion>(NOTHING_ASKED);
  const [conditions, setConditions] = useState<EvidenceConditions>(NO_CONDITIONS);
  const [answer, setAnswer] = useState<{ readonly verification: EvidenceVerification; readonly time: Date }>();
  const [fault, setFault] = useState<AssayError>();

  const attempt = (step: () => Promise<void>): void => {
    setFault(undefined);
    step().catch((thrown: unknown) => {
      setAnswer(undefined);
      setFault(asAssayError(thrown));
    });
  };
  const open = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const { name, content } = await readSmall(chosen, MAX_EVIDENCE_BYTES);
    setFile({ name, bytes: content });
    setAnswer(undefined);
    const claim = claimOf(content);
    if (claim !== undefined) setSigner({ ...signer, method: claim.method });
  };
  const check = async (): Promise<void> => {
    const trust = trustOf(signer);
    if (file === undefined || trust === undefined) return;
    const time = new Date();
    setAnswer({ verification: await verifyEvidence(file, trust, conditions, time), time });
  };
  const missing = file === undefined ? "Drop or choose evidence first." : isComplete(signer) ? undefined : "Say who must have signed it.";
  const condition = (field: keyof EvidenceConditions) => (value: string) => setConditions({ ...conditions, [field]: value });
  return (
    <>
      <Title question="Did a verifier that I trust allow this model?">
        Evidence is the signed record of a check. The command assay check writes it.
      </Title>
      <div class="result" aria-live="polite">
        {answer === undefined ? null : (
          <EvidenceAnswer verification={answer.verification} time={answer.time}>
            <p class="actions">
              <button
                type="button"
                class="button"
                onClick={() =>
                  saveFile(
                    "assay-evidence.json",
                    `${JSON.stringify(verifyEvidenceDocument(answer.verification), null, 2)}\n`,
                    "application/json",
                  )
                }
              >
                Save as JSON
              </button>
              <button type="button" class="button" onClick={() => print()}>
                Print
              </button>
            </p>
          </EvidenceAnswer>
        )}
        {fault === undefined ? null : <Problem error={fault} />}
      </div>
      <DropZone label="The evidence" onDrop={(dropped) => attempt(async () => open((await dropped).files[0]))}>
        {file === undefined ? (
          <>
            <p class="call">Drop a file of evidence here</p>
            <p class="soft">Such as verification-summary.sigstore.json</p>
          </>
        ) : (
          <p class="call file-name">{visibleText(file.name)}</p>
        )}
        <p class="actions">
          <FileButton isMain={file === undefined} onFiles={(files) => attempt(() => open(files[0]))}>
            Choose {file === undefined ? "" : "other "}evidence
          </FileButton>
        </p>
      </DropZone>
      <SignerForm
        question={signer}
        isNext={file !== undefined && !isComplete(signer)}
        onChange={(change) => setSigner({ ...signer, ...change })}
        onFiles={(files, purpose) => attempt(async () => setSigner(await withTrustFiles(signer, purpose, files)))}
      />
      <fieldset>
        <legend>What must it say?</legend>
        <p class="soft">Left empty, the verifier must be the unnamed one, and nothing else is asked for.</p>
        <div class="grid">
          <TextField
            label="Verifier: the URI that the signer is trusted as"
            placeholder="urn:assay:verifier:unnamed"
            value={conditions.verifierId}
            onChange={condition("verifierId")}
          />
          <TextField
            label="Model: its manifest digest"
            placeholder="sha256:…"
            value={conditions.manifestDigest}
            onChange={condition("manifestDigest")}
          />
          <TextField
            label="Policy: the digest of its file"
            placeholder="sha256:…"
            value={conditions.policyDigest}
            onChange={condition("policyDigest")}
          />
          <TextField label="Resource: a URI" value={conditions.resourceUri} onChange={condition("resourceUri")} />
          <TextField label="Not older than, days" value={conditions.maxAgeDays} onChange={condition("maxAgeDays")} />
        </div>
        <p class="given">
          <FileButton
            onFiles={(files) =>
              attempt(async () => {
                const [policy] = files;
                if (policy !== undefined) setConditions({ ...conditions, policyDigest: await digestOf(policy) });
              })
            }
          >
            Take the digest of a policy file
          </FileButton>
        </p>
      </fieldset>
      <p class="actions">
        <button type="button" class="button main" disabled={missing !== undefined} onClick={() => attempt(check)}>
          Check the evidence
        </button>{" "}
        {missing === undefined ? null : <span class="soft">{missing}</span>}
      </p>
    </>
  );
}

async function digestOf(file: File): Promise<string> {
  return `sha256:${encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())))}`;
}
