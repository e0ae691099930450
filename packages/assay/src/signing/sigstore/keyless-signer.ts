import { generateKeyPair, sign as signWithKey } from "node:crypto";
import { promisify } from "node:util";
import type { VerificationMaterial } from "../../bundle/bundle.ts";
import type { LogEntry } from "../../bundle/log-entry.ts";
import { addition, AssayError } from "../../core/error.ts";
import { type HttpClient, httpClient } from "../../network/http.ts";
import { retryingClient } from "../../network/retry.ts";
import type { IdentitySource } from "../../oidc/identity-source.ts";
import type { IdentityToken } from "../../oidc/identity-token.ts";
import { secureUrl } from "../../oidc/secure-url.ts";
import { preAuthenticationEncoding } from "../../trust/pae.ts";
import { checkWith } from "../../trust/sigstore/stale-root.ts";
import { verifyTimestamp } from "../../trust/sigstore/timestamp.ts";
import type { TrustMaterial } from "../../trust/sigstore/trust-source.ts";
import { checkAgainstRoot } from "./check-certificate.ts";
import { checkLogs } from "./check-logs.ts";
import { requestCertificate } from "./fulcio.ts";
import type { ContentToLog, SignedPart } from "./logged-content.ts";
import type { SelectedServices } from "./select-services.ts";
import { witness, type Witnessed } from "./witness.ts";

const createKeyPair = promisify(generateKeyPair);
const signAsync = promisify(signWithKey);

/** What a keyless signer waits for. */
export type KeylessStep = "waiting for log-in" | "certificate" | "timestamp" | "log";

/** The instance, the identity and the servers of a keyless signature. */
export interface KeylessOptions {
  readonly identitySource: IdentitySource;
  readonly services: SelectedServices;
  /** What the certificate is checked by before anything is signed. */
  readonly trust: TrustMaterial;
  /** Who asks the servers, for one signature; with retries, by default. */
  readonly http?: (signal: AbortSignal | undefined) => HttpClient;
  readonly now?: () => Date;
  readonly onStep?: (step: KeylessStep) => void;
}

/** What is to be signed: a statement in an envelope, or the bytes of a file. */
export type KeylessContent =
  | { readonly kind: "dsse"; readonly payloadType: string; readonly payload: Uint8Array }
  /** The file's bytes are signed, and their SHA-256 is logged. */
  | { readonly kind: "message"; readonly artifact: Uint8Array; readonly digest: Uint8Array };

/** A signature with everything that a bundle needs to prove it. */
export interface KeylessSeal {
  readonly material: Extract<VerificationMaterial, { kind: "certificate" }>;
  readonly signature: Uint8Array;
  readonly tlogEntries: readonly LogEntry[];
  readonly timestamps: readonly Uint8Array[];
}

/** Signs as the identity that the identity source vouches for, with a key that lives for one signature. */
export interface KeylessSigner {
  readonly method: "sigstore";
  readonly algorithm: "ecdsa-p256-sha256";
  readonly trust: TrustMaterial;
  /**
   * Checks what can be checked before anything is public: that the trusted root lists the logs. `seal` does it too,
   * once; before a large model is hashed it is worth doing early. Throws LOG_UNKNOWN, TRUST_ROOT_STALE, SERVER_*, ABORTED.
   */
  prepare(signal?: AbortSignal): Promise<void>;
  /**
   * Checks the logs where `prepare` did not, then gets an identity, a certificate for it, a signature, timestamps
   * and log entries, in that order. From the certificate on, the identity is public, and an error says so.
   *
   * Throws what the identity source throws; SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER,
   * TRUST_ROOT_STALE, LOG_UNKNOWN, ABORTED. No error holds the token, the key or a proof.
   */
  seal(content: KeylessContent, signal?: AbortSignal): Promise<KeylessSeal>;
}

/**
 * A signer for the method `sigstore`: an identity, proven by a token.
 *
 * Throws USAGE where the token would travel to the certificate authority without encryption.
 */
export function keylessSigner(options: KeylessOptions): KeylessSigner {
  const { services, trust, identitySource, now = () => new Date(), onStep = () => {} } = options;
  secureUrl(services.fulcioUrl, "the certificate authority");
  const connect = options.http ?? ((signal) => retryingClient(httpClient({ signal }), { signal }));
  let isPrepared = false;
  const prepare = async (http: HttpClient): Promise<void> => {
    if (!isPrepared) await checkLogs(http, services.logs, trust, now());
    isPrepared = true;
  };
  return {
    method: "sigstore",
    algorithm: "ecdsa-p256-sha256",
    trust,
    prepare: (signal) => prepare(connect(signal)),
    async seal(content, signal) {
      const http = connect(signal);
      // Before the log-in: no person should log in for a signature that the log cannot hold.
      await prepare(http);
      onStep("waiting for log-in");
      const token = await identitySource.token(signal);
      const { privateKey, publicKey } = await createKeyPair("ec", { namedCurve: "P-256" });
      const sign = (bytes: Uint8Array): Promise<Uint8Array> => signAsync("sha256", bytes, { key: privateKey, dsaEncoding: "der" });
      const spki = publicKey.export({ type: "spki", format: "der" });

      onStep("certificate");
      const proofOfPossession = await sign(Buffer.from(token.subject));
      const issued = await requestCertificate(http, services.fulcioUrl, { token, publicKey: spki, proofOfPossession }, now());
      return afterCertificate(token, async () => {
        await checkAgainstRoot(issued, trust);
        const signature = await sign(
          content.kind === "dsse" ? preAuthenticationEncoding(content.payloadType, content.payload) : content.artifact,
        );
        const verifier = { kind: "certificate", der: issued.leaf.der, spki } as const;
        const logged: ContentToLog = { signed: signedPart(content), signature, algorithm: "ecdsa-p256-sha256", verifier };
        const checkTimestamp = (response: Uint8Array): Promise<unknown> =>
          checkWith(trust, () => verifyTimestamp(response, signature, trust.root.timestampAuthorities));
        const witnessed = await witness(http, logged, { ...services, knownLogs: trust.root.logs, checkTimestamp }, onStep);
        return { material: { kind: "certificate", certificate: issued.leaf.der }, signature, ...witnessed };
      });
    },
  };
}

function signedPart(content: KeylessContent): SignedPart {
  return content.kind === "dsse" ? content : { kind: "message", digest: content.digest };
}

/** Once there is a certificate, who signs is public: an error must not hide that. */
async function afterCertificate<Result extends Witnessed>(
  { expectedIdentity }: IdentityToken,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw addition(
      error,
      `; a certificate that names ${expectedIdentity ?? "you"} was issued, and is in its authority's public log of certificates`,
    );
  }
}
