import { escapeName } from "../../text/escape.ts";
import { row, type Block } from "../../text/report.ts";

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
