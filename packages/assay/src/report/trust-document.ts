import { createHash } from "node:crypto";
import type { TrustChange, TrustMember } from "../roots/members.ts";
import type { TrustSource } from "../trust/sigstore/trust-source.ts";
import { trustSourceJson } from "./document-parts.ts";
import { head, type JsonObject, type JsonValue } from "./json.ts";

/** A file that was written. */
export interface WrittenTrust {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isReplaced: boolean;
  /** It has a signing configuration beside the trusted root. */
  readonly canSign: boolean;
}

interface TrustContent {
  readonly source?: TrustSource;
  readonly members: readonly TrustMember[];
  readonly changes?: readonly TrustChange[];
  readonly written?: WrittenTrust;
}

/** What `assay trust … --json` prints: schemas/trust.v1.json. */
export function trustJson(action: "show" | "update" | "export" | "init", exitCode: number, content: TrustContent): JsonObject {
  const { source, members, changes = [], written } = content;
  return {
    ...head("trust"),
    exitCode,
    action,
    source: source === undefined ? null : trustSourceJson(source),
    members: members.map(memberJson),
    changes: changes.map(({ kind, member }) => ({ kind, member: memberJson(member) })),
    file:
      written === undefined
        ? null
        : {
            path: written.path,
            bytes: written.bytes.length,
            digest: sha256Of(written.bytes),
            replaced: written.isReplaced,
            signingConfig: written.canSign,
          },
    warnings: [],
  };
}

/** `sha256:HEX` of a file. */
export function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function memberJson(member: TrustMember): JsonValue {
  return {
    role: member.role,
    url: member.url,
    id: member.id,
    algorithm: member.algorithm === "" ? null : member.algorithm,
    validFrom: member.validFor.start.toISOString(),
    validUntil: member.validFor.end?.toISOString() ?? null,
    certificates: member.certificates.map(({ subject, fingerprint, notAfter }) => ({
      subject,
      fingerprint,
      notAfter: notAfter?.toISOString() ?? null,
    })),
  };
}
