import { httpClient, type HttpClient } from "../../network/http.ts";
import { retryingClient } from "../../network/retry.ts";
import { outsideSigner } from "../outside-key.ts";
import type { Signer } from "../signer.ts";
import { vaultSettings, type VaultEnvironment } from "./settings.ts";
import { TransitEngine } from "./transit.ts";

/** A key in a HashiCorp Vault or OpenBao, and the way to it. */
export interface VaultOptions {
  /** `hashivault://NAME[?version=N]`, or the same with `openbao`. */
  readonly keyUri: string;
  /** Where address, token and namespace are read; the process's own by default. */
  readonly environment?: VaultEnvironment;
  readonly signal?: AbortSignal | undefined;
  /** Asks the server; one that tries again after a 429 or 5xx by default. */
  readonly http?: HttpClient;
}

/**
 * A signer whose key is in the transit engine of a HashiCorp Vault or OpenBao. Only digests travel to it, and
 * the private key never leaves it. The version of the key that is newest now is the one that signs, also if
 * the key is rotated in between.
 *
 * Throws what `vaultSettings` and `TransitEngine` throw, and what `parsePublicKey` throws.
 */
export async function vaultSigner(options: VaultOptions): Promise<Signer> {
  const { keyUri, signal, environment = process.env } = options;
  const settings = vaultSettings(keyUri, environment);
  const http = options.http ?? retryingClient(httpClient({ signal, environment }), { signal });
  const engine = new TransitEngine(http, settings);
  const key = await engine.readKey();
  return outsideSigner({
    publicKey: key.publicKey,
    holder: "the Vault",
    answerCode: "SERVER_ANSWER",
    sign: ({ digest, hash }) => engine.sign(key, digest, hash),
  });
}
