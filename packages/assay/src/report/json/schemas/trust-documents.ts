import * as v from "valibot";
import { warnings } from "./common-parts.ts";
import { trustSource } from "./signer-parts.ts";
import { count, described, documentFields, flag, hex256, sha256, text, time } from "./values.ts";

// The document of `trust show`, `update`, `export` and `init`.

export const trustCertificate = described(
  v.object({
    subject: described(text, "RFC 4514; empty where the certificate cannot be read."),
    fingerprint: hex256,
    notAfter: v.nullable(time),
  }),
  "A certificate of an authority.",
);

export const trustMember = described(
  v.object({
    role: v.picklist(["log", "ct-log", "certificate-authority", "timestamp-authority"]),
    url: text,
    id: described(v.pipe(text, v.regex(/^(?:[0-9a-f]{2})*$/)), "A log's id; the SHA-256 of an authority's own certificate."),
    algorithm: described(v.nullable(text), "A log's key as the trusted root names it; null for authorities."),
    validFrom: time,
    validUntil: described(v.nullable(time), "Null where no end is known."),
    certificates: described(v.array(trustCertificate), "An authority's: its own first, the root last."),
  }),
  "A log or authority that the root trusts.",
);

export const trustChange = described(
  v.object({ kind: v.picklist(["added", "removed", "changed"]), member: trustMember }),
  "A change that a newer trusted root makes.",
);

export const trustFile = described(
  v.object({
    path: described(text, "Absolute."),
    bytes: count,
    digest: sha256,
    replaced: flag,
    signingConfig: described(flag, "True where it names the services for signing too."),
  }),
  "A file that was written.",
);

export const trust = described(
  v.object({
    ...documentFields("trust"),
    exitCode: described(v.picklist([0, 3]), "3 where `update` got no newer root."),
    action: v.picklist(["show", "update", "export", "init"]),
    source: described(v.nullable(trustSource), "Null for init."),
    members: described(v.array(trustMember), "Every log and authority that the root trusts."),
    changes: described(v.array(trustChange), "What `update` changed."),
    file: described(v.nullable(trustFile), "The file that `export` or `init` wrote."),
    warnings,
  }),
  "Which logs and authorities keyless signatures are verified against (`assay trust show`, `update`, `export`, `init`).",
);
