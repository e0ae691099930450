import { createHash } from "node:crypto";
import { asAssayError, AssayError } from "../../core/error.ts";
import type { RemoteClient } from "../remote/remote-client.ts";
import { loadManifest, MAX_MANIFEST_BYTES } from "./manifest.ts";
import type { Attached } from "./referrers.ts";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";
const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** What has no configuration has this one (OCI image specification, manifest.md). */
const EMPTY = { mediaType: "application/vnd.oci.empty.v1+json", digest: sha256(new TextEncoder().encode("{}")), size: 2 };

/**
 * Attaches a bundle to a manifest as a referrer (OCI distribution specification, "Pushing Manifests with Subject"): a manifest of the
 * type of bundles whose subject is the model's. Where the registry does not say that it has taken note of the subject, the referrer is
 * added to the index under the tag `sha256-HEX`. The same bundle twice is attached once.
 *
 * Returns its digest. Throws REMOTE_DENIED, REMOTE_DIGEST where the registry has something else afterwards, SERVER_ANSWER, and what the
 * client throws.
 */
export async function attachBundle({ client, repository, manifest }: Attached, bundle: Uint8Array): Promise<string> {
  const layer = { mediaType: BUNDLE, digest: sha256(bundle), size: bundle.length };
  await pushBlob(client, repository, layer.digest, bundle);
  await pushBlob(client, repository, EMPTY.digest, new TextEncoder().encode("{}"));
  const referrer = encode({
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: BUNDLE,
    config: EMPTY,
    layers: [layer],
    subject: { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.size },
    annotations: { "dev.sigstore.bundle.content": "dsse-envelope" },
  });
  const digest = sha256(referrer);
  const headers = await put(client, `v2/${repository}/manifests/${digest}`, referrer, MANIFEST, "the attached signature");
  if (headers.get("oci-subject") === undefined) {
    await addToTag(client, repository, manifest.digest, { mediaType: MANIFEST, digest, size: referrer.length, artifactType: BUNDLE });
  }
  // Read back: what was pushed is there, under its digest.
  await loadManifest(client, repository, digest, "the attached signature");
  return digest;
}

async function pushBlob(client: RemoteClient, repository: string, digest: string, bytes: Uint8Array): Promise<void> {
  const what = `a place for ${digest}`;
  const start = client.url(`v2/${repository}/blobs/uploads/`);
  const { headers } = await client.whole({ url: start, what, method: "POST", body: new Uint8Array() }, MAX_MANIFEST_BYTES);
  const place = URL.parse(headers.get("location") ?? "", start.href);
  if (place === null) throw new AssayError("SERVER_ANSWER", `${client.host} names no place for an upload`);
  if (place.origin !== client.server.endpoint.origin) {
    throw new AssayError("REMOTE_REDIRECT", `${client.host} names a place for an upload on another host, which is not followed`);
  }
  place.searchParams.set("digest", digest);
  const upload = {
    url: place,
    what: `the upload of ${digest}`,
    method: "PUT",
    body: bytes,
    contentType: "application/octet-stream",
  } as const;
  await client.whole(upload, MAX_MANIFEST_BYTES);
}

async function put(
  client: RemoteClient,
  path: string,
  body: Uint8Array,
  contentType: string,
  what: string,
): Promise<ReadonlyMap<string, string>> {
  return (await client.whole({ url: client.url(path), what, method: "PUT", body, contentType }, MAX_MANIFEST_BYTES)).headers;
}

/** What others attached stays; two that attach at the same moment can lose one, as with any client: the API of registries has no lock. */
async function addToTag(
  client: RemoteClient,
  repository: string,
  subject: string,
  entry: Readonly<Record<string, unknown>>,
): Promise<void> {
  const tag = subject.replace(":", "-");
  const path = `v2/${repository}/manifests/${tag}`;
  const what = `the list of what is attached to ${subject}`;
  const manifests = await entriesOf(client, path, what);
  if (manifests.some(({ digest }) => digest === entry["digest"])) return;
  await put(client, path, encode({ schemaVersion: 2, mediaType: INDEX, manifests: [...manifests, entry] }), INDEX, what);
}

/** As they are written: members that are not known here are kept. */
async function entriesOf(client: RemoteClient, path: string, what: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  try {
    const { bytes } = await client.whole({ url: client.url(path), what, accept: INDEX }, MAX_MANIFEST_BYTES);
    const document = client.parse(bytes, what);
    return [...document.require("manifests").elements()].map((entry) => {
      const descriptor = entry.object().plain();
      return typeof descriptor === "object" && descriptor !== null ? { ...descriptor } : entry.fail("is not a descriptor");
    });
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "REMOTE_NOT_FOUND" || error.code === "REMOTE_REVISION") return [];
    throw error;
  }
}

function encode(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
