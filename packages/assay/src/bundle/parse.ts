import { type JsonNode, parseJson } from "../encoding/json.ts";
import { KNOWN_FORMATS, recognizeFormat } from "../encoding/known-format.ts";
import { mistakenFile } from "../encoding/mistaken-file.ts";
import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import type { Bundle, BundleContent, BundleVersion, Envelope, SigstoreBundle } from "./bundle.ts";
import { MAX_BUNDLE_BYTES } from "./limits.ts";
import { readMaterial } from "./material.ts";
import { readMediaType } from "./media-type.ts";

/** The members that a bundle has. */
const FIELDS: ReadonlySet<string> = new Set(["mediaType", "verificationMaterial", "dsseEnvelope", "messageSignature"]);

/** Values in a bundle's JSON, keys included: a keyless one has about two hundred. */
const MAX_VALUES = 1_000_000;

/**
 * Reads a Sigstore bundle as the OMS specification profiles it (sections 4 and 8.1), strictly, with
 * the older shapes of section 11: what it signs is in an envelope. Throws as `parseSigstoreBundle`.
 */
export function parseBundle(bytes: Uint8Array): Bundle {
  const { content, ...rest } = parseSigstoreBundle(bytes);
  if (content.kind === "dsse") return { ...rest, envelope: content.envelope };
  throw new AssayError("BUNDLE_CONTENT", 'the bundle is refused: it holds a "messageSignature" instead of a "dsseEnvelope"', {
    hint: "it may be the signature of some other file: a model's signature holds a statement in an envelope",
  });
}

/**
 * Reads any Sigstore bundle, of versions 0.1 to 0.3, strictly. What comes out is shaped right, and
 * nothing of it is proven.
 *
 * @param bytes the file; the bundle's fields are copies, `bytes` may go
 * @throws BUNDLE_TOO_LARGE, JSON_ENCODING, JSON_SYNTAX, JSON_TOO_DEEP, JSON_TOO_LARGE, JSON_DUPLICATE_KEY,
 * BUNDLE_SHAPE, BUNDLE_MEDIA_TYPE, BUNDLE_VERSION_UNKNOWN, BUNDLE_UNKNOWN_FIELD, BUNDLE_CONTENT,
 * BUNDLE_MATERIAL, BUNDLE_SIGNATURE_COUNT, BUNDLE_BASE64
 */
export function parseSigstoreBundle(bytes: Uint8Array): SigstoreBundle {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new AssayError("BUNDLE_TOO_LARGE", `the bundle has ${bytes.length} bytes; at most ${MAX_BUNDLE_BYTES} are read`);
  }
  const { root, version } = namingFormat(bytes, () => {
    const document = parseJson(bytes, { what: "bundle", shapeCode: "BUNDLE_SHAPE", maxValues: MAX_VALUES });
    // First the version: a later one may look different.
    return { root: document, version: readVersion(document.require("mediaType")) };
  });
  for (const [name] of root.members()) {
    if (!FIELDS.has(name)) root.fail(`its top level holds the unknown field ${JSON.stringify(name.slice(0, 60))}`, "BUNDLE_UNKNOWN_FIELD");
  }
  const content = readContent(root);
  return { version, ...readMaterial(root.require("verificationMaterial")), content };
}

/**
 * Says what a file is that is not a bundle: "line 1, column 1" does not help with an HTML page, and "mediaType is missing"
 * with no DSSE envelope. Code and outcome stay.
 */
function namingFormat<Value>(bytes: Uint8Array, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AssayError) || !mayBeForeign(error.code)) throw error;
    throw foreignFile(error, error.code, bytes) ?? error;
  }
}

type ForeignCode = (typeof FOREIGN_CODES)[number];

const FOREIGN_CODES = ["JSON_SYNTAX", "JSON_ENCODING", "BUNDLE_SHAPE", "BUNDLE_MEDIA_TYPE"] as const;

function mayBeForeign(code: ErrorCode): code is ForeignCode {
  return (FOREIGN_CODES as readonly ErrorCode[]).includes(code);
}

/** Undefined for a bundle, and for JSON of no known kind: what is wrong with it is then said by its place. */
function foreignFile(cause: AssayError, code: ForeignCode, bytes: Uint8Array): AssayError | undefined {
  const kind = recognizeFormat(bytes);
  if (kind === "sigstore-bundle" || kind === "json") return undefined;
  // Where the kind is known, the place in the JSON that it is not says nothing more.
  if (kind !== undefined) {
    return new AssayError(code, `not a signature but ${KNOWN_FORMATS[kind]}`, { cause, ...mistakenFile(kind, "Sigstore bundle") });
  }
  if (bytes.find((octet) => octet > 0x20) === 0x7b) return undefined;
  return new AssayError(code, `not a signature but another file: ${cause.message}`, {
    cause,
    hint: "a model's signature is JSON and begins with {; it is often called model.sig",
  });
}

function readVersion(node: JsonNode): BundleVersion {
  const mediaType = node.string();
  const read = readMediaType(mediaType);
  if (read === undefined) {
    return node.fail(`its media type ${JSON.stringify(mediaType.slice(0, 200))} is not that of a Sigstore bundle`, "BUNDLE_MEDIA_TYPE");
  }
  if ("version" in read) return read.version;
  return node.fail(
    `it is a Sigstore bundle of version ${read.laterVersion.slice(0, 40)}; supported: 0.1 to 0.3`,
    "BUNDLE_VERSION_UNKNOWN",
    "verify it with a newer Assay",
  );
}

function readContent(root: JsonNode): BundleContent {
  const envelope = root.optional("dsseEnvelope");
  const message = root.optional("messageSignature");
  if (envelope !== undefined && message !== undefined) {
    root.fail('it holds a "messageSignature" beside a "dsseEnvelope"', "BUNDLE_CONTENT");
  }
  if (envelope !== undefined) return { kind: "dsse", envelope: readEnvelope(envelope) };
  if (message === undefined) return root.fail('"dsseEnvelope" is missing', "BUNDLE_CONTENT");
  const digest = message.optional("messageDigest");
  return {
    kind: "message",
    digest: digest && {
      algorithm: digest.optional("algorithm")?.string() ?? "",
      digest: digest.optional("digest")?.base64("BUNDLE_BASE64") ?? new Uint8Array(),
    },
    signature: readBytes(message.require("signature")),
  };
}

/** https://github.com/secure-systems-lab/dsse/blob/master/envelope.md; `keyid` is a hint and not looked at. */
function readEnvelope(node: JsonNode): Envelope {
  const payloadType = node.require("payloadType").string();
  const signature = readSignature(node);
  return { payloadType, payload: readBytes(node.require("payload")), signature };
}

function readSignature(node: JsonNode): Uint8Array {
  const [first, second] = node.optional("signatures")?.elements() ?? [];
  if (first === undefined || second !== undefined) {
    const found = first === undefined ? "no signature" : "more than one signature";
    return node.fail(`"${node.path}" holds ${found}, expected exactly one`, "BUNDLE_SIGNATURE_COUNT");
  }
  return readBytes(first.require("sig"));
}

function readBytes(node: JsonNode): Uint8Array {
  const bytes = node.base64("BUNDLE_BASE64");
  return bytes.length > 0 ? bytes : node.fail(`"${node.path}" is empty`);
}
