import { createHash } from "node:crypto";
import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import { asAssayError, AssayError } from "../../core/error.ts";
import { isModelBundle } from "../signature-names.ts";
import type { RemoteClient, WholeAnswer } from "../remote/remote-client.ts";
import type { AttachedSignature, Attachments } from "../remote/remote-model.ts";
import { readDescriptor, type Descriptor } from "./descriptor.ts";
import { loadManifest, MAX_MANIFEST_BYTES, type OciManifest } from "./manifest.ts";

/** A Sigstore bundle, in the spellings of its versions. */
const BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+)?\+json(?:;version=\d+\.\d+)?$/;
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
const MAX_PAGES = 20;
const MAX_REFERRERS = 200;

/** Where attached signatures are looked for. */
export interface Attached {
  readonly client: RemoteClient;
  /** As references name them. */
  readonly host: string;
  readonly repository: string;
  readonly manifest: OciManifest;
}

/**
 * The bundles that are attached to a manifest: by the referrers API, or where a registry has none, by the tag `sha256-HEX`. What the
 * list says of them is not relied on: each is read, by its own digest, and counts where its own manifest says that it is a bundle
 * about this one.
 *
 * Throws SERVER_ANSWER for too many, REMOTE_DIGEST, and what the client throws.
 */
export async function findAttached(attached: Attached): Promise<Attachments> {
  const listed = await listReferrers(attached);
  const signatures: AttachedSignature[] = [];
  const others: string[] = [];
  for (const { digest, sha256 } of listed) {
    // By another algorithm it could not be checked, and would prove nothing.
    if (sha256 === undefined) continue;
    const bytes = await bundleIn(attached, digest);
    if (bytes === undefined) continue;
    if (isModelBundle(bytes)) signatures.push(attachedSignature(attached, digest, bytes));
    else others.push(digest);
  }
  return { signatures, others };
}

/** The one that a caller names by its digest. Throws SIGNATURE_NOT_FOUND, and what `findAttached` throws. */
export async function attachedByDigest(attached: Attached, digest: string): Promise<AttachedSignature> {
  const bytes = await bundleIn(attached, digest);
  if (bytes === undefined) {
    throw new AssayError(
      "SIGNATURE_NOT_FOUND",
      `${digest} is not a signature that is attached to ${attached.manifest.digest} at ${attached.host}`,
      {
        remedy: "name-signature",
        details: { folder: `oci:${attached.host}/${attached.repository}` },
      },
    );
  }
  return attachedSignature(attached, digest, bytes);
}

function attachedSignature({ host, repository }: Attached, digest: string, bytes: Uint8Array): AttachedSignature {
  return { digest, pinned: `oci:${host}/${repository}@${digest}`, bytes };
}

async function listReferrers(attached: Attached): Promise<readonly Descriptor[]> {
  const { client, repository, manifest } = attached;
  const what = `the list of what is attached to ${manifest.digest}`;
  const found = new Map<string, Descriptor>();
  let url: URL | undefined = client.url(`v2/${repository}/referrers/${manifest.digest}`);
  for (let page = 1; url !== undefined; page++) {
    if (page > MAX_PAGES) throw tooMany(client.host, manifest.digest);
    const answer: WholeAnswer | undefined = await pageOf(client, url, what, page === 1);
    if (answer === undefined) return listByTag(attached);
    addAll(found, client.parse(answer.bytes, what).require("manifests").elements(), attached);
    url = answer.next;
  }
  // A registry that came to have the API later may know only what was attached since.
  return found.size === 0 ? listByTag(attached) : [...found.values()];
}

/** Undefined where the registry does not have this API: most say so with status 404, some with another. */
async function pageOf(client: RemoteClient, url: URL, what: string, isFirst: boolean): Promise<WholeAnswer | undefined> {
  try {
    return await client.whole({ url, what, accept: OCI_INDEX }, MAX_MANIFEST_BYTES);
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (isFirst && NO_SUCH_API.has(error.code)) return undefined;
    throw error;
  }
}

const NO_SUCH_API: ReadonlySet<string> = new Set(["REMOTE_NOT_FOUND", "REMOTE_REVISION", "REMOTE_DENIED", "SERVER_ANSWER"]);
const MISSING: ReadonlySet<string> = new Set(["REMOTE_NOT_FOUND", "REMOTE_REVISION"]);

async function listByTag(attached: Attached): Promise<readonly Descriptor[]> {
  const { client, repository, manifest } = attached;
  const tag = manifest.digest.replace(":", "-");
  const what = `the list of what is attached to ${manifest.digest}`;
  try {
    const index = await loadManifest(client, repository, tag, what);
    const found = new Map<string, Descriptor>();
    if (index.kind === "index") addAll(found, index.manifests, attached);
    return [...found.values()];
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (MISSING.has(error.code)) return [];
    throw error;
  }
}

function addAll(
  found: Map<string, Descriptor>,
  entries: Iterable<Parameters<typeof readDescriptor>[0] | Descriptor>,
  { client, manifest }: Attached,
): void {
  for (const entry of entries) {
    const descriptor = "digest" in entry ? entry : readDescriptor(entry);
    found.set(descriptor.digest, descriptor);
    if (found.size > MAX_REFERRERS) throw tooMany(client.host, manifest.digest);
  }
}

function tooMany(host: string, digest: string): AssayError {
  return new AssayError(
    "SERVER_ANSWER",
    `${host} lists over ${MAX_REFERRERS} attachments of ${digest}, or over ${MAX_PAGES} pages of them`,
    {
      remedy: "choose-attached",
    },
  );
}

/** The bundle of a referrer; undefined where its manifest is not one of a bundle about this model. */
async function bundleIn({ client, repository, manifest }: Attached, digest: string): Promise<Uint8Array | undefined> {
  const referrer = await loadManifest(client, repository, digest, `the attachment ${digest}`);
  if (referrer.kind !== "manifest" || !BUNDLE_TYPE.test(referrer.artifactType) || referrer.subject?.digest !== manifest.digest)
    return undefined;
  const [layer, ...others] = referrer.layers;
  if (layer === undefined || others.length > 0 || !BUNDLE_TYPE.test(layer.mediaType) || layer.size > MAX_BUNDLE_BYTES) return undefined;
  const url = client.url(`v2/${repository}/blobs/${layer.digest}`);
  const { bytes } = await client.whole({ url, what: `the signature ${digest}`, redirects: "anywhere" }, layer.size);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== layer.sha256) {
    throw new AssayError(
      "REMOTE_DIGEST",
      `${client.host} gives other bytes than it lists for the signature ${digest}: their SHA-256 is ${found}`,
    );
  }
  return bytes;
}
