import { AssayError } from "../core/error.ts";
import { isUtf8 } from "../encoding/utf8.ts";
import { readYaml, type Place, type YamlValue } from "../encoding/yaml.ts";
import type { Lock, LockedModel, SignerRecord } from "./lock.ts";
import { Faults, faultOf } from "./read/faults.ts";
import { described, Fields, suggestion, textOf } from "./read/fields.ts";
import { momentOf } from "./read/times.ts";
import { digestOf } from "./read/values.ts";

/** A lock file of 1 MiB has some 2,000 models: its size is the bound, not its values. */
const YAML_RULES = { maxDepth: 20, maxValues: 100_000, isPlain: true };
const METHODS = ["key", "certificate", "sigstore"] as const;
const DECISIONS = ["allow", "deny", "incomplete"] as const;
const HEX = /^[0-9a-f]{64}$/;
const CONFLICT = /^(?:<{7}|={7}|>{7})(?: |$)/m;

/**
 * Reads a lock file, version 1: YAML as a policy is read, 1 MiB, without anchors, aliases and tags. The order of its entries
 * and keys means nothing; `writeLock` sorts them. Moments become ISO 8601 with milliseconds. `what` names the file in messages.
 *
 * Throws LOCK_SYNTAX: the first fault in the order of the document, with file, line and column in the message and the details.
 */
export function readLock(source: Uint8Array | string, what: string): Lock {
  const value = readLines(source, what);
  const faults = new Faults(what, "LOCK_SYNTAX");
  const lock = lockOf(value, faults);
  faults.throwFirst();
  if (lock === undefined) throw new AssayError("INTERNAL", `${what} was neither read nor refused`);
  return lock;
}

function readLines(source: Uint8Array | string, what: string): YamlValue {
  try {
    return readYaml(source, what, YAML_RULES).value;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const conflict = placeOfConflict(source);
    if (conflict !== undefined) throw faultOf("LOCK_SYNTAX", what, conflict, "a merge conflict that is not resolved");
    const { details } = error;
    if (details !== undefined && "line" in details) throw new AssayError("LOCK_SYNTAX", error.message, { details, cause: error });
    const line = typeof source === "string" ? 1 : lineOfOtherEncoding(source);
    throw new AssayError("LOCK_SYNTAX", error.message, { details: { file: what, line, column: 1 }, cause: error });
  }
}

/** Where git left two versions for a person to choose from: what a YAML reader says of that line helps little. */
function placeOfConflict(source: Uint8Array | string): Place | undefined {
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const at = text.search(CONFLICT);
  return at < 0 ? undefined : { line: text.slice(0, at).split("\n").length, column: 1 };
}

/** The first line that is not UTF-8: a line end is never a part of another character. */
function lineOfOtherEncoding(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (!isUtf8(bytes, start, end < 0 ? bytes.length : end)) return line;
    if (end < 0) break;
    start = end + 1;
  }
  return 1;
}

function lockOf(value: YamlValue, faults: Faults): Lock | undefined {
  const fields = Fields.of(value, "the lock file", ["version", "models"], faults);
  if (fields === undefined) return undefined;
  const version = fields.value("version");
  if (version === undefined) fields.missing("version", "write version: 1");
  else if (version.kind !== "number" || version.text !== "1") {
    const isNewer = version.kind === "number" && /^\d+$/.test(version.text);
    const why = isNewer ? `version ${version.text} needs a newer Assay: this one reads version 1` : "version must be the number 1";
    faults.add("POLICY_VALUE", version.place, why);
  }
  const listed = fields.value("models");
  if (listed === undefined) return fields.missing("models", "write models: {} for a lock file without models");
  if (listed.kind !== "map") return faults.add("POLICY_TYPE", listed.place, `models must be a mapping, not ${described(listed)}`);
  const models = new Map<string, LockedModel>();
  for (const [name, entry] of listed.entries) {
    if (name.trim() === "") faults.add("POLICY_VALUE", listed.keys.get(name) ?? listed.place, "a model without a name");
    const model = modelOf(entry, `models.${name}`, faults);
    if (model !== undefined) models.set(name, model);
  }
  return { models };
}

