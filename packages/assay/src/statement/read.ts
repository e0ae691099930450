import type { Bundle } from "../bundle/bundle.ts";
import { PAYLOAD_TYPE } from "../bundle/payload-type.ts";
import { parseJson } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import type { VerifiedEnvelope } from "../trust/envelope.ts";
import { digestBytes, inCodePointOrder, manifestDigestOf, rootDigestOf } from "./digests.ts";
import { EVIDENCE_PREDICATES } from "./evidence/predicates.ts";
import { readHistoricalStatement } from "./historical-statement.ts";
import type { Listing } from "./listing.ts";
import type { FileDigests, Manifest, ManifestContent } from "./manifest.ts";
import { checkName, nameWarnings, type Platform, shown } from "./names.ts";
import { readOmsStatement } from "./oms-statement.ts";
import { joinShards } from "./shards.ts";
import { HISTORICAL_PREDICATE_TYPE, PREDICATE_TYPE, STATEMENT_TYPE } from "./statement.ts";

/** Where the names of a statement must be safe. */
export interface ReadOptions {
  /** Whose rules for file names hold. Default `posix`. */
  readonly platform?: Platform;
}

/**
 * The manifest in an envelope whose signature and signer were proven: the only way to one.
 *
 * @throws HISTORICAL_MISMATCH where statement and signature are of different formats, and what `readStatement` throws
 */
export async function readManifest(envelope: VerifiedEnvelope, options: ReadOptions = {}): Promise<Manifest> {
  const content = await readStatement(envelope.payload, options);
  // Else the weaker encoding, which the reference 0.2.0 signed by mistake, would vouch for today's statements.
  // Keyless signatures it made by today's encoding.
  const isOfOldFormat = content.format === "historical-0.1";
  const isRightlyEncoded = envelope.historical === isOfOldFormat || (isOfOldFormat && envelope.signer.method === "sigstore");
  if (!isRightlyEncoded) {
    throw new AssayError(
      "HISTORICAL_MISMATCH",
      envelope.historical
        ? "the signature is in the encoding of the reference 0.2.0, and the statement is not of that version"
        : "the statement is of the reference 0.2.0, and the signature is not in the encoding of that version",
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand has no value; this line is what makes it
  return content as Manifest;
}

/** What a bundle's statement says, its signer unverified: for showing and comparing, never for deciding. */
export async function readUnverifiedManifest(bundle: Bundle, options: ReadOptions = {}): Promise<ManifestContent> {
  const { payloadType, payload } = bundle.envelope;
  if (payloadType !== PAYLOAD_TYPE) {
    throw new AssayError("PAYLOAD_TYPE", `the envelope holds ${shown(payloadType)}; a model's signature holds ${PAYLOAD_TYPE}`);
  }
  return readStatement(payload, options);
}

/**
 * Reads an in-toto statement about a model: OMS sections 5 and 8.3, and the format of the reference
 * 0.2.0. Every name is safe to join to a model's root, every digest is of its algorithm's length, the
 * root digest is the one of the list.
 *
 * @param payload the statement, UTF-8 JSON; no longer needed once the promise is settled
 * @throws JSON_ENCODING, JSON_SYNTAX, JSON_TOO_DEEP, JSON_TOO_LARGE, JSON_DUPLICATE_KEY, STATEMENT_TYPE, PREDICATE_TYPE,
 * STATEMENT_SHAPE, STATEMENT_UNKNOWN_FIELD, SERIALIZATION_UNKNOWN, ALGORITHM_UNKNOWN, ALGORITHM_FORBIDDEN, SUBJECT_COUNT,
 * RESOURCES_EMPTY, RESOURCE_ALGORITHM, RESOURCE_DIGEST, NAME_NOT_CANONICAL, NAME_FORBIDDEN, NAME_DUPLICATE,
 * SHARDS_INVALID, ROOT_DIGEST
 */
export async function readStatement(payload: Uint8Array, { platform = "posix" }: ReadOptions = {}): Promise<ManifestContent> {
  const listing = readListing(payload);
  const { format, modelName, serialization, allowSymlinks, ignorePaths, names } = listing;
  const bytes = digestBytes(listing, serialization.hash);
  const files = filesOf(listing, platform);
  const sorted = inCodePointOrder(listing);
  const [rootDigest, manifestDigest] = await Promise.all([rootDigestOf(bytes), manifestDigestOf(sorted, serialization.hash)]);
  if (listing.signedRootDigest !== undefined && listing.signedRootDigest !== rootDigest) {
    throw new AssayError(
      "ROOT_DIGEST",
      `the statement's root digest is ${shown(listing.signedRootDigest)}, but that of the listed files is "${rootDigest}"`,
    );
  }
  const warnings = [...listing.warnings];
  if (sorted !== listing && format === "oms-1.0") {
    warnings.push({ code: "RESOURCES_UNSORTED", message: "the signed files are not listed in code-point order, as the format asks" });
  }
  return {
    format,
    modelName,
    serialization,
    allowSymlinks,
    ignorePaths,
    files,
    resourceCount: names.length,
    rootDigest: `sha256:${rootDigest}`,
    manifestDigest: `sha256:${manifestDigest}`,
    warnings: [...warnings, ...nameWarnings(files)],
  };
}

/** Whether a payload is a statement about a model, by its types alone: the rest may still be malformed. Throws what reading JSON throws. */
export function isModelStatement(payload: Uint8Array): boolean {
  const root = parseJson(payload, { what: "payload", shapeCode: "STATEMENT_SHAPE" });
  const predicateType = root.require("predicateType").string();
  return root.require("_type").string() === STATEMENT_TYPE && [PREDICATE_TYPE, HISTORICAL_PREDICATE_TYPE].includes(predicateType);
}

function readListing(payload: Uint8Array): Listing {
  const root = parseJson(payload, { what: "payload", shapeCode: "STATEMENT_SHAPE" });
  const type = root.require("_type").string();
  if (type !== STATEMENT_TYPE) root.fail(`its type is ${shown(type)}, expected "${STATEMENT_TYPE}"`, "STATEMENT_TYPE");
  const predicateType = root.require("predicateType").string();
  if (predicateType === PREDICATE_TYPE) return readOmsStatement(root);
  if (predicateType === HISTORICAL_PREDICATE_TYPE) return readHistoricalStatement(root);
  return root.fail(
    `it is not a statement about a model: ${shown(predicateType)}, expected "${PREDICATE_TYPE}"`,
    "PREDICATE_TYPE",
    EVIDENCE_PREDICATES.includes(predicateType) ? "it is evidence of a check of a model: verify it as evidence" : undefined,
  );
}

/** The files that the resources list, in their order. `.` is the reference's name for a model of one file. */
function filesOf({ names, digests, serialization }: Listing, platform: Platform): Map<string, FileDigests> {
  if (serialization.method === "shards") return joinShards(names, digests, serialization.shardSize, platform);
  const files = new Map<string, FileDigests>();
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? "";
    if (name !== "." || names.length > 1) checkName(name, platform);
    files.set(name, { name, digests: [digests[index] ?? ""], size: undefined });
    if (files.size !== index + 1) throw new AssayError("NAME_DUPLICATE", `the statement lists ${shown(name)} twice`);
  }
  return files;
}
