import type { JsonNode } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { Listing } from "./listing.ts";
import { readSerialization, type SerializationFields } from "./read-serialization.ts";

/**
 * Reads a statement with the predicate of OMS section 5: the resources list the files, and the one
 * subject covers all of them. Fields that the format does not know are ignored, but in
 * `serialization`.
 *
 * @throws STATEMENT_SHAPE, SUBJECT_COUNT, RESOURCES_EMPTY, RESOURCE_ALGORITHM, and what `readSerialization` throws
 */
export function readOmsStatement(root: JsonNode): Listing {
  const subject = readSubject(root.require("subject"));
  const predicate = root.require("predicate");
  const fields = readSerialization(predicate.require("serialization"));
  const resources = predicate.require("resources");
  const [names = [], algorithms = [], digests = []] = resources.columns(["name", "algorithm", "digest"]);
  if (names.length === 0) resources.fail(`"${resources.path}" is empty: the signature covers no file`, "RESOURCES_EMPTY");
  const warnings: Warning[] = [];
  if (checkAlgorithms(names, algorithms, fields)) {
    warnings.push({ code: "SHARD_DIALECT", message: "the shards are listed in the Python reference's own dialect" });
  }
  return {
    format: "oms-1.0",
    modelName: subject.name,
    serialization: fields.serialization,
    allowSymlinks: fields.allowSymlinks,
    ignorePaths: fields.ignorePaths,
    names,
    digests,
    signedRootDigest: subject.rootDigest,
    warnings,
  };
}

/**
 * The one subject. Its name may be absent: the references before 1.1 left it out for a model that was
 * given as ".", and it decides nothing.
 */
function readSubject(subjects: JsonNode): { name: string; rootDigest: string } {
  const [subject, second] = subjects.elements();
  if (subject === undefined || second !== undefined) {
    const found = subject === undefined ? "none" : "more than one";
    return subjects.fail(`"${subjects.path}" should hold exactly one model; found ${found}`, "SUBJECT_COUNT");
  }
  return { name: subject.get("name")?.string() ?? "", rootDigest: subject.require("digest").require("sha256").string() };
}

/** Every resource names the same algorithm, the statement's. True where that is in the reference's dialect. */
function checkAlgorithms(
  names: readonly string[],
  algorithms: readonly string[],
  { algorithm, serialization }: SerializationFields,
): boolean {
  const [first] = algorithms;
  const dialect = first !== undefined && first === algorithm.dialect;
  const expected = dialect ? first : algorithm.standard;
  for (let index = 0; index < algorithms.length; index++) {
    const found = algorithms[index] ?? "";
    if (found === expected) continue;
    throw new AssayError(
      "RESOURCE_ALGORITHM",
      `the algorithm of "${(names[index] ?? "").slice(0, 200)}" is "${found.slice(0, 64)}", expected "${expected ?? algorithm.dialect ?? serialization.hash}"`,
    );
  }
  return dialect;
}
