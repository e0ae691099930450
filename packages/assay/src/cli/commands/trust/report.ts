import type { ExportedTrust, InitializedTrust, ShownTrust, TrustMember, TrustSource, UpdatedTrust } from "../../../index.ts";
import { shortFingerprint } from "../../text/digests.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, command, placeholder, row, text, type Block, type Report } from "../../text/report.ts";
import { formatSize, plural } from "../../text/sizes.ts";
import { day } from "../../text/times.ts";

const LABELS: Record<TrustMember["role"], string> = {
  log: "log",
  "certificate-authority": "issuer",
  "ct-log": "issuer log",
  "timestamp-authority": "timestamps",
};

const SOURCES: Record<TrustSource["kind"], string> = {
  shipped: "bundled with this version of Assay",
  cached: "cached: fetched earlier",
  refreshed: "fetched just now",
  named: "the file that you named; its age is unknown",
};

/** A command line to verify with, without the option that names the root. */
const VERIFY = [
  "assay",
  "verify",
  "sigstore",
  placeholder("MODEL"),
  "--identity",
  placeholder("IDENTITY"),
  "--identity-provider",
  placeholder("URL"),
];

interface ShowLook {
  readonly now: Date;
  readonly verbose: boolean;
  /** Options that name the same instance again; undefined for a file, which is not refreshed. */
  readonly instance: readonly string[] | undefined;
}

export function showReport({ source, members }: ShownTrust, look: ShowLook): Report {
  return [
    answer("neutral", "Trusted for keyless signatures", `${escapeName(source.name)}${asOf(source, look)}`),
    row("source", SOURCES[source.kind]),
    ...members.map((member) => memberItem(member, LABELS[member.role], look.verbose)),
    ...(look.instance === undefined ? [] : [command("To fetch a newer one:", ["assay", "trust", "update", ...look.instance])]),
  ];
}

interface UpdateLook {
  readonly now: Date;
  readonly verbose: boolean;
}

export function updateReport({ source, changes, isUpdated, isFirst, notKept: why }: UpdatedTrust, look: UpdateLook): Report {
  const name = escapeName(source.name);
  if (!isUpdated) {
    return [
      answer("unsure", "Not updated", escapeText(source.problem ?? "no repository could be asked")),
      row("in use", `the trusted root of ${name}${asOf(source, look)}; ${SOURCES[source.kind]}`),
    ];
  }
  const notKept = why === undefined ? [] : [row("not kept", `${escapeText(why)}: it will be fetched again each time`)];
  if (isFirst) return [answer("yes", "Fetched", `the trusted root of ${name}`), ...notKept];
  if (changes.length === 0) return [answer("yes", "Up to date", `the trusted root of ${name} has not changed`), ...notKept];
  return [
    answer("yes", "Updated", `the trusted root of ${name} changed in ${plural(changes.length, "place")}`),
    ...changes.map(({ kind, member }) => memberItem(member, kind, look.verbose, `${LABELS[member.role]}, `)),
    ...notKept,
  ];
}

interface ExportLook {
  readonly file: string;
  readonly now: Date;
  readonly verbose: boolean;
}

export function exportReport({ source, written }: ExportedTrust, look: ExportLook): Report {
  return [
    answer(
      source.isCurrent ? "yes" : "partly",
      "Written",
      `${escapeName(look.file)} is the trusted root of ${escapeName(source.name)}${asOf(source, look)}`,
    ),
    ...(source.isCurrent ? [] : [row("not fresh", `${SOURCES[source.kind]}; with --offline no newer one is fetched`)]),
    row("size", formatSize(written.size)),
    row("sha256", written.digest.slice("sha256:".length)),
    text("The file has no date of its own: note the date, and copy a newer file over when the instance changes its keys."),
    command("On the other machine:", [...VERIFY, "--trusted-root", look.file, "--offline"]),
    ...(written.canSign ? [command("To sign:", ["assay", "sign", "sigstore", placeholder("MODEL"), "--trust-config", look.file])] : []),
  ];
}

export function initReport(
  { members, written: { canSign } }: InitializedTrust,
  look: { readonly file: string; readonly verbose: boolean },
): Report {
  const kind = canSign ? "a trust configuration: it verifies and signs" : "a trusted root: it verifies; with --oidc-issuer it signs too";
  return [
    answer("yes", "Written", `${escapeName(look.file)} is ${kind}`),
    ...members.map((member) => memberItem(member, LABELS[member.role], look.verbose)),
    ...(canSign ? [command("To sign:", ["assay", "sign", "sigstore", placeholder("MODEL"), "--trust-config", look.file])] : []),
    command("To verify:", [...VERIFY, canSign ? "--trust-config" : "--trusted-root", look.file]),
  ];
}

function memberItem(member: TrustMember, label: string, verbose: boolean, before = ""): Block {
  const { role, url, id, algorithm, validFor, certificates } = member;
  const short = verbose ? id : shortFingerprint(id);
  const isLog = role === "log" || role === "ct-log";
  const what = isLog ? `${algorithmName(algorithm)}, id ${short}` : `${subjectOf(certificates[0]?.subject)}, certificate ${short}`;
  const time = (date: Date): string => (verbose ? date.toISOString() : day(date));
  const until = validFor.end === undefined ? `since ${time(validFor.start)}` : `${time(validFor.start)} to ${time(validFor.end)}`;
  return { kind: "item", label, name: escapeName(url), detail: `${before}${until}, ${what}` };
}

function subjectOf(subject: string | undefined): string {
  return subject === undefined || subject === "" ? "unreadable" : escapeText(subject);
}

/** ` as of 2026-11-05 (19 days ago)`, with --verbose the time; empty where the date is unknown. */
function asOf({ date }: TrustSource, { now, verbose }: { readonly now: Date; readonly verbose: boolean }): string {
  if (date === undefined) return "";
  const when = verbose ? date.toISOString() : day(date);
  if (date > now) return `, as of ${when} (in the future: the clock was or is wrong)`;
  const days = Math.floor((now.getTime() - date.getTime()) / (24 * 60 * 60 * 1000));
  return `, as of ${when} (${days === 0 ? "today" : `${plural(days, "day")} ago`})`;
}

/** `PKIX_ECDSA_P256_SHA_256` as people write it; an unknown one unchanged. */
function algorithmName(details: string): string {
  if (details.includes("ED25519")) return "Ed25519";
  const curve = /ECDSA_P(\d{3})/.exec(details)?.[1];
  if (curve !== undefined) return `ECDSA P-${curve}`;
  return /RSA/.test(details) ? "RSA" : escapeText(details);
}
