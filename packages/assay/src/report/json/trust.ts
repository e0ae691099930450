import type { InitializedTrust, ShownTrust, UpdatedTrust, WrittenTrust } from "../../api/trust.ts";
import type { TrustDocument, TrustMemberPart } from "./documents.ts";
import { head } from "./head.ts";
import { orNull } from "./parts.ts";
import { trustSourcePart } from "./signer.ts";

type TrustMember = ShownTrust["members"][number];

/** What the functions on trust answer: `showTrust`, `updateTrust`, `exportTrust`, `initTrust`. */
export type TrustAnswer = InitializedTrust | ShownTrust | UpdatedTrust;

/** The document of a trusted root that was shown, updated or written: schemas/trust.v1.json. */
export function trustDocument(action: TrustDocument["action"], answer: TrustAnswer): TrustDocument {
  const changes = "changes" in answer ? answer.changes : [];
  return {
    ...head("trust"),
    exitCode: "isUpdated" in answer && !answer.isUpdated ? 3 : 0,
    action,
    source: "source" in answer ? trustSourcePart(answer.source) : null,
    members: answer.members.map(memberPart),
    changes: changes.map(({ kind, member }) => ({ kind, member: memberPart(member) })),
    file: orNull("written" in answer ? answer.written : undefined, filePart),
    warnings: [],
  };
}

function filePart(written: WrittenTrust): TrustDocument["file"] {
  return {
    path: written.path,
    bytes: written.size,
    digest: written.digest,
    replaced: written.isReplaced,
    signingConfig: written.canSign,
  };
}

function memberPart(member: TrustMember): TrustMemberPart {
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
