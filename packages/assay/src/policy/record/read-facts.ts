import { asCallersFault, AssayError } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { isComponentName, type ComponentName } from "../../openness/components.ts";
import type { Facts, LoadFact, OpennessGrade, SignerCheck, Unavailable } from "../facts.ts";
import type { LockedModel, SignerRecord } from "../lock.ts";
import type { RecordedFacts } from "./recorded-facts.ts";
import {
  recordedChoice,
  recordedCount,
  recordedDigest,
  recordedFields,
  recordedItems,
  recordedMoment,
  ifGiven,
  ifAvailable,
  recordedTexts,
} from "./recorded-values.ts";

/** One finding has six values: room for some 100,000 of them. */
const MAX_VALUES = 1_000_000;

/**
 * Reads recorded facts, schemas/facts.v1.json, strictly: every field must be there, of its type, and no other. What a file says
 * that a scan would say is for testing a policy, and never for a decision about a model. `what` names the file in messages.
 *
 * Throws FACTS_SYNTAX, and JSON_* for what is not JSON, all as a wrong question.
 */
export function readFacts(bytes: Uint8Array, what: string): RecordedFacts {
  try {
    return recordOf(parseJson(bytes, { what, shapeCode: "FACTS_SYNTAX", maxDepth: 16, maxValues: MAX_VALUES }));
  } catch (error) {
    throw error instanceof AssayError ? asCallersFault(error) : error;
  }
}

const FIELDS = [
  "schema",
  "version",
  "at",
  "model",
  "signature",
  "uncovered",
  "lock",
  "load",
  "weights",
  "totalBytes",
  "license",
  "openness",
  "digests",
  "advisories",
] as const;

function recordOf(node: JsonNode): RecordedFacts {
  const field = recordedFields(node, FIELDS);
  recordedChoice(field("schema"), ["urn:assay:schema:facts:v1"]);
  field("version").string();
  const at = new Date(recordedMoment(field("at")));
  const signed = ifAvailable(field("signature"), signatureOf);
  const isKnown = !("unavailable" in signed);
  const facts: Facts = {
    model: modelOf(field("model")),
    signature: isKnown
      ? { isSigned: signed.isSigned, changed: signed.changed, always: signed.always.map(checkIn), entry: signed.entry.map(checkIn) }
      : signed,
    uncovered: ifAvailable(field("uncovered"), (list) =>
      recordedItems(list, (item) => {
        const of = recordedFields(item, ["name", "isLoaded"]);
        return { name: of("name").string(), isLoaded: of("isLoaded").boolean() };
      }),
    ),
    lock: ifAvailable(field("lock"), lockOf),
    load: ifAvailable(field("load"), loadOf),
    weights: ifAvailable(field("weights"), (list) =>
      recordedItems(list, (item) => {
        const of = recordedFields(item, ["name", "format", "memoryBytes"]);
        return {
          name: of("name").string(),
          format: ifGiven(of("format"), (text) => text.string()),
          memoryBytes: ifGiven(of("memoryBytes"), recordedCount),
        };
      }),
    ),
    totalBytes: ifAvailable(field("totalBytes"), recordedCount),
    license: ifAvailable(field("license"), (license) => {
      const of = recordedFields(license, ["found", "claimed", "hasUnknownText"]);
      return {
        found: ifGiven(of("found"), (text) => text.string()),
        claimed: ifGiven(of("claimed"), (text) => text.string()),
        hasUnknownText: of("hasUnknownText").boolean(),
      };
    }),
    openness: ifAvailable(field("openness"), (openness) => {
      const of = recordedFields(openness, ["found", "claimed"]);
      return { found: gradeOf(of("found")), claimed: gradeOf(of("claimed")) };
    }),
    digests: ifAvailable(field("digests"), (level) => recordedChoice(level, ["computed", "attested"])),
    advisories: ifAvailable(field("advisories"), advisoriesOf),
  };
  return {
    at,
    facts,
    signers: isKnown ? { always: signed.always.map(nameIn), entry: signed.entry.map(nameIn) } : { always: [], entry: [] },
  };
}

function modelOf(node: JsonNode): Facts["model"] {
  const of = recordedFields(node, ["name", "reference", "manifestDigest"]);
  return { name: of("name").string(), reference: of("reference").string(), manifestDigest: recordedDigest(of("manifestDigest")) };
}

interface NamedCheck {
  readonly of: string;
  readonly check: SignerCheck;
}

function nameIn({ of }: NamedCheck): string {
  return of;
}

function checkIn({ check }: NamedCheck): SignerCheck {
  return check;
}

