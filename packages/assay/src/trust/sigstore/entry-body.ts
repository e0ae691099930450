import { decodeBase64 } from "../../encoding/base64.ts";
import { decodeHexInto } from "../../encoding/hex.ts";
import { type JsonNode, parseJson } from "../../encoding/json.ts";
import { decodePem } from "../../encoding/pem.ts";
import { decodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import type { LogEntry } from "../../bundle/log-entry.ts";
import { HASH_LENGTHS, type Hash } from "../signature.ts";

/** What a log entry's body says was signed, and by whom: the same for every kind and version of entry. */
export interface EntryBody {
  readonly kind: string;
  readonly version: string;
  /** Digest of the signed bytes, for hashedrekord. */
  readonly digest: EntryDigest | undefined;
  /** Digest of the envelope's payload, for dsse and intoto. */
  readonly payloadDigest: EntryDigest | undefined;
  readonly signatures: readonly EntrySignature[];
}

interface EntryDigest {
  readonly hash: Hash;
  readonly value: Uint8Array;
}

interface EntrySignature {
  readonly signature: Uint8Array;
  /** DER of the certificate, or of the SubjectPublicKeyInfo. */
  readonly verifier: Uint8Array;
}

type BodyReader = (spec: JsonNode) => Omit<EntryBody, "kind" | "version">;

/** Every kind of entry that Sigstore's clients have written for signatures. */
const READERS: ReadonlyMap<string, BodyReader> = new Map<string, BodyReader>([
  ["hashedrekord 0.0.1", readHashedRekord1],
  ["dsse 0.0.1", readDsse1],
  ["intoto 0.0.2", readIntoto2],
  ["hashedrekord 0.0.2", readHashedRekord2],
  ["dsse 0.0.2", readDsse2],
]);

/**
 * Reads the canonicalized body of an entry: sigstore/rekor pkg/types and sigstore/rekor-tiles.
 *
 * Throws LOG_ENTRY_UNKNOWN for a kind or version that is not known, LOG_ENTRY_INVALID for a body that is
 * malformed or of another kind than the entry says.
 */
export function readEntryBody(entry: LogEntry): EntryBody {
  const root = parseJson(entry.canonicalizedBody, {
    what: "log entry's body",
    shapeCode: "LOG_ENTRY_INVALID",
    maxDepth: 32,
    maxValues: 10_000,
  });
  const kind = root.require("kind").string();
  const version = root.require("apiVersion").string();
  // Version 0.1 of the bundle did not say the kind; where one is said, it must be the body's.
  if ((entry.kind !== "" && entry.kind !== kind) || (entry.version !== "" && entry.version !== version)) {
    root.fail(`it is ${quote(`${kind} ${version}`)}, and the entry says ${quote(`${entry.kind} ${entry.version}`)}`);
  }
  const read = READERS.get(`${kind} ${version}`);
  if (read === undefined) {
    return root.fail(`it is ${quote(`${kind} ${version}`)}, which is unsupported`, "LOG_ENTRY_UNKNOWN", "verify it with a newer Assay");
  }
  return { kind, version, ...read(root.require("spec")) };
}

function readHashedRekord1(spec: JsonNode): ReturnType<BodyReader> {
  const signature = spec.require("signature");
  return {
    digest: readHexDigest(spec.require("data").require("hash")),
    payloadDigest: undefined,
    signatures: [
      {
        signature: bytes(signature.require("content")),
        verifier: readPemVerifier(signature.require("publicKey").require("content")),
      },
    ],
  };
}

/** `envelopeHash` is of the envelope's JSON as it was sent, whose spelling is not kept: it cannot be compared. */
function readDsse1(spec: JsonNode): ReturnType<BodyReader> {
  return {
    digest: undefined,
    payloadDigest: readHexDigest(spec.require("payloadHash")),
    signatures: all(spec.require("signatures"), (signature) => ({
      signature: bytes(signature.require("signature")),
      verifier: readPemVerifier(signature.require("verifier")),
    })),
  };
}

/** The signature is base64 of the envelope's own base64. */
function readIntoto2(spec: JsonNode): ReturnType<BodyReader> {
  const content = spec.require("content");
  return {
    digest: undefined,
    payloadDigest: readHexDigest(content.require("payloadHash")),
    signatures: all(content.require("envelope").require("signatures"), (signature) => {
      const sig = signature.require("sig");
      return {
        signature: decodeBase64(decodeUtf8(bytes(sig), "LOG_ENTRY_INVALID", sig.path), "LOG_ENTRY_INVALID", sig.path),
        verifier: readPemVerifier(signature.require("publicKey")),
      };
    }),
  };
}

function readHashedRekord2(spec: JsonNode): ReturnType<BodyReader> {
  const record = spec.require("hashedRekordV002");
  return {
    digest: readNamedDigest(record.require("data")),
    payloadDigest: undefined,
    signatures: [readSignature2(record.require("signature"))],
  };
}

function readDsse2(spec: JsonNode): ReturnType<BodyReader> {
  const record = spec.require("dsseV002");
  return {
    digest: undefined,
    payloadDigest: readNamedDigest(record.require("payloadHash")),
    signatures: all(record.require("signatures"), readSignature2),
  };
}

function readSignature2(node: JsonNode): EntrySignature {
  const verifier = node.require("verifier");
  const [certificate, publicKey] = [verifier.optional("x509Certificate"), verifier.optional("publicKey")];
  if ((certificate === undefined) === (publicKey === undefined)) {
    verifier.fail(`"${verifier.path}" should hold exactly one of x509Certificate and publicKey`);
  }
  const raw = (certificate ?? publicKey ?? verifier).require("rawBytes");
  return { signature: bytes(node.require("content")), verifier: bytes(raw) };
}

function all<Item>(list: JsonNode, read: (node: JsonNode) => Item): Item[] {
  return Array.from(list.elements(), read);
}

function bytes(node: JsonNode): Uint8Array {
  return node.base64("LOG_ENTRY_INVALID");
}

function readPemVerifier(node: JsonNode): Uint8Array {
  try {
    const [block, ...more] = decodePem(bytes(node));
    if (block !== undefined && more.length === 0) return block.bytes;
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "PEM_INVALID") throw error;
  }
  return node.fail(`"${node.path}" is not one certificate or key in PEM`);
}

const HEX_HASHES: ReadonlyMap<string, Hash> = new Map([
  ["sha256", "SHA-256"],
  ["sha384", "SHA-384"],
  ["sha512", "SHA-512"],
]);
/** Hashes as Sigstore's protobuf messages name them. */
export const NAMED_HASHES: ReadonlyMap<string, Hash> = new Map([
  ["SHA2_256", "SHA-256"],
  ["SHA2_384", "SHA-384"],
  ["SHA2_512", "SHA-512"],
]);

function readHexDigest(node: JsonNode): EntryDigest {
  const hash = knownHash(node.require("algorithm"), HEX_HASHES);
  const value = new Uint8Array(HASH_LENGTHS[hash]);
  const text = node.require("value");
  if (!decodeHexInto(text.string(), value.length, value, 0)) text.fail(`"${text.path}" is not lowercase hexadecimal of a ${hash} digest`);
  return { hash, value };
}

function readNamedDigest(node: JsonNode): EntryDigest {
  const hash = knownHash(node.require("algorithm"), NAMED_HASHES);
  return { hash, value: bytes(node.require("digest")) };
}

function knownHash(node: JsonNode, hashes: ReadonlyMap<string, Hash>): Hash {
  return hashes.get(node.string()) ?? node.fail(`"${node.path}" is ${quote(node.string())}; expected ${[...hashes.keys()].join(", ")}`);
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
