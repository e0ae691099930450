import type { LogEntry } from "../bundle/log-entry.ts";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { parseBundle, parseSigstoreBundle } from "../bundle/parse.ts";
import { writeBundle } from "../bundle/write.ts";
import { addition, AssayError, stopped } from "../core/error.ts";
import { openTarget, type OutputTarget } from "../files/output-target.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { checkOwnSignature, type OwnSignature } from "../signing/check-own-signature.ts";
import { type ModelSigner, sealStatement, type Statement, type WitnessRequest } from "../signing/seal.ts";

/** Who seals a statement, and where the bundle is written. */
export interface SealRequest<Content> {
  readonly signer: ModelSigner;
  readonly witnesses: WitnessRequest | undefined;
  /** Undefined: nothing is written, and the caller takes the bytes. */
  readonly target: OutputTarget | undefined;
  readonly signal: AbortSignal | undefined;
  /** Reads the payload back from the bundle, as any verifier does. */
  readonly readBack: (payload: Uint8Array) => Promise<Content>;
}

/** A bundle just made, verified by the code that verifies any other. */
export interface Sealed<Content> extends OwnSignature {
  /** Sigstore bundle v0.3, UTF-8 JSON. */
  readonly bundle: Uint8Array;
  readonly content: Content;
  readonly tlogEntries: readonly LogEntry[];
}

/**
 * Has any in-toto statement signed and witnessed, verifies the bundle and writes it: an older one is replaced only
 * after that, and a failed or stopped run leaves it as it was.
 *
 * Throws what the signer, its servers, verifying and writing throw; an error after the signature became public says so.
 */
export async function sealAndWrite<Content>(statement: Statement, request: SealRequest<Content>): Promise<Sealed<Content>> {
  const { signer, witnesses, target, signal } = request;
  const { signature, ...seal } = await sealStatement(statement, signer, witnesses, signal);
  if (signal?.aborted === true) throw addition(stopped("before the signature was written"), publicBy(seal.tlogEntries));
  const bundle = writeBundle({ ...seal, envelope: { ...statement, signature } });
  const check = async (bytes: Uint8Array): Promise<CheckedSeal<Content>> => checkSealed(bytes, request, new Date());
  const checked = await sayingWhatIsPublic(seal.tlogEntries, () =>
    target === undefined ? check(bundle) : writeAtomically(target, bundle, check, signal),
  );
  return { bundle, tlogEntries: seal.tlogEntries, ...checked };
}

type CheckedSeal<Content> = OwnSignature & { readonly content: Content };

/** Verifies a bundle just made: first what it says, then who signed it. `now` is the time for which certificates are checked. */
export async function checkSealed<Content>(
  bytes: Uint8Array,
  { readBack, signer, witnesses }: Pick<SealRequest<Content>, "readBack" | "signer" | "witnesses">,
  now: Date,
): Promise<CheckedSeal<Content>> {
  const bundle = parseBundle(bytes);
  const content = await readBack(bundle.envelope.payload);
  return { content, ...(await checkOwnSignature(bundle, signer, now, witnesses?.trust)) };
}

/** The place for a bundle: an older one there is replaced, and nothing else but by force. Throws OUTPUT_EXISTS, OUTPUT_WRITE. */
export function openBundleTarget(path: string, force: boolean): OutputTarget {
  return openTarget(path, { what: "signature", force, isSameKind: isBundle, maxBytes: MAX_BUNDLE_BYTES });
}

/** Whether the whole of a file is a Sigstore bundle, of a model or of something else. */
function isBundle(bytes: Uint8Array): boolean {
  try {
    parseSigstoreBundle(bytes);
    return true;
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/** What is in a log stays there, whatever becomes of the bundle: an error must not hide that. */
async function sayingWhatIsPublic<Value>(entries: readonly LogEntry[], work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AssayError) || entries.length === 0) throw error;
    throw addition(error, publicBy(entries));
  }
}

function publicBy(entries: readonly LogEntry[]): string {
  if (entries.length === 0) return "";
  const indexes = entries.map(({ logIndex }) => logIndex).join(" and ");
  return `; the signature is in the transparency log already, under the index ${indexes}`;
}
