import * as v from "valibot";
import {
  difference,
  digestCounts,
  digestOrigin,
  error,
  fileDigests,
  manifest,
  notCovered,
  notDownloaded,
  signatureSource,
  source,
  warnings,
} from "./common-parts.ts";
import { claims, evidence, identityType, revocation, signer } from "./signer-parts.ts";
import { count, described, documentFields, flag, hex256, sha256, text, texts, time } from "./values.ts";

// The documents of `sign`, `verify`, `digest`, `inspect` and `diff`.

export const sign = described(
  v.object({
    ...documentFields("sign"),
    exitCode: v.literal(0),
    model: described(text, "Absolute path, or the pinned reference."),
    source: described(v.nullable(source), "Null for a model on this machine."),
    signature: described(
      v.nullable(
        v.object({
          path: text,
          bytes: count,
          replaced: described(flag, "True where an older signature was replaced."),
        }),
      ),
      "The file that was written; null for standard output, and where the signature was only attached.",
    ),
    attached: described(v.nullable(text), "The reference of the signature in the registry; null where it was not to be attached."),
    algorithm: text,
    signer,
    evidence: v.nullable(evidence),
    manifest,
    totalBytes: count,
    notCovered: v.array(notCovered),
    warnings,
  }),
  "What `assay sign` did.",
);

export const verify = described(
  v.object({
    ...documentFields("verify"),
    outcome: described(v.picklist(["verified", "failed", "incomplete"]), "Only verified is a yes."),
    exitCode: v.picklist([0, 1, 3]),
    model: described(text, "Absolute path, or the pinned reference."),
    source: described(v.nullable(source), "Null for a model on this machine."),
    digests: described(v.nullable(digestCounts), "Null for a model on this machine, and where no files were compared."),
    files: described(
      v.nullable(v.array(v.object({ name: text, digests: digestOrigin }))),
      "The files that were compared, with the origin of their digests; null where `digests` is.",
    ),
    signature: v.nullable(signatureSource),
    signer: v.nullable(signer),
    verifiedAt: described(
      v.nullable(
        v.object({
          time,
          source: described(v.picklist(["clock", "timestamp", "log"]), "clock: this machine's; otherwise what proves the time."),
        }),
      ),
      "The time at which certificates were evaluated.",
    ),
    evidence: v.nullable(evidence),
    revocation: described(v.nullable(revocation), "Null where no revocation list was given."),
    manifest: v.nullable(manifest),
    matchedFiles: described(v.nullable(count), "Signed files that were read and are unchanged."),
    differences: described(v.array(difference), "Every one, not only the first."),
    unsigned: described(v.array(v.object({ name: text, size: count })), "Files that are not signed, where such files were to be ignored."),
    notCovered: v.array(notCovered),
    saved: described(
      v.nullable(v.object({ state: v.picklist(["saved", "kept", "nothing"]), folder: text, files: count, bytes: count })),
      "What became of the files that were to be saved; kept: what arrived, for the next run. Null where none were.",
    ),
    notDownloaded: described(v.array(notDownloaded), "Signed files that git-LFS pointers replace."),
    error: described(v.nullable(error), "Why not; null for verified."),
    warnings,
  }),
  "The answer of `assay verify`.",
);

export const digest = described(
  v.object({
    ...documentFields("digest"),
    exitCode: v.literal(0),
    model: described(text, "Absolute path, or the pinned reference."),
    source: described(v.nullable(source), "Null for a model on this machine."),
    digests: described(v.nullable(digestCounts), "Null for a model on this machine."),
    hash: v.picklist(["sha256", "blake2b", "blake3"]),
    rootDigest: sha256,
    manifestDigest: sha256,
    totalBytes: count,
    files: v.array(v.object({ ...fileDigests.entries, origin: digestOrigin })),
    notCovered: v.array(notCovered),
    warnings,
  }),
  "What `assay digest` found.",
);

const claimed = v.variant("kind", [
  v.object({ kind: v.literal("key"), hint: v.nullable(text) }),
  v.object({
    kind: v.literal("certificate"),
    subject: text,
    issuer: text,
    names: texts,
    notBefore: time,
    notAfter: time,
    fingerprint: hex256,
    chainLength: count,
    keyless: described(
      v.nullable(v.object({ identity: text, identityType, identityProvider: text, claims })),
      "The identity, where the certificate is for one.",
    ),
  }),
]);

export const inspect = described(
  v.object({
    ...documentFields("inspect"),
    exitCode: v.literal(0),
    verified: v.literal(false),
    source: described(v.nullable(source), "Null for a model on this machine."),
    signature: signatureSource,
    bundleVersion: v.picklist(["0.1", "0.2", "0.3"]),
    method: v.picklist(["key", "certificate", "sigstore"]),
    claimed: described(claimed, "The signer as the bundle claims."),
    tlogEntries: count,
    timestamps: count,
    logEntries: described(
      v.array(v.object({ logId: text, logIndex: count, entry: text, integratedTime: v.nullable(time) })),
      "Not checked.",
    ),
    timestampTimes: described(v.array(v.nullable(time)), "Not checked; null for an unreadable timestamp."),
    manifest,
    files: v.array(fileDigests),
    warnings,
  }),
  "What a signature says (`assay inspect`). Nothing in it is verified.",
);

export const side = described(
  v.object({
    kind: v.picklist(["model", "signature"]),
    path: described(text, "Absolute path, or the pinned reference."),
    source: described(v.nullable(source), "Null for what is on this machine."),
    notCovered: described(v.array(notCovered), "What is in the model and was not compared."),
  }),
  "One of the two things that are compared.",
);

export const diff = described(
  v.object({
    ...documentFields("diff"),
    exitCode: described(v.picklist([0, 1, 3]), "3: nothing differs in what was compared, and something was left out or is not comparable."),
    a: side,
    b: side,
    same: described(flag, "True only where nothing differs, everything is comparable and nothing was left out on either side."),
    attested: described(
      v.nullable(v.object({ hosts: texts, names: texts })),
      "Files that were compared by digests of a server and not read, and whose word it is; null where every file was read.",
    ),
    differences: described(v.array(difference), "A is the signed side, B the found one."),
    notComparable: described(
      texts,
      "Files whose digests cannot be compared, or that a server without lists may have too: whether they differ is unknown.",
    ),
    notes: described(texts, "Differences that are not about files."),
    warnings,
  }),
  "What `assay diff` found.",
);
