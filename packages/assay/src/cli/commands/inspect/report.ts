import type { Inspection } from "../../../index.ts";
import { more, MAX_LINES } from "../../text/long-lists.ts";
import { endsOfDigest, shortDigest, shortFingerprint } from "../../text/digests.ts";
import { sha256Text } from "../../../report/digest-text.ts";
import { holderDetails, identityDetails } from "../../text/names.ts";
import { day, minute } from "../../text/times.ts";
import { claimRows } from "../../text/evidence.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { sourceRows } from "../../text/source.ts";
import { answer, command, placeholder, row, type Block, type Report, type Word } from "../../text/report.ts";
import { formatSize, plural } from "../../text/sizes.ts";

interface InspectQuestion {
  readonly path: string;
  readonly verbose: boolean;
}

const WRITES: Record<Inspection["method"], string> = {
  key: "with a key",
  certificate: "with a certificate",
  sigstore: "keyless (Sigstore)",
};

export function inspectReport(inspection: Inspection, { path, verbose }: InspectQuestion): Report {
  const { manifest, method } = inspection;
  const { serialization } = manifest;
  const pieces = serialization.method === "shards" ? `, in pieces of ${plural(serialization.shardSize, "byte")}` : "";
  const show = verbose ? sha256Text : (digest: string): string => endsOfDigest(sha256Text(digest));
  return [
    answer(
      "unsure",
      "Nothing is verified here",
      `${path === "-" ? "standard input" : escapeName(path)} claims to sign ${plural(manifest.files.size, "file")} of ${escapeName(manifest.modelName)}, ${WRITES[method]}`,
    ),
    ...sourceRows(inspection.source),
    ...claimedRows(inspection, verbose),
    ...witnessRows(inspection),
    row("model", show(manifest.rootDigest)),
    row("manifest", show(manifest.manifestDigest)),
    row("files", `${plural(manifest.files.size, "file")}, ${serialization.hash}${pieces}`),
    ...fileRows(inspection),
    ...(manifest.ignorePaths.length === 0
      ? []
      : [row("left out", manifest.ignorePaths.slice(0, MAX_LINES).map(escapeName).join(", ")), ...more(manifest.ignorePaths.length)]),
    ...(manifest.allowSymlinks ? [row("links", "allowed by the signer")] : []),
    row("format", formatOf(inspection)),
    ...next(inspection, path),
  ];
}

function claimedRows({ claimed }: Inspection, verbose: boolean): Block[] {
  if (claimed.kind === "key") {
    const hint =
      claimed.hint === undefined || claimed.hint === ""
        ? "a key that it does not name"
        : `the key ${verbose ? claimed.hint : shortFingerprint(claimed.hint)}`;
    return [row("claims", hint)];
  }
  const { issuer, notBefore, notAfter, fingerprint, chainLength, keyless } = claimed;
  return [
    ...(keyless === undefined
      ? [row("claims", holderDetails(claimed))]
      : [row("claims", identityDetails(keyless)), ...claimRows(keyless.claims, verbose)]),
    row("issued by", issuer),
    row("valid", keyless === undefined ? `${day(notBefore)} to ${day(notAfter)}` : `${minute(notBefore)} to ${minute(notAfter)}`),
    row("certificate", `${verbose ? fingerprint : shortFingerprint(fingerprint)}, ${plural(chainLength, "certificate")} in the bundle`),
  ];
}

function fileRows({ manifest }: Inspection): Block[] {
  const files = [...manifest.files.values()];
  return [
    ...files.slice(0, MAX_LINES).map((file): Block => {
      const [digest = ""] = file.digests;
      const size = file.size === undefined ? "" : `, ${formatSize(file.size)}`;
      const pieces =
        manifest.serialization.method === "shards"
          ? `${plural(file.digests.length, "piece")}${size}`
          : `${manifest.serialization.hash}:${shortDigest(digest)}${size}`;
      return { kind: "item", label: "", name: escapeName(file.name), detail: pieces };
    }),
    ...more(files.length),
  ];
}

/** What the bundle says of when and where the signature was seen. */
function witnessRows({ logEntries, timestamps }: Inspection): Block[] {
  return [
    ...logEntries.map(({ logIndex, entry, logId, integratedTime }) => {
      const time = integratedTime === undefined ? "" : `, ${minute(integratedTime)}`;
      return row("log entry", `index ${logIndex} of the log ${shortFingerprint(logId)}, ${escapeText(entry)}${time} (not checked)`);
    }),
    ...timestamps.map((time) => row("timestamp", `${time === undefined ? "not readable" : minute(time)} (not checked)`)),
  ];
}

function formatOf({ mediaVersion, manifest }: Inspection): string {
  const parts = [
    `Sigstore bundle v${mediaVersion}`,
    manifest.format === "oms-1.0" ? "OMS 1.0 statement" : "the statement format of the reference 0.2.0",
  ];
  return parts.join(", ");
}

function next({ method, source }: Inspection, path: string): Block[] {
  if (source !== undefined) return [command("To verify:", ["assay", "verify", method, source.pinned, ...trustWords(method)])];
  return [command("To verify:", ["assay", "verify", method, placeholder("MODEL"), ...trustWords(method), "--signature", path])];
}

function trustWords(method: Inspection["method"]): Word[] {
  if (method === "key") return ["--public-key", placeholder("PUBLIC_KEY")];
  if (method === "certificate") return ["--certificate-chain", placeholder("ROOT_CERTIFICATE")];
  // Whom to expect is for the reader to know: what the signature claims is not advice.
  return ["--identity", placeholder("IDENTITY"), "--identity-provider", placeholder("URL")];
}
