import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { momentOf } from "../read/times.ts";
import type { Advisory, Affected, AffectedRange } from "./advisory.ts";
import { readPurl, type Purl } from "./purl.ts";

/** The largest advisory that is read; those about models have some kilobytes. */
export const MAX_ADVISORY_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_VALUES = 500_000;
const MAX_TEXT = 300;
const ID = /^[A-Za-z0-9][\w.:-]{0,199}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads one advisory (OSV 1.7: https://ossf.github.io/osv-schema/), strict JSON, 32 levels, 500,000 values. What says
 * whether it is about a model is checked whole, and what is only shown to people is not read. Fields that are not known are
 * passed over, as the specification asks of readers.
 *
 * The digests of a model are in `affected[].database_specific.digests`, which OSV leaves to each database: `manifest`, a
 * manifest digest or a list of them, and `files`, a list of digests of single files, all `sha256:` and hex.
 *
 * `what` names the document in messages. Throws JSON_ENCODING, JSON_SYNTAX, JSON_TOO_DEEP, JSON_TOO_LARGE and
 * JSON_DUPLICATE_KEY, with line and column, and ADVISORY_SOURCE with the path of the field.
 */
export function readAdvisory(bytes: Uint8Array, what: string): Advisory {
  const root = parseJson(bytes, { what, shapeCode: "ADVISORY_SOURCE", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
  const id = root.require("id");
  if (!ID.test(id.string())) id.fail(`"id" is not the id of an advisory`);
  const version = root.get("schema_version");
  if (version !== undefined && !/^1\.\d+\.\d+$/.test(version.string())) version.fail(`"schema_version" is not a version 1 of OSV`);
  timeOf(root.require("modified"));
  const withdrawn = root.get("withdrawn");
  if (withdrawn !== undefined) timeOf(withdrawn);
  const affected = root.optional("affected");
  return {
    id: id.string(),
    summary: summaryOf(root),
    isWithdrawn: withdrawn !== undefined,
    affected: affected === undefined ? [] : Array.from(affected.elements(), affectedOf),
  };
}

function timeOf(node: JsonNode): void {
  if (momentOf(node.string()) === undefined) node.fail(`"${node.path}" is not a time in UTC`);
}

function summaryOf(root: JsonNode): string {
  const text = root.get("summary")?.string() ?? root.get("details")?.string() ?? "";
  const line = (text.trim().split(/\r?\n/, 1)[0] ?? "").replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return characters.length > MAX_TEXT ? `${characters.slice(0, MAX_TEXT - 1).join("")}…` : line;
}

function affectedOf(node: JsonNode): Affected {
  const digests = node.get("database_specific")?.get("digests");
  const manifest = digests?.get("manifest");
  const files = digests?.get("files");
  return {
    purl: purlOf(node.get("package")),
    versions: Array.from(node.get("versions")?.elements() ?? [], (version) => version.string()),
    ranges: Array.from(node.get("ranges")?.elements() ?? [], rangeOf),
    manifests: manifest === undefined ? [] : manifest.kind === "string" ? [digestOf(manifest)] : Array.from(manifest.elements(), digestOf),
    files: Array.from(files?.elements() ?? [], digestOf),
  };
}

function purlOf(packageNode: JsonNode | undefined): Purl | undefined {
  const node = packageNode?.get("purl");
  return node === undefined ? undefined : (readPurl(node.string()) ?? node.fail(`"${node.path}" is not a package URL`));
}

function digestOf(node: JsonNode): string {
  const text = node.string();
  return DIGEST.test(text) ? text : node.fail(`"${node.path}" is not sha256: and 64 lower-case hexadecimal digits`);
}

/** OSV: an event has one of `introduced`, `fixed`, `last_affected` and `limit`; `introduced: "0"` is before the first revision. */
function rangeOf(node: JsonNode): AffectedRange {
  const events = Array.from(node.require("events").elements(), (event) =>
    Array.from(event.members(), ([key, value]) => [key, value.string()]),
  );
  if (!events.some((event) => event.some(([key]) => key === "introduced"))) node.fail(`"${node.path}.events" has no "introduced"`);
  return { isEverything: events.every((event) => event.every(([key, value]) => key === "introduced" && value === "0")) };
}
