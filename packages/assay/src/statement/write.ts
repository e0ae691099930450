import { concatenate } from "../encoding/bytes.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { AssayError } from "../core/error.ts";
import { digestBytes, resourcesOf, rootDigestOf } from "./digests.ts";
import type { ManifestContent } from "./manifest.ts";
import { checkName, shown } from "./names.ts";
import { PREDICATE_TYPE, STATEMENT_TYPE } from "./statement.ts";

/** Text is made bytes in parts of so many characters: a hundred thousand entries in one string would take twice their memory. */
const CHUNK = 64 * 1024;

/** What a statement is made from: files with their digests, a single-file model under its basename. */
export type StatementParts = Pick<ManifestContent, "modelName" | "serialization" | "allowSymlinks" | "ignorePaths" | "files">;

/**
 * The statement about a model: UTF-8 JSON on one line, resources in code-point order (OMS sections 5
 * and 6.4 to 6.6). With shards, a file without bytes has no resource.
 *
 * @throws NAME_NOT_CANONICAL, NAME_NOT_UTF8, RESOURCE_DIGEST, MODEL_EMPTY, USAGE
 */
export async function writeStatement(parts: StatementParts): Promise<Uint8Array<ArrayBuffer>> {
  const { modelName, serialization, allowSymlinks, ignorePaths, files } = parts;
  for (const name of files.keys()) {
    checkName(name);
    if (!name.isWellFormed()) throw new AssayError("NAME_NOT_UTF8", `the name ${shown(name)} holds half a surrogate pair`);
  }
  const resources = resourcesOf(files, serialization);
  if (resources.names.length === 0) throw new AssayError("MODEL_EMPTY", "no file is left to list: there is nothing to sign");
  const rootDigest = await rootDigestOf(digestBytes(resources, serialization.hash));
  const head = {
    _type: STATEMENT_TYPE,
    // A model at the root of a file system has no name; the format wants one.
    subject: [{ name: modelName === "" ? "model" : modelName.toWellFormed(), digest: { sha256: rootDigest } }],
    predicateType: PREDICATE_TYPE,
  };
  const settings = {
    method: serialization.method,
    hash_type: serialization.hash,
    ...(serialization.method === "shards" ? { shard_size: serialization.shardSize } : {}),
    allow_symlinks: allowSymlinks,
    ...(ignorePaths.length > 0 ? { ignore_paths: ignorePaths.map((path) => path.toWellFormed()) } : {}),
  };
  const chunks: Uint8Array[] = [];
  let text = `${JSON.stringify(head).slice(0, -1)},"predicate":{"serialization":${JSON.stringify(settings)},"resources":[`;
  const algorithm = `,"algorithm":"${serialization.hash}","digest":"`;
  for (let index = 0; index < resources.names.length; index++) {
    const comma = index > 0 ? "," : "";
    text += `${comma}{"name":${JSON.stringify(resources.names[index])}${algorithm}${resources.digests[index]}"}`;
    if (text.length < CHUNK) continue;
    chunks.push(encodeUtf8(text));
    text = "";
  }
  chunks.push(encodeUtf8(`${text}]}}`));
  return concatenate(...chunks);
}
