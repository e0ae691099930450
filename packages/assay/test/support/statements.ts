import { createHash } from "node:crypto";

export interface Resource {
  name: unknown;
  algorithm: unknown;
  digest: unknown;
  [extra: string]: unknown;
}

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** A resource as signers list it; its digest is the hash of its name. */
export function resource(name: string, patch: Record<string, unknown> = {}): Resource {
  return { name, algorithm: "sha256", digest: sha256(name), ...patch };
}

/** OMS section 6.5.1, the plain way. */
export function rootDigest(resources: readonly Resource[]): string {
  return sha256(Buffer.concat(resources.map(({ digest }) => Buffer.from(String(digest), "hex"))));
}

/** The manifest digest, with its prefix, as the documentation describes it; the names have to be in order. */
export function manifestDigest(lines: readonly (readonly [name: string, digest: string])[], hash = "sha256"): string {
  return `sha256:${sha256(`assay-manifest-v1\n${lines.map(([name, digest]) => `${name}\0${hash}:${digest}\n`).join("")}`)}`;
}

export const FILES = { method: "files", hash_type: "sha256", allow_symlinks: false };
export const shardsOf = (shard_size: unknown, patch: Record<string, unknown> = {}): Record<string, unknown> => ({
  method: "shards",
  hash_type: "sha256",
  shard_size,
  allow_symlinks: false,
  ...patch,
});

/** A statement about `resources`, its root digest right; `patch` is laid over the whole. */
export function statementJson(
  resources: readonly Resource[] = [resource("config.json"), resource("weights.bin")],
  serialization: unknown = FILES,
  patch: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "my-model", digest: { sha256: rootDigest(resources) } }],
    predicateType: "https://model_signing/signature/v1.0",
    predicate: { serialization, resources },
    ...patch,
  };
}

/** A statement as the reference 0.2.0 wrote it. */
export function historicalJson(names: readonly string[], patch: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: names.map((name) => ({ name, digest: { sha256: sha256(name) }, annotations: { actual_hash_algorithm: "file-sha256" } })),
    predicateType: "https://model_signing/Digests/v0.1",
    predicate: { unused: "Unused, just passed due to API requirements" },
    ...patch,
  };
}

export const payloadOf = (statement: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(statement));
