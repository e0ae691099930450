import * as v from "valibot";
import { count, described, flag, hex256, part, positive, text, texts, time } from "./values.ts";

// Who signed, and what proves it.

export const identityType = v.picklist(["email", "uri", "username"]);

export const claims = described(
  v.record(text, text),
  "What the identity provider asserted about the build, by the names of Fulcio's documentation.",
);

/** Of the signer's certificate. */
const certificateFields = {
  fingerprint: part(hex256, "SHA-256 of the certificate."),
  notBefore: time,
  notAfter: time,
  path: described(v.array(hex256), "Fingerprints from the signer certificate to the root."),
};

export const signer = described(
  v.variant("method", [
    v.object({
      method: v.literal("key"),
      algorithm: text,
      fingerprint: part(hex256, "SHA-256 of the public key's SPKI PEM."),
    }),
    v.object({
      method: v.literal("certificate"),
      algorithm: text,
      subject: described(text, "RFC 4514."),
      issuer: text,
      names: described(texts, "Subject alternative names, type:value."),
      anchor: described(v.nullable(text), "Subject of the root at the end of the path; null after signing, which needs no root."),
      ...certificateFields,
    }),
    v.object({
      method: v.literal("sigstore"),
      algorithm: text,
      identity: text,
      identityType,
      identityProvider: described(text, "The OIDC issuer of the identity."),
      claims,
      anchor: described(v.nullable(text), "Subject of the authority at the end of the path."),
      ...certificateFields,
    }),
  ]),
  "The signer, as far as proven.",
);

const provenTime = v.object({ authority: text, time });

export const trustSource = described(
  v.object({
    kind: v.picklist(["shipped", "cached", "refreshed", "named"]),
    name: described(text, "The instance, or the file."),
    date: described(v.nullable(time), "When it was known to be current; null where unknown."),
    isCurrent: described(flag, "False where a newer one may exist: what it does not list is then not refused, but incomplete."),
    problem: described(v.nullable(text), "Why no newer one was available."),
  }),
  "Where a trusted root comes from.",
);

export const evidence = described(
  v.object({
    logEntries: v.array(
      v.object({
        log: text,
        logId: v.pipe(text, v.regex(/^[0-9a-f]+$/)),
        logIndex: count,
        entry: described(text, "Kind and version, such as hashedrekord 0.0.2."),
        integratedTime: v.nullable(time),
        inclusion: described(
          v.picklist(["proof", "promise"]),
          "What shows that the log holds the entry: an inclusion proof, or only the log's promise.",
        ),
        treeSize: v.nullable(positive),
      }),
    ),
    timestamps: v.array(provenTime),
    certificateLogs: v.array(provenTime),
    trustedRoot: part(trustSource, "The trusted root that everything was verified against."),
  }),
  "Where and when the signature was recorded, as far as proven.",
);

export const revocation = described(
  v.object({
    lists: v.array(
      v.object({
        issuer: text,
        number: v.nullable(text),
        thisUpdate: time,
        nextUpdate: time,
        fingerprint: hex256,
      }),
    ),
    certificates: v.array(v.object({ subject: text, fingerprint: hex256, revokedLater: v.nullable(time) })),
  }),
  "What the revocation lists that were given say.",
);
