import { createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

/** What the fake does instead of what it should. */
export type Misbehavior = (request: IncomingMessage, body: string, response: ServerResponse) => boolean;

export interface FakeVault {
  readonly address: string;
  readonly token: string;
  /** Every request: method, path and the headers that a Vault reads. */
  readonly requests: { readonly line: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  /** Adds a version to a key, and makes the key with the first. */
  addVersion(name: string, type: string): KeyObject;
  sealed: boolean;
  /** Returns true where it has answered itself. */
  misbehave: Misbehavior;
}

const TYPES: Readonly<Record<string, { readonly display: string; readonly make: () => KeyObject }>> = {
  "ecdsa-p256": { display: "P-256", make: () => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey },
  "ecdsa-p384": { display: "P-384", make: () => generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey },
  "ecdsa-p521": { display: "P-521", make: () => generateKeyPairSync("ec", { namedCurve: "P-521" }).privateKey },
  "rsa-2048": { display: "rsa-2048", make: () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey },
  ed25519: { display: "ed25519", make: () => generateKeyPairSync("ed25519").privateKey },
};

const TOKEN = "s.TestTokenThatMustNeverBeSeen0123456789";

interface FakeKey {
  readonly type: string;
  readonly versions: KeyObject[];
}

interface SignBody {
  readonly input: string;
  readonly prehashed: boolean;
  readonly hash_algorithm: string;
  readonly signature_algorithm: string;
  readonly marshaling_algorithm: string;
  readonly key_version: number;
}

/**
 * A server that answers as the transit engine is documented to, and as OpenBao does (real-server.ts), with real
 * keys. A Vault is given digests, and Node cannot sign an ECDSA digest: so the fake knows the messages beforehand.
 */
export async function startFakeVault(messages: readonly Uint8Array[]): Promise<FakeVault> {
  const keys = new Map<string, FakeKey>();
  const state = {
    address: "",
    token: TOKEN,
    requests: [] as FakeVault["requests"],
    sealed: false,
    misbehave: (() => false) as Misbehavior,
    addVersion(name: string, type: string): KeyObject {
      const key = keys.get(name) ?? { type, versions: [] };
      const made = TYPES[type]!.make();
      key.versions.push(made);
      keys.set(name, key);
      return made;
    },
  };

  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () => {
      state.requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      if (!state.misbehave(request, body, response)) answer(request, body, response);
    });
  });

  function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    if (state.sealed) return refuse(response, 503, "Vault is sealed");
    if (request.headers["x-vault-token"] !== TOKEN) return refuse(response, 403, "permission denied");
    const [, action, name = ""] = /^\/v1\/transit\/(keys|sign)\/([^/?]+)$/.exec(request.url ?? "") ?? [];
    const key = keys.get(name);
    if (action === undefined) return refuse(response, 404, `no handler for route "${request.url}". route entry not found.`);
    if (key === undefined) return action === "keys" ? refuse(response, 404) : refuse(response, 400, "signing key not found");
    send(response, 200, { data: action === "keys" ? describe(name, key) : signature(key, JSON.parse(body) as SignBody) });
  }

  function signature(key: FakeKey, body: SignBody): object {
    const { display } = TYPES[key.type]!;
    const hash = display === "P-384" ? "sha384" : display === "P-521" ? "sha512" : "sha256";
    if (body.hash_algorithm !== `sha2-${hash.slice(3)}` || body.signature_algorithm !== "pkcs1v15") throw new Error("asked wrongly");
    if (body.marshaling_algorithm !== "asn1" || !body.prehashed) throw new Error("asked wrongly");
    const message = messages.find((candidate) => digestOf(hash, candidate) === body.input);
    if (message === undefined) throw new Error("a digest of something else");
    return {
      key_version: body.key_version,
      signature: `vault:v${body.key_version}:${sign(hash, message, key.versions[body.key_version - 1]!).toString("base64")}`,
    };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  state.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

function describe(name: string, { type, versions }: FakeKey): object {
  const { display } = TYPES[type]!;
  const entries = versions.map((key, index) => [
    String(index + 1),
    { name: display, public_key: publicKeyOf(key), creation_time: "2026-01-01T00:00:00Z" },
  ]);
  return { name, type, latest_version: versions.length, keys: Object.fromEntries(entries) as object, supports_signing: true };
}

/** Vault gives raw Ed25519 keys in base64, and everything else as PEM. */
function publicKeyOf(key: KeyObject): string {
  const spki = createPublicKey(key);
  if (key.asymmetricKeyType !== "ed25519") return spki.export({ type: "spki", format: "pem" }).toString();
  return spki.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
}

function digestOf(hash: string, bytes: Uint8Array): string {
  return createHash(hash).update(bytes).digest("base64");
}

export function refuse(response: ServerResponse, status: number, ...errors: readonly string[]): void {
  send(response, status, { errors });
}

export function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
