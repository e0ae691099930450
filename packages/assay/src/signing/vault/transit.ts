import { decodeBase64, encodeBase64 } from "../../encoding/base64.ts";
import type { JsonNode } from "../../encoding/json.ts";
import { decodePem } from "../../encoding/pem.ts";
import { AssayError } from "../../core/error.ts";
import type { HttpClient, HttpRequest } from "../../network/http.ts";
import { jsonAnswer } from "../../network/json-answer.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { plainServerText } from "../../network/server-text.ts";
import type { Hash } from "../../trust/signature.ts";
import type { VaultSettings } from "./settings.ts";

/** A key in the transit secrets engine: one version of it, which never changes. */
export interface TransitKey {
  readonly version: number;
  /** SPKI DER. */
  readonly publicKey: Uint8Array;
}

const SERVICE = "the Vault";
const MAX_ANSWER = 4 * 1024 * 1024;
const HASH_NAMES: Readonly<Record<Hash, string>> = { "SHA-256": "sha2-256", "SHA-384": "sha2-384", "SHA-512": "sha2-512" };
const SIGNATURE = /^vault:v(\d{1,9}):(.+)$/s;
/** The types that a Vault documents, which may be shown. */
const KEY_TYPES = ["aes128-gcm96", "aes256-gcm96", "chacha20-poly1305", "ed25519", "hmac", "managed_key", "ml-dsa", "slh-dsa", "hybrid"];
const SIGNING_TYPES = /^(?:ecdsa-p(?:256|384|521)|rsa-\d+)$/;

/**
 * The two requests of the transit engine that signing needs, as Vault and OpenBao document them:
 * https://openbao.org/api-docs/secret/transit
 *
 * Both throw SERVER_UNREACHABLE (not reached, sealed, errors of its own), SERVER_REFUSED (token, policy, no
 * such key), SERVER_ANSWER (malformed), ABORTED. The token is in no message.
 */
export class TransitEngine {
  readonly #http: HttpClient;
  readonly #settings: VaultSettings;

  constructor(http: HttpClient, settings: VaultSettings) {
    this.#http = http;
    this.#settings = settings;
  }

  /** The version that signs. Throws ALGORITHM_FORBIDDEN too, for a key of a kind that cannot sign models. */
  async readKey(): Promise<TransitKey> {
    const { keyName } = this.#settings;
    const data = await this.#ask(`keys/${keyName}`, undefined);
    const type = data.require("type").string();
    if (!SIGNING_TYPES.test(type)) {
      throw new AssayError(
        "ALGORITHM_FORBIDDEN",
        `the Vault's key ${keyName} is of the type ${plainServerText(type, { known: KEY_TYPES }) || "unknown"}, which cannot sign models`,
        {
          hint:
            type === "ed25519"
              ? "a Vault signs with Ed25519 in its pure form only, models are signed in the prehashed one; make a key of the type ecdsa-p256"
              : "make one that can: vault write transit/keys/NAME type=ecdsa-p256",
        },
      );
    }
    const newest = readVersion(data.require("latest_version"));
    const version = this.#settings.version ?? newest;
    const entry = data.require("keys").get(String(version));
    if (entry === undefined) {
      throw new AssayError("SERVER_REFUSED", `the Vault's key ${keyName} has no version ${version}`, {
        hint: `its newest is ${newest}`,
      });
    }
    return { version, publicKey: readPublicKey(entry.require("public_key")) };
  }

  /** Signs a digest. ECDSA: DER; RSA: PKCS#1 v1.5. */
  async sign(key: TransitKey, digest: Uint8Array, hash: Hash): Promise<Uint8Array> {
    const data = await this.#ask(`sign/${this.#settings.keyName}`, {
      input: encodeBase64(digest),
      prehashed: true,
      hash_algorithm: HASH_NAMES[hash],
      signature_algorithm: "pkcs1v15",
      marshaling_algorithm: "asn1",
      key_version: key.version,
    });
    const node = data.require("signature");
    const [, version, encoded = ""] = SIGNATURE.exec(node.string()) ?? [];
    if (version === undefined) return node.fail('"data.signature" is not of the form vault:vN:BASE64');
    if (Number(version) !== key.version) {
      return node.fail(`the key's version ${version} signed, and version ${key.version} was asked for`);
    }
    return decodeBase64(encoded, "SERVER_ANSWER", "the Vault's signature");
  }

  async #ask(path: string, body: Readonly<Record<string, string | number | boolean>> | undefined): Promise<JsonNode> {
    const { transitUrl, token, namespace, keyName } = this.#settings;
    const request: HttpRequest = {
      url: `${transitUrl}/${path}`,
      service: SERVICE,
      isSecret: true,
      maxBytes: MAX_ANSWER,
      headers: {
        "x-vault-token": token,
        "x-vault-request": "true",
        accept: "application/json",
        ...(namespace === undefined ? {} : { "x-vault-namespace": namespace }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { method: "POST" as const, body: JSON.stringify(body) }),
    };
    const answer = await this.#http.request(request);
    if (answer.status !== 200)
      throw serverRefusal(request, answer, { known: [keyName], secrets: [token], ...hintFor(answer.status, keyName) });
    return jsonAnswer(answer, "answer of the Vault", { secrets: [token] })
      .require("data")
      .object();
  }
}

/** What a status most often means; the Vault's own words are short to the point of silence. */
function hintFor(status: number, keyName: string): { readonly hint?: string } {
  switch (status) {
    case 403:
      return { hint: `the token is wrong or has expired, or its policy does not allow reading and signing with the key ${keyName}` };
    case 404:
      return { hint: `key ${keyName} is missing, or the transit engine is at another path: see TRANSIT_SECRET_ENGINE_PATH` };
    case 503:
      return { hint: "it may be sealed: its operator has to unseal it" };
    default:
      return {};
  }
}

function readVersion(node: JsonNode): number {
  const version = node.number();
  return Number.isSafeInteger(version) && version > 0 ? version : node.fail(`"${node.path}" is not the number of a version`);
}

function readPublicKey(node: JsonNode): Uint8Array {
  const text = node.string();
  try {
    const [block, ...others] = decodePem(text);
    if (block?.label === "PUBLIC KEY" && others.length === 0) return block.bytes;
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "PEM_INVALID") throw error;
  }
  return node.fail("its public key is not one PEM block");
}