const KEYS = ["manifest", "signer", "revision", "signed-at", "decision", "policy", "pinned"] as const;

function modelOf(value: YamlValue, path: string, faults: Faults): LockedModel | undefined {
  const fields = Fields.of(value, path, KEYS, faults);
  if (fields === undefined) return undefined;
  const digest = (key: "manifest" | "policy"): string | undefined => {
    const given = fields.value(key);
    return given === undefined ? fields.missing(key, "give its digest") : digestOf(given, fields.pathOf(key), faults);
  };
  const manifest = digest("manifest");
  const signer = signerOf(fields, faults);
  const revision = fields.text("revision");
  const signedAt = timeOf(fields, "signed-at", faults);
  const decision = fields.has("decision")
    ? fields.choice("decision", DECISIONS)
    : fields.missing("decision", `one of ${DECISIONS.join(", ")}`);
  const policy = digest("policy");
  const pinned = fields.has("pinned") ? timeOf(fields, "pinned", faults) : fields.missing("pinned", "the time of the pin");
  // What is undefined and had to be there is a fault by now.
  if (manifest === undefined || signer === undefined || decision === undefined || policy === undefined || pinned === undefined)
    return undefined;
  return { manifest, signer, revision, signedAt, decision, policy, pinned };
}

function timeOf(fields: Fields, key: "signed-at" | "pinned", faults: Faults): string | undefined {
  const value = fields.value(key);
  const text = value && textOf(value, fields.pathOf(key), faults);
  if (value === undefined || text === undefined) return undefined;
  const expected = "expected a time in UTC that exists, such as 2026-12-01T00:00:00Z";
  return momentOf(text) ?? faults.add("POLICY_VALUE", value.place, `${fields.pathOf(key)} is ${JSON.stringify(text)}: ${expected}`);
}

/** Null has to be written: an entry that lost its line for the signer must not pin the bytes alone. */
function signerOf(entry: Fields, faults: Faults): SignerRecord | null | undefined {
  const value = entry.value("signer");
  if (value === undefined) return entry.missing("signer", "say who signed, or write signer: null");
  if (value.kind === "null") return null;
  const path = entry.pathOf("signer");
  if (value.kind !== "map") return faults.add("POLICY_TYPE", value.place, `${path} must be null or a mapping, not ${described(value)}`);
  const named = value.entries.get("method");
  const method = METHODS.find((known) => named?.kind === "text" && named.text === known);
  if (method === undefined) {
    const given = named?.kind === "text" ? named.text : "";
    return faults.add("POLICY_VALUE", named?.place ?? value.place, `${path}.method: ${suggestion(given, METHODS)}`);
  }
  return recordOf(value, method, path, faults);
}

function recordOf(value: YamlValue, method: SignerRecord["method"], path: string, faults: Faults): SignerRecord | undefined {
  const [first, second] = FIELDS_OF[method];
  const fields = Fields.of(value, path, ["method", ...FIELDS_OF[method]], faults);
  const text = (key: string): string | undefined => {
    const found = fields?.requiredText(key, `a signer by ${method} has it`, { max: 4096 });
    const isFingerprint = key === "fingerprint" || key === "root";
    if (found === undefined || !isFingerprint || HEX.test(found)) return found;
    return fields?.fault(
      "POLICY_VALUE",
      fields.value(key)?.place ?? fields.place,
      `${path}.${key} is not 64 lower-case hexadecimal digits`,
    );
  };
  const one = text(first);
  if (method === "key") return one === undefined ? undefined : { method, fingerprint: one };
  const other = text(second ?? "");
  if (one === undefined || other === undefined) return undefined;
  return method === "certificate" ? { method, subject: one, root: other } : { method, identity: one, issuer: other };
}

const FIELDS_OF = {
  key: ["fingerprint"],
  certificate: ["subject", "root"],
  sigstore: ["identity", "issuer"],
} as const;
