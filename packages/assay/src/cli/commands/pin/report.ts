import { relative } from "node:path";
import type { PinnedModel, Pinning } from "../../../api/pin.ts";
import type { SignatureProof } from "../../../api/check/prove-signers.ts";
import { adviceLines } from "../../text/advice.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { signerDetails } from "../../text/names.ts";
import { sourceRows } from "../../text/source.ts";
import { answer, row, text, type Block, type Mark, type Report } from "../../text/report.ts";

/** For each model what became of its pin and what changed; then the names that only the lock file has. */
export function pinReport(pinning: Pinning, models: readonly string[], cwd: string): Report {
  const lock = relative(cwd, pinning.lock).startsWith("..") ? pinning.lock : relative(cwd, pinning.lock);
  const { vanished } = pinning;
  return [
    ...pinning.models.flatMap((pinned, at): Block[] => [
      ...(at === 0 ? [] : [{ kind: "blank" } as const]),
      firstLine(pinned, pinning, escapeName(models[at] ?? ""), escapeName(lock)),
      ...rows(pinned, pinning),
    ]),
    ...(vanished.length === 0
      ? []
      : [
          { kind: "blank" } as const,
          answer("no", "Vanished", `${escapeName(lock)} names what is not among these models`),
          ...vanished.map((name) => row("Name", escapeText(name))),
        ]),
  ];
}

function firstLine(pinned: PinnedModel, pinning: Pinning, name: string, lock: string): Block {
  const { before, changes, refused, decision } = pinned;
  const isSame = changes.length === 0;
  const since = before === undefined ? "" : ` of ${before.pinned}`;
  if (refused === "unreadable") return answer("unsure", "Not pinned", `${name} could not be read`);
  if (pinning.isCompared) {
    return isSame
      ? answer(
          refused === undefined ? "yes" : markOf(pinned),
          "Up to date",
          `${name} is as in ${lock}, by the pin${since}${refused === undefined ? "" : `, and ${because(pinned)}`}`,
        )
      : answer("no", "Differs", `${name} is not as in ${lock}`);
  }
  if (refused !== undefined && !pinning.isForced) return answer(markOf(pinned), "Not pinned", `${name}: ${because(pinned)}`);
  const isHeldUp = !pinning.isForced && pinning.models.some((other) => other.refused !== undefined);
  if (isHeldUp) return answer("unsure", "Not pinned", `${name}: another of the models is refused`);
  if (isSame) return answer("yes", "Unchanged", `${name} is as in ${lock}, by the pin${since}`);
  const forced = refused === undefined ? "" : `, by force: ${because(pinned)}`;
  return answer(forced === "" ? "yes" : "partly", "Pinned", `${name} in ${lock}, ${decision.decision}${forced}`);
}

function markOf({ refused, decision }: PinnedModel): Mark {
  return refused === "decision" && decision.decision === "incomplete" ? "unsure" : "no";
}

/** Why it is not recorded without force. */
function because({ refused, decision, changes }: PinnedModel): string {
  if (refused === "change") return escapeText(changes.find(({ isSuspicious }) => isSuspicious)?.message ?? "");
  const { decidedBy, denied, rules } = decision;
  const lead = decision.decision === "deny" ? "the policy denies it" : "the policy could not tell";
  if (decidedBy === null) return lead;
  if (decidedBy.rule === null) return `${lead}: ${denied === null ? "no entry is for this model" : escapeText(denied)}`;
  const deciding = rules.find(({ rule, scope, code }) => rule === decidedBy.rule && scope === decidedBy.scope && code === decidedBy.code);
  return `${lead} by ${decidedBy.rule}: ${escapeText(deciding?.message ?? decidedBy.code)}`;
}

function rows({ name, entry, changes, refused, check }: PinnedModel, { isCompared, isForced }: Pinning): Block[] {
  const shown = changes.filter(({ kind }) => isCompared || kind !== "new");
  const next = isCompared || isForced ? undefined : refused;
  return [
    row("Name", escapeText(name)),
    ...sourceRows(check.source, "Read"),
    ...(entry === undefined
      ? []
      : [
          row("Model", entry.manifest),
          row("Signer", entry.signer === null ? "none: the bytes alone" : signerText(entry.signer, check.signers?.proof)),
        ]),
    ...shown.map(({ message, isSuspicious }) => row(isSuspicious ? "Look at" : "Changed", escapeText(message))),
    ...(check.error === undefined ? [] : adviceLines(check.error)),
    ...(next === "change" ? [text("→ Look at what changed; --force records it all the same.")] : []),
    ...(next === "decision" ? [text("→ `assay check` says what would settle it; --force records the decision all the same.")] : []),
  ];
}

/** A key has two fingerprints: the one that a signature names, of its PEM form, and the one of the lock file. */
function signerText(signer: NonNullable<NonNullable<PinnedModel["entry"]>["signer"]>, proof: SignatureProof | undefined): string {
  switch (signer.method) {
    case "key":
      return `${proof?.signer.method === "key" ? signerDetails(proof.signer) : "a key"}, recorded by the SHA-256 of its DER form: ${signer.fingerprint}`;
    case "certificate":
      return escapeText(`${signer.subject}, root ${signer.root}`);
    case "sigstore":
      return escapeText(`${signer.identity}, by ${signer.issuer}`);
  }
}
