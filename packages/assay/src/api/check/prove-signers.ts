import type { Bundle } from "../../bundle/bundle.ts";
import { parseBundle } from "../../bundle/parse.ts";
import { asAssayError, type AssayError } from "../../core/error.ts";
import type { Warning } from "../../core/warning.ts";
import type { SignerCheck, Unavailable } from "../../policy/facts.ts";
import type { SignerRecord } from "../../policy/lock.ts";
import type { Policy, PolicyEntry, PolicySigner, Rules } from "../../policy/policy.ts";
import type { Seen } from "../../source/seen.ts";
import type { Manifest } from "../../statement/manifest.ts";
import { readManifest } from "../../statement/read.ts";
import type { SignerIdentity, VerifiedEnvelope } from "../../trust/envelope.ts";
import type { Trust } from "../../trust/trust.ts";
import type { TrustMaterial } from "../../trust/sigstore/trust-source.ts";
import { verifyEnvelope } from "../../trust/verify-envelope.ts";
import type { OpenedModel } from "../opened/opened-model.ts";
import type { SignatureSource } from "../results.ts";
import type { SignerTrust } from "./signer-trust.ts";

/** What a model's signature proves to the signers of a policy. */
export interface ProvenSigners {
  /** Undefined where the model has none, or it cannot be read. */
  readonly source: SignatureSource | undefined;
  /** Whether the model has a signature; or why that cannot be told. */
  readonly isSigned: boolean | Unavailable;
  readonly always: readonly SignerCheck[];
  /** For each entry that may match, one result for each of its signers. */
  readonly entries: ReadonlyMap<PolicyEntry, readonly SignerCheck[]>;
  /** By the first signer that fits; undefined where none does. */
  readonly proof: SignatureProof | undefined;
  readonly warnings: readonly Warning[];
}

/** A signature that a signer of the policy made. */
export interface SignatureProof {
  readonly signer: SignerIdentity;
  readonly manifest: Manifest;
  /** ISO 8601; undefined where nothing but a clock tells it. */
  readonly provenTime: string | undefined;
  readonly timeSource: VerifiedEnvelope["verifiedAt"]["source"];
}

/** What a proof is made with. */
export interface ProofOptions {
  readonly signature: string | undefined;
  /** For certificates, where no time is proven. */
  readonly at: Date;
  readonly trust: ReadonlyMap<PolicySigner, SignerTrust>;
  /** The public instance's trusted root. */
  readonly publicRoot: () => Promise<TrustMaterial>;
  readonly seen: Seen;
}

/**
 * Asks for each signer of `always` and of the entries whether it made the model's signature. That none did is an answer.
 * Throws what finding a signature that is named throws, ABORTED and INTERNAL.
 */
export async function proveSigners(
  model: Pick<OpenedModel, "readSignature">,
  { always }: Policy,
  entries: readonly PolicyEntry[],
  options: ProofOptions,
): Promise<ProvenSigners> {
  const read = await readSignature(model, options);
  const proofs: SignatureProof[] = [];
  const warnings: Warning[] = [...read.warnings];
  const known = new Map<string, Promise<SignerCheck>>();
  const checkAll = async (rules: Rules | undefined): Promise<readonly SignerCheck[]> => {
    const checks: SignerCheck[] = [];
    for (const signer of rules?.signers?.anyOf ?? []) {
      const { place: _place, label: _label, validFrom: _from, validUntil: _until, ...terms } = signer;
      // The same signer in several entries is asked once.
      const key = JSON.stringify(terms, (name, value: unknown) => (name === "place" ? undefined : value));
      const check = known.get(key) ?? prove(read, signer, options, proofs, warnings);
      known.set(key, check);
      checks.push(await check);
    }
    return checks;
  };
  const ofAlways = await checkAll(always);
  const ofEntries = new Map<PolicyEntry, readonly SignerCheck[]>();
  for (const entry of entries) ofEntries.set(entry, await checkAll(entry.rules));
  return { source: read.source, isSigned: read.isSigned, always: ofAlways, entries: ofEntries, proof: proofs[0], warnings };
}

/** A signature as far as it can be read. */
interface ReadSignature {
  readonly source: SignatureSource | undefined;
  readonly isSigned: boolean | Unavailable;
  /** Or why it cannot be read as a signature. */
  readonly bundle: Bundle | AssayError | undefined;
  readonly warnings: readonly Warning[];
}

async function readSignature(model: Pick<OpenedModel, "readSignature">, { signature, seen }: ProofOptions): Promise<ReadSignature> {
  let read: Awaited<ReturnType<OpenedModel["readSignature"]>>;
  try {
    read = await model.readSignature(signature, seen);
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "SIGNATURE_NOT_FOUND") return { source: undefined, isSigned: false, bundle: undefined, warnings: [] };
    if (error.code === "INTERNAL" || (error.outcome === "usage" && error.code !== "SIGNATURE_AMBIGUOUS")) throw error;
    if (error.outcome === "failed") return { source: undefined, isSigned: true, bundle: error, warnings: [] };
    return { source: undefined, isSigned: { unavailable: error.message }, bundle: undefined, warnings: [] };
  }
  const { source, warnings } = read;
  try {
    return { source, isSigned: true, bundle: parseBundle(read.bytes), warnings };
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "INTERNAL") throw error;
    return { source, isSigned: true, bundle: error, warnings };
  }
}

async function prove(
  { bundle }: ReadSignature,
  signer: PolicySigner,
  options: ProofOptions,
  proofs: SignatureProof[],
  warnings: Warning[],
): Promise<SignerCheck> {
  if (bundle === undefined) return { outcome: "does-not-fit", why: "the model has no signature", signer: undefined, provenTime: undefined };
  try {
    if (bundle instanceof Error) throw bundle;
    const given = options.trust.get(signer);
    if (given === undefined)
      return { outcome: "unknown", why: "it was not read from the policy", signer: undefined, provenTime: undefined };
    const envelope = await verifyEnvelope(bundle, trustOf(given, options), options.at);
    const manifest =
      proofs[0]?.manifest ?? (await readManifest(envelope, { platform: process.platform === "win32" ? "windows" : "posix" }));
    const { time, source } = envelope.verifiedAt;
    const provenTime = source === "clock" ? undefined : time.toISOString();
    if (proofs.length === 0) warnings.push(...envelope.warnings, ...manifest.warnings);
    proofs.push({ signer: envelope.signer, manifest, provenTime, timeSource: source });
    return { outcome: "fits", why: undefined, signer: recordOf(envelope.signer, given), provenTime };
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "ABORTED" || error.code === "INTERNAL") throw error;
    // The policy asks, and a signer that does not fit is an answer.
    const outcome = error.outcome === "incomplete" ? "unknown" : "does-not-fit";
    return { outcome, why: error.message, signer: undefined, provenTime: undefined };
  }
}

function trustOf(given: SignerTrust, { publicRoot }: ProofOptions): Trust {
  return given.method === "sigstore" ? { ...given.expected, material: given.material ?? publicRoot } : given.trust;
}

/** A signer as a lock file names it: by what stays when a certificate is renewed. */
function recordOf(signer: SignerIdentity, given: SignerTrust): SignerRecord {
  switch (signer.method) {
    case "key":
      return given.method === "key" ? given.record : { method: "key", fingerprint: signer.fingerprint };
    case "certificate":
      return { method: "certificate", subject: signer.subject, root: signer.path.at(-1) ?? signer.fingerprint };
    case "sigstore":
      return { method: "sigstore", identity: signer.identity, issuer: signer.identityProvider };
  }
}
