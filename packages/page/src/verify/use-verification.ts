import { useEffect, useRef, useState } from "preact/hooks";
import { asAssayError, AssayError } from "../../../assay/src/core/error.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";
import type { DroppedFolder } from "../files/folder.ts";
import { listChosen, listDropped, listFile, type Listing } from "../files/listing.ts";
import type { Level } from "./evidence.ts";
import { readSignature, signatureOf } from "./find-signature.ts";
import { sortGiven } from "./given-files.ts";
import type { Model } from "./model-card.tsx";
import { NO_CONDITIONS, type Conditions } from "./options.tsx";
import type { RunProgress } from "./progress.tsx";
import { claimOf, isComplete, NOTHING_ASKED, trustOf, type SignerQuestion } from "./signer-question.ts";
import { withTrustFiles, type TrustPurpose } from "./trust-files.ts";
import { verifyInBrowser, type PageSignature } from "./verify-in-browser.ts";

type State =
  | { readonly kind: "idle" | "listing" | "stopped" }
  | { readonly kind: "working"; readonly progress: RunProgress | undefined }
  | { readonly kind: "answered"; readonly verification: Verification; readonly level: Level; readonly time: Date };

/** What was given, how far the answer is, and the steps to it. */
export interface VerificationSteps {
  readonly model: Model | undefined;
  readonly signer: SignerQuestion;
  readonly conditions: Conditions;
  readonly state: State;
  readonly fault: AssayError | undefined;
  readonly setSigner: (change: Partial<SignerQuestion>) => void;
  readonly setConditions: (conditions: Conditions) => void;
  readonly chooseFolder: (files: FileList) => void;
  readonly chooseSignature: (files: FileList) => void;
  readonly chooseTrust: (files: readonly File[], purpose: TrustPurpose) => void;
  readonly takeFiles: (given: () => Promise<{ readonly folders: readonly DroppedFolder[]; readonly files: readonly File[] }>) => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Verifies as soon as all is known that the question needs. What is typed waits for `start`. */
export function useVerification(): VerificationSteps {
  const [model, setModel] = useState<Model>();
  const [signer, setSigner] = useState<SignerQuestion>(NOTHING_ASKED);
  const [conditions, setConditions] = useState<Conditions>(NO_CONDITIONS);
  const [state, setState] = useState<State>({ kind: "idle" });
  const [fault, setFault] = useState<AssayError>();
  const run = useRef(new AbortController());

  const abort = (): void => {
    run.current.abort();
    run.current = new AbortController();
  };

  /** Says what is wrong with what was given; the rest stays as it was. */
  const attempt = (step: () => Promise<void>): void => {
    setFault(undefined);
    step().catch((thrown: unknown) => {
      const error = asAssayError(thrown);
      if (error.code === "ABORTED") return;
      abort();
      setState({ kind: "idle" });
      setFault(error);
    });
  };

  const takeListing = async (listing: Listing, beside: PageSignature | undefined, asked: SignerQuestion): Promise<void> => {
    abort();
    const found = await signatureOf(listing, beside);
    const claim = found.signature === undefined ? undefined : claimOf(found.signature.bytes);
    setModel({ listing, ...found, claim });
    // The form asks for what the signature was made with, unless the person has said something already.
    setSigner(claim === undefined || isComplete(asked) ? asked : { ...asked, method: claim.method });
    setState({ kind: "idle" });
  };

  const takeFiles: VerificationSteps["takeFiles"] = (given) =>
    attempt(async () => {
      const { folders, files } = await given();
      const { model: dropped, signature, trust } = await sortGiven(folders, files);
      let asked = signer;
      for (const [purpose, trusted] of trust) asked = await withTrustFiles(asked, purpose, trusted);
      setSigner(asked);
      if (dropped instanceof File) return takeListing(listFile(dropped), signature, asked);
      if (dropped !== undefined) {
        setState({ kind: "listing" });
        return takeListing(await listDropped(dropped), signature, asked);
      }
      if (signature === undefined) return;
      if (model === undefined) throw new AssayError("USAGE", "this is a signature: drop the model that it is for, too");
      await takeListing(model.listing, signature, asked);
    });

  const start = (): void =>
    attempt(async () => {
      const trust = trustOf(signer);
      if (model?.signature === undefined || trust === undefined) return;
      abort();
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

  useEffect(() => start(), [model, signer.key, signer.certificates, signer.trustedRoot, conditions.ignoreUnsignedFiles]);

  return {
    model,
    signer,
    conditions,
    state,
    fault,
    setSigner: (change) => setSigner({ ...signer, ...change }),
    setConditions,
    chooseFolder: (files) =>
      attempt(async () => {
        const listing = listChosen(files);
        if (listing === undefined) {
          throw new AssayError("FILE_NOT_SHOWN", "the browser shows no file in this folder: it is empty, or holds only symbolic links");
        }
        await takeListing(listing, undefined, signer);
      }),
    chooseSignature: (files) =>
      attempt(async () => {
        const [file] = files;
        if (file === undefined || model === undefined) return;
        await takeListing(model.listing, { ...(await readSignature(file)), nameInModel: undefined }, signer);
      }),
    chooseTrust: (files, purpose) => attempt(async () => setSigner(await withTrustFiles(signer, purpose, files))),
    takeFiles,
    start,
    stop: () => {
      abort();
      setState({ kind: "stopped" });
    },
  };
}
