import { AssayError } from "../core/error.ts";
import { readBucketPlace } from "./bucket-reference.ts";
import { isHubReference, readHubReference } from "./hub-reference.ts";
import { withoutAccount } from "./without-account.ts";
import { isWebReference, readWebPrefix } from "./web/web-reference.ts";

/** Where models are: a hub, a registry of images, a bucket, a folder of a web server, a file of this machine. */
export type ReferenceKind = "hf" | "oci" | "s3" | "https" | "file";

/** Where a model is published: what a local copy of it is a copy of. The caller's word, and no proof. */
export interface ModelReference {
  readonly kind: ReferenceKind;
  /** Without revision: `hf:owner/name`, `oci:registry/repository`, `file:name`. */
  readonly reference: string;
  /** `owner/name`, `registry/repository`; of a file, its name. */
  readonly name: string;
  /** A commit, tag or digest; undefined where none is named. */
  readonly revision: string | undefined;
  /** The package URL; undefined where that has no type for it. */
  readonly purl: string | undefined;
}

/** The grammar of the OCI distribution specification: components never begin or end with a separator. */
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REGISTRY = "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\\[[0-9a-fA-F:.]{2,45}\\])(?::\\d{1,5})?";
const REPOSITORY = new RegExp(
  `^(?://)?(${REGISTRY}/${COMPONENT}(?:/${COMPONENT}){0,30})(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);
const COMMIT = /^[0-9a-f]{40}$/i;

/**
 * Reads a reference: `hf:owner/name@revision` or the address of a model on the Hub, `oci:registry/repository:tag@digest`,
 * `file:name`. Throws USAGE for anything else.
 */
export function readReference(text: string): ModelReference {
  if (isHubReference(text)) {
    const hub = readHubReference(text);
    // Never the files of a web server, where no model of the hub is meant.
    if (hub === undefined) throw notAReference(text);
    return hubReference(hub.id, hub.revision);
  }
  const [scheme, rest] = splitScheme(text);
  const image = scheme === "oci" ? REPOSITORY.exec(rest) : null;
  if (image !== null) {
    const [, name = "", tag, digest] = image;
    return { kind: "oci", reference: `oci:${name}`, name, revision: digest ?? tag, purl: undefined };
  }
  if (scheme === "s3") return bucketReference(text);
  if (isWebReference(text)) return webReference(text);
  if (scheme === "file" && rest !== "" && !/[/\\\0]/.test(rest)) return localReference(rest);
  throw notAReference(text);
}

function notAReference(text: string): AssayError {
  return new AssayError("USAGE", `${JSON.stringify(withoutAccount(text).slice(0, 200))} is not the reference of a model`, {
    hint: "write hf:owner/name, hf:owner/name@commit, oci:registry/repository, s3://bucket/prefix/, https://host/prefix/ or file:name",
  });
}

/** Whether a text names a model on a server, and not a path: `hf:owner/name`, the address of one on the Hub, `oci:registry/repository`. */
export function isRemoteReference(text: string): boolean {
  return isHubReference(text) || /^(?:oci|s3):/.test(text) || isWebReference(text);
}

/** The reference of a model that is only known by its name on this machine. */
export function localReference(name: string): ModelReference {
  return { kind: "file", reference: `file:${name}`, name, revision: undefined, purl: undefined };
}

function hubReference(id: string, revision: string | undefined): ModelReference {
  const commit = revision !== undefined && COMMIT.test(revision) ? revision.toLowerCase() : undefined;
  return {
    kind: "hf",
    reference: `hf:${id}`,
    name: id,
    revision: commit ?? revision,
    purl: `pkg:huggingface/${id}${commit === undefined ? "" : `@${commit}`}`,
  };
}

function bucketReference(text: string): ModelReference {
  const { bucket, prefix } = readBucketPlace(text);
  return {
    kind: "s3",
    reference: `s3://${bucket}/${prefix}`,
    name: `${bucket}/${prefix}`.replace(/\/$/, ""),
    revision: undefined,
    purl: undefined,
  };
}

function webReference(text: string): ModelReference {
  const { href, host, pathname } = readWebPrefix(text);
  return { kind: "https", reference: href, name: host + pathname.slice(0, -1), revision: undefined, purl: undefined };
}

function splitScheme(text: string): readonly [string | undefined, string] {
  const at = text.indexOf(":");
  return at < 0 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)];
}
