import { asAssayError, type AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { Comparison, NotDownloaded, VerifiedModel } from "../comparison/difference.ts";
import type { DigestOrigin, SourceFacts } from "../source/remote/remote-model.ts";
import type { Manifest } from "../statement/manifest.ts";
import type { SignerIdentity, VerifiedEnvelope } from "../trust/envelope.ts";
import type { Failed, Incomplete, SignatureSource, Verified } from "./verification.ts";

/** What an envelope proves of its signer. */
type Proof = Pick<VerifiedEnvelope, "verifiedAt" | "evidence" | "revocation">;

type Compared = Pick<Comparison, "differences" | "unsigned" | "notCovered" | "notDownloaded" | "matchedFiles">;

const NOTHING_COMPARED: Compared = { differences: [], unsigned: [], notCovered: [], notDownloaded: [], matchedFiles: 0 };

/** What is known of one verification so far. It grows gate by gate, so that a no tells what was proven before it. */
export class VerificationRecord {
  readonly warnings: Warning[] = [];
  readonly #model: string;
  #source: SourceFacts | undefined;
  #digestOrigins: ReadonlyMap<string, DigestOrigin> | undefined;
  #signature: SignatureSource | undefined;
  #signer: SignerIdentity | undefined;
  #proof: Proof | undefined;
  #manifest: Manifest | undefined;

  /** `model`: its absolute path. */
  constructor(model: string) {
    this.#model = model;
  }

  sourceKnown(source: SourceFacts): void {
    this.#source = source;
  }

  /** Where the digests are from, so far as files are compared. */
  digestsFrom(origins: ReadonlyMap<string, DigestOrigin>): void {
    this.#digestOrigins = origins;
  }

  signatureRead(source: SignatureSource): void {
    this.#signature = source;
  }

  /** Keeps no payload: tens of megabytes for a hundred thousand files. */
  signerProven({ signer, verifiedAt, evidence, revocation, warnings }: VerifiedEnvelope): void {
    this.#signer = signer;
    this.#proof = { verifiedAt, evidence, revocation };
    this.warnings.push(...warnings);
  }

  manifestRead(manifest: Manifest): void {
    this.#manifest = manifest;
    this.warnings.push(...manifest.warnings);
  }

  verified(signature: SignatureSource, signer: SignerIdentity, manifest: Manifest, verifiedModel: VerifiedModel): Verified {
    return { outcome: "verified", ...this.#facts(), signature, signer, manifest, verifiedModel };
  }

  failed(error: AssayError, compared: Compared = NOTHING_COMPARED): Failed {
    const { differences, unsigned, notCovered, notDownloaded, matchedFiles } = compared;
    return { outcome: "failed", ...this.#facts(), error, differences, unsigned, notCovered, notDownloaded, matchedFiles };
  }

  incomplete(error: AssayError, notDownloaded: readonly NotDownloaded[] = []): Incomplete {
    return { outcome: "incomplete", ...this.#facts(), error, notDownloaded };
  }

  /** Does a step. What it throws about the model or the signature is an answer; what is about the question is thrown. */
  async attempt<Result>(step: () => Promise<Result>): Promise<Result | Failed | Incomplete> {
    try {
      return await step();
    } catch (thrown) {
      const error = asAssayError(thrown);
      if (error.outcome === "usage" || error.code === "ABORTED") throw error;
      return error.outcome === "failed" ? this.failed(error) : this.incomplete(error);
    }
  }

  #facts(): Omit<Failed, "outcome" | "error" | keyof Compared> {
    const { verifiedAt, evidence, revocation } = this.#proof ?? {};
    return {
      model: this.#source?.pinned ?? this.#model,
      source: this.#source,
      digestOrigins: this.#digestOrigins,
      signature: this.#signature,
      signer: this.#signer,
      manifest: this.#manifest,
      verifiedAt,
      evidence,
      revocation,
      warnings: this.warnings,
    };
  }
}
