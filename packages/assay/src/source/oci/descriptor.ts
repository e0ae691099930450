import type { JsonNode } from "../../encoding/json.ts";

/** What names a blob or manifest (OCI image specification, descriptor.md). */
export interface Descriptor {
  readonly mediaType: string;
  /** 64 hex digits. Undefined: by another algorithm than SHA-256, which is not supported. */
  readonly sha256: string | undefined;
  /** As written. */
  readonly digest: string;
  readonly size: number;
  readonly artifactType: string | undefined;
  readonly annotations: ReadonlyMap<string, string>;
}

const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]{1,256}$/;
const SHA256 = /^sha256:([0-9a-f]{64})$/;

/** Throws the document's shape code. */
export function readDescriptor(node: JsonNode): Descriptor {
  const digest = node.require("digest").string();
  const sha256 = SHA256.exec(digest)?.[1];
  if (!DIGEST.test(digest) || (digest.startsWith("sha256:") && sha256 === undefined)) node.require("digest").fail("is not a digest");
  const size = node.require("size");
  return {
    mediaType: mediaTypeOf(node.require("mediaType").string()),
    sha256,
    digest,
    size: size.natural() ?? size.fail("is not a number of bytes"),
    artifactType: node.optional("artifactType")?.string(),
    annotations: readAnnotations(node),
  };
}

/** Names to texts; OCI image specification, annotations.md. */
export function readAnnotations(node: JsonNode): ReadonlyMap<string, string> {
  const annotations = node.optional("annotations");
  return new Map(annotations === undefined ? [] : [...annotations.members()].map(([name, value]) => [name, value.string()]));
}

/** Without parameters and in lower case (RFC 6838), save the version that old bundle types have as one. */
export function mediaTypeOf(text: string): string {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const version = parameters.find((one) => one.startsWith("version="));
  return version === undefined ? type : `${type};${version}`;
}
