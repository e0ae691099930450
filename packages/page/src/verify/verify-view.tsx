import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asAssayError, AssayError } from "../../../assay/src/core/error.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";
import type { DroppedFolder } from "../files/folder.ts";
import { kindOf } from "../files/kind.ts";
import { listChosen, listDropped, listFile, type Listing } from "../files/listing.ts";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { saveFile } from "../view/take-away.ts";
import { Answer } from "./answer.tsx";
import { readSignature, signatureOf } from "./find-signature.ts";
import { ModelCard, type Model } from "./model-card.tsx";
import { evidenceOf, type Level } from "./evidence.ts";
import { Options, type Conditions } from "./options.tsx";
import { Progress, type RunProgress } from "./progress.tsx";
import { SignerForm } from "./signer-form.tsx";
import { claimOf, NOTHING_ASKED, trustOf, type SignerQuestion } from "./signer-question.ts";
import { withTrustFiles, type TrustPurpose } from "./trust-files.ts";
import { verifyInBrowser, type PageSignature } from "./verify-in-browser.ts";

type State =
  | { readonly kind: "idle" }
  | { readonly kind: "listing" }
  | { readonly kind: "working"; readonly progress: RunProgress | undefined }
  | { readonly kind: "answered"; readonly verification: Verification; readonly level: Level; readonly time: Date };

