import type { WrittenTrust } from "../api/trust.ts";
import type { TrustChange, TrustMember } from "../roots/members.ts";
import type { TrustSource } from "../trust/sigstore/trust-source.ts";
import { trustSourceJson } from "./document-parts.ts";
import { head, type JsonObject, type JsonValue } from "./json.ts";

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
            bytes: written.size,
            digest: written.digest,
            replaced: written.isReplaced,
            signingConfig: written.canSign,
          },
    warnings: [],
  };
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
