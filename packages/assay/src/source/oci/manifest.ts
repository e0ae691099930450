import { createHash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import type { JsonNode } from "../../encoding/json.ts";
import type { RemoteClient } from "../remote/remote-client.ts";
import { mediaTypeOf, readAnnotations, readDescriptor, type Descriptor } from "./descriptor.ts";

const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
const MANIFESTS: ReadonlySet<string> = new Set([OCI_MANIFEST, DOCKER_MANIFEST]);
const INDEXES: ReadonlySet<string> = new Set([OCI_INDEX, DOCKER_INDEX]);
/** Registries give what is named here only. */
const ACCEPT = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX].join(", ");

/** The least that registries must take (distribution specification). */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** One artifact: its files are its layers. */
export interface OciManifest {
  readonly kind: "manifest";
  /** `sha256:` and 64 hex digits, of the bytes. */
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  /** What it is: its own word, else the type of its configuration. */
  readonly artifactType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  /** What it is about. */
  readonly subject: Descriptor | undefined;
  readonly annotations: ReadonlyMap<string, string>;
}

/** A list of manifests. */
export interface OciIndex {
  readonly kind: "index";
  readonly digest: string;
  readonly manifests: readonly Descriptor[];
}

/**
 * Reads what a tag or digest names, and checks the bytes: against the digest where one is asked for, else against the one that the
 * registry gives with them. Every later use names the digest of these bytes.
 *
 * Throws REMOTE_DIGEST, REMOTE_FORMAT, SERVER_ANSWER, and what the client throws.
 */
export async function loadManifest(
  client: RemoteClient,
  repository: string,
  reference: string,
  what: string,
): Promise<OciManifest | OciIndex> {
  if (reference.includes(":") && !reference.startsWith("sha256:")) {
    throw new AssayError("REMOTE_FORMAT", `${what} is named by a digest that is not SHA-256: ${reference.slice(0, 80)}`);
  }
  const url = client.url(`v2/${repository}/manifests/${reference}`);
  const { bytes, headers } = await client.whole({ url, what, accept: ACCEPT }, MAX_MANIFEST_BYTES);
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const stated = reference.includes(":") ? reference : headers.get("docker-content-digest");
  if (stated?.startsWith("sha256:") === true && stated !== digest) {
    throw new AssayError(
      "REMOTE_DIGEST",
      `${client.host} gives other bytes than it says for ${what}: their digest is ${digest}, not ${stated.slice(0, 80)}`,
    );
  }
  return readManifest(client.parse(bytes, what), bytes.length, digest, headers.get("content-type"), what);
}

function readManifest(
  document: JsonNode,
  size: number,
  digest: string,
  contentType: string | undefined,
  what: string,
): OciManifest | OciIndex {
  document.object();
  const own = document.optional("mediaType")?.string();
  const sent = contentType === undefined ? undefined : mediaTypeOf(contentType);
  const isSentKnown = sent !== undefined && (MANIFESTS.has(sent) || INDEXES.has(sent));
  const mediaType = own === undefined ? (isSentKnown ? sent : guessed(document)) : mediaTypeOf(own);
  // One document that can be read as two is refused: readers would differ in which it is (CVE-2021-41190).
  if (isSentKnown && mediaType !== sent) document.fail("its media type is not the one that it was sent with");
  if (document.get("manifests") !== undefined && document.get("layers") !== undefined) document.fail("it is both a manifest and an index");
  if (INDEXES.has(mediaType)) {
    return { kind: "index", digest, manifests: [...document.require("manifests").elements()].map(readDescriptor) };
  }
  if (!MANIFESTS.has(mediaType)) {
    throw new AssayError(
      "REMOTE_FORMAT",
      `${what} is of the type ${JSON.stringify(mediaType.slice(0, 200))}, which is not a manifest that is understood`,
    );
  }
  const config = readDescriptor(document.require("config"));
  const subject = document.optional("subject");
  return {
    kind: "manifest",
    digest,
    size,
    mediaType,
    artifactType: document.optional("artifactType")?.string() || config.mediaType,
    config,
    layers: [...document.require("layers").elements()].map(readDescriptor),
    subject: subject === undefined ? undefined : readDescriptor(subject),
    annotations: readAnnotations(document),
  };
}

/** OCI documents need not say what they are. */
function guessed(document: JsonNode): string {
  if (document.get("manifests") !== undefined) return OCI_INDEX;
  return document.get("layers") !== undefined && document.get("config") !== undefined ? OCI_MANIFEST : "unknown";
}