/** Is this model the one that was signed, and by whom? */
export function VerifyView(): VNode {
  const [model, setModel] = useState<Model>();
  const [signer, setSigner] = useState<SignerQuestion>(NOTHING_ASKED);
  const [conditions, setConditions] = useState<Conditions>({ digest: "", ignoreUnsignedFiles: false, ignorePaths: "" });
  const [state, setState] = useState<State>({ kind: "idle" });
  const [fault, setFault] = useState<AssayError>();
  const run = useRef(new AbortController());

  const stop = (): void => {
    run.current.abort();
    run.current = new AbortController();
  };

  /** What goes wrong with what was given is said; the rest stays as it was. */
  const attempt = (step: () => Promise<void>): void => {
    setFault(undefined);
    step().catch((thrown: unknown) => {
      const error = asAssayError(thrown);
      setState({ kind: "idle" });
      if (error.code !== "ABORTED") setFault(error);
    });
  };

  const takeListing = async (listing: Listing, beside: PageSignature | undefined, asked: SignerQuestion): Promise<void> => {
    const found = await signatureOf(listing, beside);
    const claim = found.signature === undefined ? undefined : claimOf(found.signature.bytes);
    setModel({ listing, ...found, claim });
    // The form asks for what the signature was made with, unless the person has said something already.
    setSigner(claim === undefined || isComplete(asked) ? asked : { ...asked, method: claim.method });
    setState({ kind: "idle" });
  };

  const takeFiles = async (folders: readonly DroppedFolder[], files: readonly File[]): Promise<void> => {
    stop();
    let asked = signer;
    const certain = new Map<TrustPurpose, readonly File[]>();
    let beside: PageSignature | undefined;
    const others: File[] = [];
    for (const file of files) {
      const kind = await kindOf(file);
      if (kind === "other") others.push(file);
      else if (kind === "signature") beside = { ...(await readSignature(file)), nameInModel: undefined };
      else certain.set(kind, [...(certain.get(kind) ?? []), file]);
    }
    for (const [purpose, given] of certain) asked = await withTrustFiles(asked, purpose, given);
    setSigner(asked);
    const [folder, ...moreFolders] = folders;
    if (moreFolders.length > 0 || (folder !== undefined && others.length > 0) || others.length > 1) {
      throw new AssayError("USAGE", "several models at once: drop one folder, or one file", {
        hint: "a model of several files is a folder",
      });
    }
    const [only] = others;
    if (folder !== undefined) {
      setState({ kind: "listing" });
      await takeListing(await listDropped(folder), beside, asked);
    } else if (only !== undefined) await takeListing(listFile(only), beside, asked);
    else if (beside !== undefined && model !== undefined) await takeListing(model.listing, beside, asked);
    else if (beside !== undefined) throw new AssayError("USAGE", "this is a signature: drop the model that it is for, too");
  };

  const chooseSignature = (files: FileList): void =>
    attempt(async () => {
      const [file] = files;
      if (file === undefined || model === undefined) return;
      stop();
      await takeListing(model.listing, { ...(await readSignature(file)), nameInModel: undefined }, signer);
    });

  const chooseFolder = (files: FileList): void =>
    attempt(async () => {
      stop();
      const listing = listChosen(files);
      if (listing === undefined)
        throw new AssayError("FILE_NOT_SHOWN", "the browser shows no file in this folder: it is empty, or holds only symbolic links");
      await takeListing(listing, undefined, signer);
    });

  const start = (): void =>
    attempt(async () => {
      const trust = trustOf(signer);
      if (model?.signature === undefined || trust === undefined) return;
      stop();
      const { signal } = run.current;
      const began = performance.now();
      setState({ kind: "working", progress: undefined });
      const verification = await verifyInBrowser({
        listing: model.listing,
        signature: model.signature,
        trust,
        expectDigest: conditions.digest.trim() === "" ? undefined : conditions.digest.trim(),
        ignoreUnsignedFiles: conditions.ignoreUnsignedFiles,
        ignorePaths: conditions.ignorePaths.split("\n").filter((line) => line.trim() !== ""),
        now: new Date(),
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) setState({ kind: "working", progress: { ...progress, began, now: performance.now() } });
        },
      });
      const level = model.listing.kind === "directory" ? "files-shown" : "file";
      if (!signal.aborted) setState({ kind: "answered", verification, level, time: new Date() });
    });

  // As soon as all is known that the question needs. What is typed waits for the button.
  useEffect(() => start(), [model, signer.key, signer.certificates, signer.trustedRoot, conditions.ignoreUnsignedFiles]);

  const isReady = model?.signature !== undefined && isComplete(signer);
  return (
    <>
      <h1>Is this model the one that was signed?</h1>
      <div class="result" aria-live="polite">
        {state.kind === "working" ? (
          <Progress
            progress={state.progress}
            onStop={() => attempt(() => Promise.resolve(stop()).then(() => setState({ kind: "idle" })))}
          />
        ) : null}
        {state.kind === "answered" ? (
          <Answer verification={state.verification} level={state.level} isFolder={state.level === "files-shown"}>
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
        {fault === undefined ? null : <Problem error={fault} />}
      </div>
      <DropZone
        label="The model"
        onDrop={(dropped) =>
          attempt(async () => {
            const { folders, files } = await dropped;
            await takeFiles(folders, files);
          })
        }
      >
        {model === undefined ? (
          <>
            <p class="call">Drop a model folder here</p>
            <p class="soft">with its signature in it; the publisher's key can be dropped with it</p>
          </>
        ) : (
          <ModelCard model={model} />
        )}
        <p class="actions">
          <FileButton isFolder isMain={model === undefined} onFiles={chooseFolder}>
            Choose {model === undefined ? "a" : "another"} folder
          </FileButton>{" "}
          <FileButton isMany onFiles={(files) => attempt(() => takeFiles([], [...files]))}>
            Choose files
          </FileButton>
          {model?.signature === undefined ? null : <FileButton onFiles={chooseSignature}>Choose another signature</FileButton>}
        </p>
        {state.kind === "listing" ? <p role="status">Listing the folder …</p> : null}
      </DropZone>
      {model?.problem === undefined ? null : (
        <article class="answer unknown" data-outcome="no-signature">
          <p class="stamp unknown">
            <span aria-hidden="true">?</span> {model.problem.code === "SIGNATURE_NOT_FOUND" ? "Not signed" : "Which signature?"}
          </p>
          <h2>{visibleText(model.problem.message)}</h2>
          <p>If the publisher keeps the signature elsewhere, choose it.</p>
          <p class="actions">
            <FileButton isMain onFiles={chooseSignature}>
              Choose the signature
            </FileButton>
          </p>
        </article>
      )}
      <SignerForm
        question={signer}
        onChange={(change) => setSigner({ ...signer, ...change })}
        onFiles={(files, purpose) => attempt(async () => setSigner(await withTrustFiles(signer, purpose, files)))}
      />
      <Options conditions={conditions} onChange={setConditions} />
      <p class="actions">
        <button type="button" class="button main" disabled={!isReady || state.kind === "working"} onClick={start}>
          Verify
        </button>{" "}
        {isReady ? null : <span class="soft">{missing(model, signer)}</span>}
      </p>
    </>
  );
}

/** What is missing before there can be an answer. */
function missing(model: Model | undefined, { method }: SignerQuestion): string {
  if (model === undefined) return "Drop or choose a model first.";
  if (model.signature === undefined) return "Choose the signature first.";
  return {
    key: "Choose the key first.",
    certificate: "Choose a root certificate first.",
    sigstore: "Say which identity, and who vouches for it.",
  }[method];
}

function isComplete(signer: SignerQuestion): boolean {
  switch (signer.method) {
    case "key":
      return signer.key !== undefined;
    case "certificate":
      return signer.certificates.length > 0;
    case "sigstore":
      return signer.identity.trim() !== "" && signer.identityProvider.trim() !== "";
  }
}
