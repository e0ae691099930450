import type { VNode } from "preact";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { saveFile } from "../view/take-away.ts";
import { Title } from "../view/title.tsx";
import { Answer } from "./answer.tsx";
import { evidenceOf } from "./evidence.ts";
import { ModelCard } from "./model-card.tsx";
import { missingStep, NoSignature, SignerWanted } from "./next-step.tsx";
import { Options } from "./options.tsx";
import { Progress } from "./progress.tsx";
import { SignerForm } from "./signer-form.tsx";
import { isComplete } from "./signer-question.ts";
import { useVerification, type VerificationSteps } from "./use-verification.ts";

/** Is this model the one that was signed, and by whom? */
export function VerifyView(): VNode {
  const steps = useVerification();
  const { model, signer, conditions, state } = steps;
  const missing = missingStep(model, signer, isComplete(signer));
  return (
    <>
      <Title question="Is this model the one that was signed?">
        A signature proves who published a model, and that no byte of it has changed since.
      </Title>
      <Result steps={steps} />
      <DropZone label="The model" onDrop={(dropped) => steps.takeFiles(() => dropped)}>
        {model === undefined ? (
          <>
            <p class="call">Drop a model folder here</p>
            <p class="soft">Its signature is looked for in it. The publisher's key can be dropped together with it.</p>
          </>
        ) : (
          <ModelCard model={model} />
        )}
        <p class="actions">
          <FileButton isFolder isMain={model === undefined} onFiles={steps.chooseFolder}>
            Choose {model === undefined ? "a" : "another"} folder
          </FileButton>{" "}
          <FileButton isMany onFiles={(files) => steps.takeFiles(() => Promise.resolve({ folders: [], files: [...files] }))}>
            Choose files
          </FileButton>
          {model?.signature === undefined ? null : <FileButton onFiles={steps.chooseSignature}>Choose another signature</FileButton>}
        </p>
        {state.kind === "listing" ? <p role="status">Listing the folder …</p> : null}
      </DropZone>
      <SignerForm
        question={signer}
        isNext={model?.signature !== undefined && !isComplete(signer)}
        onChange={steps.setSigner}
        onFiles={steps.chooseTrust}
      />
      <Options conditions={conditions} onChange={steps.setConditions} />
      <p class="actions">
        <button type="button" class="button main" disabled={missing !== undefined || state.kind === "working"} onClick={steps.start}>
          Verify
        </button>{" "}
        {missing === undefined ? null : <span class="soft">{missing}</span>}
      </p>
    </>
  );
}

/** The answer, or what is in its place until there is one. */
function Result({ steps: { state, fault, model, signer, stop, chooseSignature } }: { readonly steps: VerificationSteps }): VNode {
  // With a key or certificate, the answer comes by itself; what is typed waits for the button, and the words for it stay.
  const waits = state.kind === "idle" && fault === undefined && (signer.method === "sigstore" || !isComplete(signer));
  return (
    <div class="result" aria-live="polite">
      {state.kind === "working" ? <Progress progress={state.progress} onStop={stop} /> : null}
      {fault === undefined ? null : <Problem error={fault} />}
      {state.kind === "answered" ? (
        <Answer verification={state.verification} level={state.level} time={state.time}>
          <p class="actions">
            <button
              type="button"
              class="button"
              onClick={() => {
                const evidence = evidenceOf(state.verification, state.level, state.time);
                saveFile("assay-verification.json", `${JSON.stringify(evidence, null, 2)}\n`, "application/json");
              }}
            >
              Save as JSON
            </button>{" "}
            <button type="button" class="button" onClick={() => print()}>
              Print
            </button>
          </p>
        </Answer>
      ) : null}
      {state.kind === "stopped" ? (
        <div class="note">
          <p>Stopped: there is no answer. The button Verify starts again.</p>
        </div>
      ) : null}
      {state.kind === "idle" && model?.problem !== undefined ? <NoSignature problem={model.problem} onSignature={chooseSignature} /> : null}
      {waits && model?.signature !== undefined ? <SignerWanted model={model} method={signer.method} /> : null}
    </div>
  );
}
