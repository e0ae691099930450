import type { JsonNode } from "../encoding/json.ts";
import type { Listing } from "./listing.ts";

/** What the reference 0.2.0 called its one hash: whole files, SHA-256. */
const ALGORITHMS: ReadonlySet<string> = new Set(["sha256", "file-sha256"]);

/**
 * Reads a statement as the reference 0.2.0 wrote it: every file is a subject, with its SHA-256, and the
 * predicate says nothing. No root digest, no ignore paths, links not allowed.
 *
 * @throws STATEMENT_SHAPE, RESOURCES_EMPTY, ALGORITHM_UNKNOWN
 */
export function readHistoricalStatement(root: JsonNode): Listing {
  const names: string[] = [];
  const digests: string[] = [];
  const subjects = root.require("subject");
  for (const subject of subjects.elements()) {
    names.push(subject.require("name").string());
    digests.push(subject.require("digest").require("sha256").string());
    const actual = subject.optional("annotations")?.optional("actual_hash_algorithm");
    const algorithm = actual?.string();
    if (algorithm !== undefined && !ALGORITHMS.has(algorithm)) {
      actual?.fail(`"${actual.path}" is "${algorithm.slice(0, 64)}"; in this format only SHA-256 was in use`, "ALGORITHM_UNKNOWN");
    }
  }
  if (names.length === 0) subjects.fail(`"${subjects.path}" is empty: the signature covers no file`, "RESOURCES_EMPTY");
  return {
    format: "historical-0.1",
    modelName: "",
    serialization: { method: "files", hash: "sha256" },
    allowSymlinks: false,
    ignorePaths: [],
    names,
    digests,
    signedRootDigest: undefined,
    warnings: [{ code: "HISTORICAL_FORMAT", message: "the signature is in the format of the reference 0.2.0, which is no longer written" }],
  };
}
