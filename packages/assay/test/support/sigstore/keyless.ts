import { parseBundle, parseSigstoreBundle } from "../../../src/bundle/parse.ts";
import type { AssayError } from "../../../src/core/error.ts";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { verifyBundle, type VerifiedBundle } from "../../../src/trust/verify-bundle.ts";
import { type VerifiedEnvelope, verifyEnvelope } from "../../../src/trust/index.ts";
import { readTrustedRoot } from "../../../src/trust/sigstore/trusted-root.ts";
import type { TrustSource } from "../../../src/trust/sigstore/trust-source.ts";
import type { TrustMaterial } from "../../../src/trust/sigstore/trust-source.ts";
import type { ExpectedName, SigstoreTrust } from "../../../src/trust/trust.ts";
import { rejectsWith } from "../rejects.ts";
import { ALICE, ISSUER, makeInstance, type SigstoreInstance, type SignRequest, type TrustedRootRecipe } from "./instance.ts";

/** One instance for all that does not need another: its keys differ in every run. */
export const instance = makeInstance();

/** What is asked of a bundle, and what is trusted; by default what makes good bundles pass. */
export interface Question {
  /** Who signs, and whose trusted root is used. */
  readonly by?: SigstoreInstance;
  readonly root?: TrustedRootRecipe;
  readonly source?: Partial<TrustSource>;
  readonly identity?: ExpectedName;
  readonly identityProvider?: ExpectedName;
}

export function trustOf({ by = instance, root, source, identity = ALICE, identityProvider = ISSUER }: Question = {}): SigstoreTrust & {
  readonly material: TrustMaterial;
} {
  const trustedRoot = readTrustedRoot(new TextEncoder().encode(JSON.stringify(by.trustedRoot(root))));
  const named = { kind: "named", name: "trusted_root.json", date: undefined, isCurrent: true } as const;
  return { method: "sigstore", material: { root: trustedRoot, source: { ...named, ...source } }, identity, identityProvider };
}

/** Signs as asked, and verifies what comes out. The clock is far from anything, so that it can decide nothing. */
export async function verify(request: SignRequest = {}, question: Question = {}): Promise<VerifiedEnvelope> {
  return verifyBytes((question.by ?? instance).sign(request).bytes, question);
}

export async function verifyBytes(bytes: Uint8Array, question: Question = {}): Promise<VerifiedEnvelope> {
  return verifyEnvelope(parseBundle(bytes), trustOf(question), new Date("2050-01-01T00:00:00Z"));
}

/** The same for the signature of a file. */
export async function verifyFile(artifact: Uint8Array, request: SignRequest = {}, question: Question = {}): Promise<VerifiedBundle> {
  const { bytes } = (question.by ?? instance).sign({ content: { kind: "message", artifact }, ...request });
  return verifyBundle(parseSigstoreBundle(bytes), { bytes: artifact }, trustOf(question));
}

export async function refused(code: ErrorCode, request: SignRequest, question: Question = {}): Promise<void> {
  await rejectsWith(code, () => verify(request, question));
}

export async function refusal(code: ErrorCode, request: SignRequest, question: Question = {}): Promise<AssayError> {
  return rejectsWith(code, () => verify(request, question));
}

/** One bit of one byte turned around: the first, or one from the end. */
export function flipped(bytes: Uint8Array, at = 0): Uint8Array {
  const place = at < 0 ? bytes.length + at : at;
  return bytes.with(place, bytes[place]! ^ 1);
}

/** The same in base64. */
export function flippedBase64(text: string, at = 0): string {
  return Buffer.from(flipped(Buffer.from(text, "base64"), at)).toString("base64");
}
