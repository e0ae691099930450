import type { BundleContent, Envelope } from "../../bundle/bundle.ts";
import { AssayError } from "../../core/error.ts";
import { digestOfBytes } from "../digest.ts";
import { preAuthenticationEncoding } from "../pae.ts";
import type { Hash } from "../signature.ts";

/** What a bundle's signature is over, as its log entries and timestamps are compared with it. */
export interface SignedContent {
  readonly signature: Uint8Array;
  /** Where the signature is over a DSSE envelope. */
  readonly envelope: Envelope | undefined;
  /** The digest of the signed bytes: of the envelope's pre-authentication encoding, or of the file. */
  digest(hash: Hash): Promise<Uint8Array>;
}

/** The file that a message signature is over, or just its SHA-256. */
export type Artifact = { readonly bytes: Uint8Array } | { readonly sha256: Uint8Array };

/** What the content's signature is over. Throws USAGE where that is a file and none is given. */
export async function signedContent(content: BundleContent, artifact: Artifact | undefined): Promise<SignedContent> {
  if (content.kind === "dsse") {
    const { envelope } = content;
    const signed = preAuthenticationEncoding(envelope.payloadType, envelope.payload);
    return { signature: envelope.signature, envelope, digest: (hash) => digestOfBytes(hash, signed) };
  }
  if (artifact === undefined) throw new AssayError("USAGE", "the bundle signs a file, and no file was given");
  return { signature: content.signature, envelope: undefined, digest: (hash) => digestOf(artifact, hash) };
}

async function digestOf(artifact: Artifact, hash: Hash): Promise<Uint8Array> {
  if ("bytes" in artifact) return digestOfBytes(hash, artifact.bytes);
  if (hash === "SHA-256") return artifact.sha256;
  throw new AssayError("ARTIFACT_NEEDED", `the signature is over the file's ${hash}, and only its SHA-256 was given`, {
    hint: "give the file itself",
  });
}
