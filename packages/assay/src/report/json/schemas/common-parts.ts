import * as v from "valibot";
import { count, described, flag, part, positive, sha256, text, texts } from "./values.ts";

// Parts of many documents.

export const warning = described(
  v.object({
    code: described(text, "Stable; docs/error-codes.md lists all."),
    message: text,
  }),
  "Something to know that does not change the answer.",
);

export const warnings = v.array(warning);

export const error = described(
  v.object({
    code: described(text, "Stable; docs/error-codes.md lists all."),
    outcome: described(
      v.picklist(["failed", "incomplete", "usage"]),
      "failed: the answer is no; incomplete: could not tell; usage: the question was wrong.",
    ),
    message: described(v.pipe(text, v.minLength(1)), "For people; it may change."),
    hint: described(v.nullable(text), "What to do about it."),
    details: described(
      v.nullable(v.object({ file: text, line: positive, column: positive })),
      "Where the fault is, in a policy or another text that the caller gave; null elsewhere.",
    ),
  }),
  "Why the answer is negative, or missing.",
);

export const signatureSource = described(
  v.object({
    path: described(v.nullable(text), "Absolute."),
    found: described(flag, "True where no signature was named and this one was found."),
    bytes: count,
  }),
  "Where the signature was read.",
);

export const source = described(
  v.object({
    kind: v.picklist(["hf", "oci", "s3", "https"]),
    given: described(text, "The reference, as it was given."),
    pinned: described(text, "With the commit that was read."),
    host: text,
  }),
  "Where a model on a server was read.",
);

export const digestOrigin = described(
  v.picklist(["computed", "attested"]),
  "computed: the bytes were read and hashed here; attested: the server's own digest was taken, as asked for.",
);

export const digestCounts = described(v.object({ computed: count, attested: count }), "How many files have digests of either origin.");

export const manifest = described(
  v.object({
    format: v.picklist(["oms-1.0", "historical-0.1"]),
    modelName: described(text, "The signer's name for the model; it decides nothing."),
    method: v.picklist(["files", "shards"]),
    hash: v.picklist(["sha256", "blake2b", "blake3"]),
    shardSize: described(v.nullable(positive), "Bytes; null for the method files."),
    allowSymlinks: flag,
    ignorePaths: texts,
    fileCount: count,
    resourceCount: described(count, "More than files where these are in shards."),
    rootDigest: part(sha256, "Over the digests (OMS 6.5.1); covers no names."),
    manifestDigest: part(sha256, "Over names and digests."),
  }),
  "What the signature says about the model.",
);

export const fileDigests = described(
  v.object({
    name: text,
    size: described(v.nullable(count), "Bytes; null where a signature does not say."),
    digests: described(v.array(v.pipe(text, v.regex(/^[0-9a-f]+$/))), "Hex: one for a whole file, one for each shard otherwise."),
  }),
  "A file with its digests.",
);

export const notCovered = described(
  v.object({
    name: text,
    kind: v.picklist(["file", "directory", "other"]),
    fileCount: described(positive, "Files in it, itself included. A link, a pipe and a folder that cannot be listed count one each."),
    bytes: count,
    atLeast: described(flag, "True where there may be more than were counted."),
    reason: v.picklist([
      "signed-ignore-path",
      "git-default",
      "caller-ignore-path",
      "empty-file",
      "signature",
      "temporary-file",
      "name-not-utf8",
    ]),
  }),
  "Something in the model that is not covered: a rule hides it, or it is the signature. A folder is listed once.",
);

export const notDownloaded = described(
  v.object({
    name: text,
    oid: part(sha256, "Digest of the file that the pointer names."),
    size: described(count, "Bytes of that file."),
    isSigned: described(v.nullable(flag), "Whether the pointer names the signed bytes; null where the digests cannot be compared."),
  }),
  "A git-LFS pointer in the place of a file.",
);

export const difference = described(
  v.variant("kind", [
    v.object({
      kind: v.literal("changed"),
      name: text,
      signedDigest: described(text, "algorithm:hex of the file or of the first shard that differs; none without such a shard."),
      foundDigest: text,
      signedSize: v.nullable(count),
      foundSize: v.nullable(count),
      shards: v.nullable(v.object({ changed: count, total: count })),
    }),
    v.object({ kind: v.literal("missing"), name: text, signedSize: v.nullable(count), why: v.nullable(text) }),
    v.object({ kind: v.literal("extra"), name: text, foundSize: v.nullable(count) }),
    v.object({ kind: v.literal("renamed"), name: text, newName: text, size: v.nullable(count) }),
  ]),
  "How a file differs from what was signed.",
);
