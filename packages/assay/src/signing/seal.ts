import type { VerificationMaterial } from "../bundle/bundle.ts";
import type { LogEntry } from "../bundle/log-entry.ts";
import type { HttpClient } from "../network/http.ts";
import { preAuthenticationEncoding } from "../trust/pae.ts";
import { verifyNamedTimestamp } from "../trust/sigstore/witness-trust.ts";
import type { WitnessTrust } from "../trust/trust.ts";
import type { KeylessSigner } from "./sigstore/keyless-signer.ts";
import type { Witnesses, WitnessStep } from "./sigstore/witness.ts";
import type { Signer } from "./signer.ts";

/** Signs a model: with a key or certificate, or keyless in the name of an identity. */
export type ModelSigner = Signer | KeylessSigner;

/** Who is to witness a signature by a key or certificate, and whom the result is then verified against. */
export interface WitnessRequest extends Witnesses {
  /** Without it, the answers are checked as far as possible without the servers' keys. */
  readonly trust?: WitnessTrust;
  readonly http?: HttpClient;
  readonly onStep?: (step: WitnessStep) => void;
}

/** An in-toto statement, about a model or anything else, as the payload of a DSSE envelope. */
export interface Statement {
  readonly payloadType: string;
  readonly payload: Uint8Array;
}

/** A signature over a statement, with what the bundle says beside it. */
export interface Seal {
  readonly material: VerificationMaterial;
  readonly signature: Uint8Array;
  readonly tlogEntries: readonly LogEntry[];
  readonly timestamps: readonly Uint8Array[];
}

/**
 * Has a statement signed, in a DSSE envelope, and witnessed where that is asked for. What is in a log by
 * the time of an error stays there, and the error says so.
 *
 * Throws what the signer and the servers throw.
 */
export async function sealStatement(
  { payloadType, payload }: Statement,
  signer: ModelSigner,
  witnesses: WitnessRequest | undefined,
  signal: AbortSignal | undefined,
): Promise<Seal> {
  if (signer.method === "sigstore") return signer.seal({ kind: "dsse", payloadType, payload }, signal);
  const { material, algorithm, publicKey } = signer;
  const signature = await signer.sign(preAuthenticationEncoding(payloadType, payload));
  if (witnesses === undefined) return { material, signature, tlogEntries: [], timestamps: [] };
  const [{ witness }, { httpClient }, { retryingClient }] = await Promise.all([
    import("./sigstore/witness.ts"),
    import("../network/http.ts"),
    import("../network/retry.ts"),
  ]);
  const http = witnesses.http ?? retryingClient(httpClient({ signal }), { signal });
  const logged = {
    signed: { kind: "dsse", payloadType, payload },
    signature,
    algorithm,
    verifier: verifierOf(material, publicKey),
  } as const;
  const { trust } = witnesses;
  const checkTimestamp = trust && ((response: Uint8Array): Promise<unknown> => verifyNamedTimestamp(response, signature, trust));
  const asked = { ...witnesses, ...(checkTimestamp === undefined ? {} : { checkTimestamp }) };
  return { material, signature, ...(await witness(http, logged, asked, witnesses.onStep)) };
}

function verifierOf(
  material: Signer["material"],
  spki: Uint8Array,
): { kind: "certificate" | "publicKey"; der: Uint8Array; spki: Uint8Array } {
  const leaf = material.kind === "x509CertificateChain" ? material.certificates[0] : undefined;
  return leaf === undefined ? { kind: "publicKey", der: spki, spki } : { kind: "certificate", der: leaf, spki };
}
