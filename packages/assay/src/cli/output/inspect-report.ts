import type { Inspection } from "../../index.ts";
import { more, MOST_LINES } from "./coverage.ts";
import { endsOfDigest, sha256, shortDigest, shortFingerprint } from "./digests.ts";
import { escapeName } from "./escape.ts";
import { holderDetails } from "./names.ts";
import { answer, command, placeholder, row, text, type Block, type Report } from "./report.ts";
import { formatSize, plural } from "./sizes.ts";

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
  const show = verbose ? sha256 : (digest: string): string => endsOfDigest(sha256(digest));
  return [
    answer(
      "unsure",
      "Nothing is verified here",
      `${escapeName(path)} claims to sign ${plural(manifest.files.size, "file")} of ${escapeName(manifest.modelName)}, ${WRITES[method]}`,
    ),
    ...claimedRows(inspection, verbose),
    row("model", show(manifest.rootDigest)),
    row("manifest", show(manifest.manifestDigest)),
    row("files", `${plural(manifest.files.size, "file")}, ${serialization.hash}${pieces}`),
    ...fileRows(inspection),
    ...(manifest.ignorePaths.length === 0
      ? []
      : [row("left out", manifest.ignorePaths.slice(0, MOST_LINES).map(escapeName).join(", ")), ...more(manifest.ignorePaths.length)]),
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
  const { issuer, notBefore, notAfter, fingerprint, chainLength } = claimed;
  return [
    row("claims", holderDetails(claimed)),
    row("issued by", issuer),
    row("valid", `${day(notBefore)} to ${day(notAfter)}`),
    row("certificate", `${verbose ? fingerprint : shortFingerprint(fingerprint)}, ${plural(chainLength, "certificate")} in the bundle`),
  ];
}

function fileRows({ manifest }: Inspection): Block[] {
  const files = [...manifest.files.values()];
  return [
    ...files.slice(0, MOST_LINES).map((file): Block => {
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

function formatOf({ mediaVersion, manifest, tlogEntries, timestamps }: Inspection): string {
  const parts = [
    `Sigstore bundle v${mediaVersion}`,
    manifest.format === "oms-1.0" ? "OMS 1.0 statement" : "the statement format of the reference 0.2.0",
  ];
  if (tlogEntries > 0) parts.push(`${plural(tlogEntries, "log entry", "log entries")} (not checked)`);
  if (timestamps > 0) parts.push(`${plural(timestamps, "time stamp")} (not checked)`);
  return parts.join(", ");
}

function next({ method }: Inspection, path: string): Block[] {
  const trust = method === "key" ? ["--public-key", placeholder("PUBLIC_KEY")] : ["--certificate-chain", placeholder("ROOT_CERTIFICATE")];
  if (method === "sigstore") return [text("This release verifies signatures by key and by certificate; keyless ones it can only show.")];
  return [command("To verify:", ["assay", "verify", method, placeholder("MODEL"), ...trust, "--signature", path])];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
