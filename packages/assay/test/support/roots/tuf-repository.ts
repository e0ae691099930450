import { createHash, createPublicKey, sign, type KeyObject } from "node:crypto";
import { newKey } from "../x509/make.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A key of a TUF repository. */
export interface TufKey {
  readonly id: string;
  readonly json: Json;
  readonly privateKey: KeyObject;
}

/** A fresh key. Root keys of Sigstore are ECDSA; online ones too. */
export function tufKey(kind: "P-256" | "Ed25519" = "P-256"): TufKey {
  const privateKey = newKey(kind);
  const publicKey = createPublicKey(privateKey);
  const json: Json =
    kind === "Ed25519"
      ? {
          keytype: "ed25519",
          scheme: "ed25519",
          keyval: { public: publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("hex") },
        }
      : {
          keytype: "ecdsa",
          scheme: "ecdsa-sha2-nistp256",
          keyval: { public: publicKey.export({ type: "spki", format: "pem" }).toString() },
        };
  return { id: sha256(canonical(json)), json, privateKey };
}

export interface TufRecipe {
  readonly rootVersion: number;
  readonly version: number;
  readonly expires: string;
  readonly rootExpires: string;
  readonly rootKeys: readonly TufKey[];
  readonly onlineKey: TufKey;
  readonly targetsKey: TufKey;
  /** Who signs the root, where it is not exactly its own keys. */
  readonly rootSigners?: readonly TufKey[];
  readonly targets: Readonly<Record<string, Uint8Array>>;
  /** Changes metadata before it is signed. */
  readonly edit?: (role: string, signed: Record<string, Json>) => void;
  /** Changes metadata after it was signed. */
  readonly tamper?: (role: string, signed: Record<string, Json>) => void;
}

const FAR = "2099-01-01T00:00:00Z";

export function recipe(targets: Readonly<Record<string, Uint8Array>>, more: Partial<TufRecipe> = {}): TufRecipe {
  return {
    rootVersion: 1,
    version: 1,
    expires: FAR,
    rootExpires: FAR,
    rootKeys: [tufKey(), tufKey()],
    onlineKey: tufKey(),
    targetsKey: tufKey("Ed25519"),
    targets,
    ...more,
  };
}

/** The files of a repository, by their path: what a real one serves, with consistent snapshots. */
export function tufFiles(from: TufRecipe): Map<string, Uint8Array> {
  const { rootVersion, version, expires, targets: contents, rootKeys, onlineKey, targetsKey } = from;
  const files = new Map<string, Uint8Array>();
  const role = (keys: readonly TufKey[], threshold = keys.length): Json => ({ keyids: keys.map(({ id }) => id), threshold });
  const common = { spec_version: "1.0.31", expires };

  const root = signed(from, "root", from.rootSigners ?? rootKeys, {
    _type: "root",
    spec_version: "1.0.31",
    version: rootVersion,
    expires: from.rootExpires,
    consistent_snapshot: true,
    keys: Object.fromEntries([...rootKeys, onlineKey, targetsKey].map(({ id, json }) => [id, json])),
    roles: { root: role(rootKeys), timestamp: role([onlineKey]), snapshot: role([onlineKey]), targets: role([targetsKey]) },
  });
  files.set(`/${rootVersion}.root.json`, root);

  const targets = signed(from, "targets", [targetsKey], {
    _type: "targets",
    ...common,
    version,
    targets: Object.fromEntries(
      Object.entries(contents).map(([name, bytes]) => [name, { length: bytes.length, hashes: { sha256: sha256(bytes) } }]),
    ),
  });
  files.set(`/${version}.targets.json`, targets);
  for (const [name, bytes] of Object.entries(contents)) files.set(`/targets/${sha256(bytes)}.${name}`, bytes);

  const snapshot = signed(from, "snapshot", [onlineKey], { _type: "snapshot", ...common, version, meta: { "targets.json": { version } } });
  files.set(`/${version}.snapshot.json`, snapshot);
  const timestamp = signed(from, "timestamp", [onlineKey], {
    _type: "timestamp",
    ...common,
    version,
    meta: { "snapshot.json": { version } },
  });
  files.set("/timestamp.json", timestamp);
  return files;
}

/** The first root of a repository: what its clients start from. */
export function firstRoot(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return files.get("/1.root.json")!;
}

function signed({ edit, tamper }: TufRecipe, role: string, keys: readonly TufKey[], body: Record<string, Json>): Uint8Array {
  edit?.(role, body);
  const bytes = canonical(body);
  const signatures = keys.map(({ id, privateKey }) => {
    const hash = privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
    return { keyid: id, sig: sign(hash, bytes, privateKey).toString("hex") };
  });
  tamper?.(role, body);
  return Buffer.from(JSON.stringify({ signatures, signed: body }));
}

/** OLPC's canonical JSON, which TUF signs: keys in order, no white space, only quote and backslash escaped. */
function canonical(value: Json): Buffer {
  return Buffer.from(write(value));
}

function write(value: Json): string {
  if (typeof value === "string") return `"${value.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
  if (typeof value !== "object" || value === null) return String(value);
  if (isList(value)) return `[${value.map(write).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${write(key)}:${write(member)}`).join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
