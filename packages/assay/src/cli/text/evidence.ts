import type { Evidence, SignerIdentity, TrustSource } from "../../index.ts";
import { escapeName, escapeText } from "./escape.ts";
import { row, type Block } from "./report.ts";
import { plural } from "./sizes.ts";
import { minute } from "./times.ts";

/** What was proven of where and when the signature was seen, and by whose word. */
export function evidenceRows(evidence: Evidence | undefined, signer: SignerIdentity, verbose: boolean): Block[] {
  const claims = signer.method === "sigstore" ? claimRows(signer.claims, verbose) : [];
  if (evidence === undefined) return claims;
  const { logEntries, timestamps, certificateLogs, trustedRoot } = evidence;
  return [
    ...claims,
    ...logEntries.map(({ log, logIndex, entry, integratedTime, inclusion, treeSize }) => {
      const when = integratedTime === undefined ? "" : `, ${minute(integratedTime)}`;
      const size = verbose && treeSize !== undefined ? ` in a tree of ${plural(treeSize, "entry", "entries")}` : "";
      const promise = inclusion === "promise" ? ", by the log's promise only" : "";
      return row("logged", `index ${logIndex} of ${escapeName(log)}${size}, ${entry}${when}${promise}`);
    }),
    ...timestamps.map(({ authority, time }) => row("timestamp", `${minute(time)} by ${escapeName(authority)}`)),
    ...(verbose
      ? certificateLogs.map(({ authority, time }) => row("certificate", `in the log ${escapeName(authority)} since ${minute(time)}`))
      : []),
    row("trust", describeSource(trustedRoot)),
    ...(trustedRoot.problem === undefined ? [] : [row("no newer", escapeText(trustedRoot.problem))]),
  ];
}

/** Which trusted root it was, and how old. */
function describeSource({ kind, name, date }: TrustSource): string {
  const of = date === undefined ? "" : ` ${date.toISOString().slice(0, 10)}`;
  switch (kind) {
    case "named":
      return `the trusted root ${escapeName(name)}`;
    case "refreshed":
      return `${name}, refreshed just now`;
    case "cached":
      return `${name}, as of${of}`;
    case "shipped":
      return `${name}, as it came with this program${of === "" ? "" : `, of${of}`}`;
  }
}

/** The claims that tell a person most, with how they read. */
const SHOWN: ReadonlyMap<string, string> = new Map([
  ["sourceRepositoryURI", "repository"],
  ["sourceRepositoryRef", "ref"],
  ["sourceRepositoryDigest", "commit"],
  ["buildTrigger", "trigger"],
  ["runInvocationURI", "run"],
]);

/** What the identity provider said of the build: the most telling of it, or all. */
export function claimRows(claims: Readonly<Record<string, string>>, verbose: boolean): Block[] {
  return Object.entries(claims).flatMap(([name, value]) => {
    const label = SHOWN.get(name);
    if (verbose) return [row("claim", `${name} ${escapeName(value)}`)];
    return label === undefined ? [] : [row(label, escapeName(value))];
  });
}