function signatureOf(node: JsonNode): {
  readonly isSigned: boolean;
  readonly changed: readonly string[];
  readonly always: readonly NamedCheck[];
  readonly entry: readonly NamedCheck[];
} {
  const of = recordedFields(node, ["isSigned", "changed", "always", "entry"]);
  return {
    isSigned: of("isSigned").boolean(),
    changed: recordedTexts(of("changed")),
    always: recordedItems(of("always"), namedCheckOf),
    entry: recordedItems(of("entry"), namedCheckOf),
  };
}

function namedCheckOf(node: JsonNode): NamedCheck {
  const of = recordedFields(node, ["of", "outcome", "why", "signer", "provenTime"]);
  const check: SignerCheck = {
    outcome: recordedChoice(of("outcome"), ["fits", "does-not-fit", "unknown"]),
    why: ifGiven(of("why"), (text) => text.string()),
    signer: ifGiven(of("signer"), signerOf),
    provenTime: ifGiven(of("provenTime"), recordedMoment),
  };
  return { of: of("of").string(), check };
}

function signerOf(node: JsonNode): SignerRecord {
  switch (recordedChoice(node.object().require("method"), ["key", "certificate", "sigstore"])) {
    case "key": {
      const of = recordedFields(node, ["method", "fingerprint"]);
      return { method: "key", fingerprint: of("fingerprint").string() };
    }
    case "certificate": {
      const of = recordedFields(node, ["method", "subject", "root"]);
      return { method: "certificate", subject: of("subject").string(), root: of("root").string() };
    }
    case "sigstore": {
      const of = recordedFields(node, ["method", "identity", "issuer"]);
      return { method: "sigstore", identity: of("identity").string(), issuer: of("issuer").string() };
    }
  }
}

function lockOf(node: JsonNode): Exclude<Facts["lock"], Unavailable> {
  const models = ifGiven(recordedFields(node, ["models"])("models"), (all) => {
    return new Map(Array.from(all.object().members(), ([name, model]) => [name, pinnedOf(model)] as const));
  });
  return { lock: models && { models } };
}

function pinnedOf(node: JsonNode): LockedModel {
  const of = recordedFields(node, ["manifest", "signer", "revision", "signedAt", "decision", "policy", "pinned"]);
  return {
    manifest: recordedDigest(of("manifest")),
    signer: ifGiven(of("signer"), signerOf) ?? null,
    revision: ifGiven(of("revision"), (text) => text.string()),
    signedAt: ifGiven(of("signedAt"), recordedMoment),
    decision: recordedChoice(of("decision"), ["allow", "deny", "incomplete"]),
    policy: of("policy").string(),
    pinned: recordedMoment(of("pinned")),
  };
}

function loadOf(node: JsonNode): Exclude<Facts["load"], Unavailable> {
  const of = recordedFields(node, ["outcome", "findings"]);
  return {
    outcome: recordedChoice(of("outcome"), ["data-only", "code", "unknown", "invalid"]),
    findings: recordedItems(of("findings"), findingOf),
  };
}

function findingOf(node: JsonNode): LoadFact {
  const of = recordedFields(node, ["reason", "outcome", "file", "what", "offset", "name"]);
  return {
    reason: of("reason").string(),
    outcome: recordedChoice(of("outcome"), ["code", "unknown", "invalid"]),
    file: of("file").string(),
    what: of("what").string(),
    offset: ifGiven(of("offset"), recordedCount),
    name: ifGiven(of("name"), (text) => text.string()),
  };
}

function gradeOf(node: JsonNode): OpennessGrade {
  const of = recordedFields(node, ["class", "open"]);
  const reached = ifGiven(of("class"), (value) => {
    const found = ([1, 2, 3] as const).find((known) => known === value.number());
    return found ?? value.fail(`"${value.path}" is not 1, 2 or 3`);
  });
  return { class: reached ?? null, open: recordedItems(of("open"), componentOf) };
}

function componentOf(node: JsonNode): ComponentName {
  const name = node.string();
  return isComponentName(name) ? name : node.fail(`"${node.path}" is not a component of the Model Openness Framework`);
}

function advisoriesOf(node: JsonNode): Exclude<Facts["advisories"], Unavailable> {
  const of = recordedFields(node, ["sources", "hits", "undecided"]);
  return {
    sources: recordedItems(of("sources"), (item) => {
      const source = recordedFields(item, ["path", "generated", "problem"]);
      return {
        path: source("path").string(),
        generated: ifGiven(source("generated"), (text) => text.string()),
        problem: ifGiven(source("problem"), (text) => text.string()),
      };
    }),
    hits: recordedItems(of("hits"), (item) => {
      const hit = recordedFields(item, ["id", "summary"]);
      return { id: hit("id").string(), summary: hit("summary").string() };
    }),
    undecided: recordedTexts(of("undecided")),
  };
}
