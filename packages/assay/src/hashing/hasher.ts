import { createHash, hash as hashAtOnce } from "node:crypto";
import type { HashAlgorithm } from "../statement/manifest.ts";

/** A running hash. `update` is done with the bytes when it returns. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/** One of the algorithms of the OMS registry, ready for use. */
export interface Hasher {
  /** Bytes of a digest. */
  readonly length: number;
  start(): RunningHash;
  /** The digest of bytes that are all in memory: faster for small files. */
  atOnce(bytes: Uint8Array): Uint8Array;
}

/** Bytes of a digest. OMS section 7: BLAKE2b is used at its full width. */
export const DIGEST_LENGTHS: Readonly<Record<HashAlgorithm, number>> = { sha256: 32, blake2b: 64, blake3: 32 };

/** SHA-256 and BLAKE2b come with Node; BLAKE3 is loaded when it is asked for, the native code where it is installed. */
export async function loadHasher(algorithm: HashAlgorithm): Promise<Hasher> {
  switch (algorithm) {
    case "sha256":
      return opensslHasher("sha256", DIGEST_LENGTHS.sha256);
    case "blake2b":
      return opensslHasher("blake2b512", DIGEST_LENGTHS.blake2b);
    default:
      return loadNativeBlake3().catch(loadPortableBlake3);
  }
}

function opensslHasher(name: string, length: number): Hasher {
  return { length, start: () => createHash(name), atOnce: (bytes) => hashAtOnce(name, bytes, "buffer") };
}

export async function loadNativeBlake3(): Promise<Hasher> {
  const { Blake3Hasher, blake3 } = await import("@napi-rs/blake-hash");
  const start = (): RunningHash => {
    const running = new Blake3Hasher();
    return { update: (bytes) => void running.update(bytes), digest: () => running.digestBuffer() };
  };
  return { length: DIGEST_LENGTHS.blake3, start, atOnce: blake3 };
}

export async function loadPortableBlake3(): Promise<Hasher> {
  const { createBLAKE3 } = await import("hash-wasm");
  // One instance serves all: a thread hashes one range after another, and each WebAssembly memory costs.
  const running = await createBLAKE3();
  const start = (): RunningHash => {
    running.init();
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest("binary") };
  };
  const atOnce = (bytes: Uint8Array): Uint8Array => running.init().update(bytes).digest("binary");
  return { length: DIGEST_LENGTHS.blake3, start, atOnce };
}
