import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { decide } from "../../src/policy/decide.ts";
import type { Facts } from "../../src/policy/facts.ts";
import { factsFor } from "../../src/policy/record/recorded-facts.ts";
import { factsDocument } from "../../src/report/json/facts.ts";
import { readFacts } from "../../src/policy/record/read-facts.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { CLEAN, EVERY_RULE, KNOWLEDGE, NOW, policyOf } from "../support/policy/facts.ts";
import { rejectsWith } from "../support/rejects.ts";

const validate = closedSchema("facts");
const policy = await policyOf(EVERY_RULE);
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const recorded = (facts: Facts): unknown => JSON.parse(JSON.stringify(factsDocument(facts, NOW, policy)));

const finding = { reason: "pickle/global", outcome: "code", file: "m.bin", what: "calls os.system" } as const;
const check = { why: undefined, signer: undefined, provenTime: undefined };
const pinned = {
  manifest: CLEAN.model.manifestDigest,
  revision: "main",
  signedAt: undefined,
  decision: "deny",
  policy: "sha256:x",
  pinned: "2026-07-01T00:00:00.000Z",
} as const;

/** Facts that have everything once. */
const FULL: Facts = {
  ...CLEAN,
  signature: {
    isSigned: true,
    changed: ["a"],
    always: [],
    entry: [{ ...check, outcome: "fits", signer: { method: "key", fingerprint: "f" }, provenTime: "2026-06-01T12:00:00.000Z", why: "w" }],
  },
  uncovered: [{ name: "x.py", isLoaded: true }],
  lock: {
    lock: {
      models: new Map([
        ["__proto__", { ...pinned, signer: null }],
        ["b", { ...pinned, signer: { method: "sigstore", identity: "i", issuer: "j" } }],
        ["c", { ...pinned, signer: { method: "certificate", subject: "s", root: "r" } }],
      ]),
    },
  },
  load: { outcome: "code", findings: [{ ...finding, offset: 2, name: "os.system" }] },
  advisories: {
    sources: [{ path: "a", generated: undefined, problem: "unreadable" }],
    hits: [{ id: "x_1", summary: "s" }],
    undecided: ["x_2"],
  },
};

const EMPTY: Facts = {
  ...CLEAN,
  lock: { lock: undefined },
  load: { outcome: "unknown", findings: [{ ...finding, outcome: "invalid", offset: undefined, name: undefined }] },
  weights: [{ name: "w", format: undefined, memoryBytes: undefined }],
  license: { found: undefined, claimed: undefined, hasUnknownText: true },
  openness: { found: { class: null, open: [] }, claimed: { class: null, open: [] } },
  digests: "attested",
};

suite("recorded facts", () => {
  const names = [
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
  const all: readonly (readonly [string, Facts])[] = [
    ["of a model that passes", CLEAN],
    ["with everything", FULL],
    ["with as little as there may be", EMPTY],
    ...names.map((name) => [`without ${name}`, { ...CLEAN, [name]: { unavailable: "permission denied" } }] as const),
  ];
  for (const [what, facts] of all) {
    test(`are read as they were written, and decide the same: ${what}`, () => {
      const document = recorded(facts);
      assert.ok(validate(document), JSON.stringify(validate.errors));
      const read = readFacts(bytesOf(document), "facts.json");
      assert.deepEqual(read.facts, facts);
      assert.equal(read.at.getTime(), NOW.getTime());
      assert.deepEqual(decide(factsFor(policy, read), policy, read.at, KNOWLEDGE), decide(facts, policy, NOW, KNOWLEDGE));
    });
  }

  /** The document with one change, for every value in it. */
  function* changed(document: unknown, change: (value: unknown) => unknown): Generator<[path: string, changed: unknown]> {
    function* walk(value: unknown, path: readonly (string | number)[]): Generator<[string, unknown]> {
      const copy = structuredClone(document);
      let parent = copy as Record<string | number, unknown>;
      for (const key of path.slice(0, -1)) parent = parent[key] as typeof parent;
      const last = path.at(-1);
      if (last !== undefined) {
        const other = change(value);
        if (other === undefined) delete parent[last];
        else parent[last] = other;
        yield [path.join("."), copy];
      }
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    }
    yield* walk(document, []);
  }

  const isRefused = (document: unknown): boolean => {
    try {
      readFacts(bytesOf(document), "facts.json");
      return false;
    } catch (error) {
      assert.ok(error instanceof AssayError);
      assert.deepEqual([error.code, error.outcome], ["FACTS_SYNTAX", "usage"]);
      return true;
    }
  };

  for (const [what, change, isFree] of [
    ["a missing field", () => undefined, () => false],
    ["a value of another type", () => [[0]], () => false],
    ["a number below zero", () => -1, () => false],
    ["a text that is none of the words", () => "?!", (path: string) => FREE_TEXTS.test(path)],
  ] as const) {
    test(`with ${what} are refused, wherever it is`, () => {
      // The model of that name is in a map: JSON.parse keeps it, and a copy by assignment would not.
      const document = JSON.parse(JSON.stringify(recorded(FULL)).replace("__proto__", "a"));
      const accepted = [...changed(document, change)].filter(([path, other]) => {
        // An item that is taken out of a list leaves a hole, which is null in JSON; models of a lock and items are not fields.
        const isItem = /\.\d+$|^lock\.models\.[abc]$/.test(path);
        return !(what === "a missing field" && isItem) && !isRefused(other) && !isFree(path);
      });
      assert.deepEqual(
        accepted.map(([path]) => path),
        [],
      );
    });
  }

  test("with a field more are refused, wherever it is", () => {
    const document = recorded(FULL);
    for (const [path, other] of changed(document, (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, more: 1 } : value,
    )) {
      const isObject = JSON.stringify(other).includes('"more":1');
      assert.equal(isRefused(other), isObject, path);
    }
  });

  test("that are not JSON, or have a field twice, are a wrong question", async () => {
    for (const [text, code] of [
      ["{", "JSON_SYNTAX"],
      ['{"at":1,"at":2}', "JSON_DUPLICATE_KEY"],
      [`${"[".repeat(20)}${"]".repeat(20)}`, "JSON_TOO_DEEP"],
    ] as const) {
      const error = await rejectsWith(code, async () => readFacts(new TextEncoder().encode(text), "facts.json"));
      assert.equal(error.outcome, "usage");
    }
  });

  test("say nothing about a signer that was not asked about, wherever it is in another policy", async () => {
    const read = readFacts(bytesOf(recorded(CLEAN)), "facts.json");
    const decideBy = async (rules: string) => {
      const other = await policyOf(rules);
      return decide(factsFor(other, read), other, NOW, KNOWLEDGE);
    };
    assert.equal((await decideBy("signers: [{ key: { file: other.pub } }]")).decidedBy?.code, "SIGNER_UNKNOWN");
    assert.equal((await decideBy("signers: [{ name: n, key: { file: k.pub } }]")).decision, "allow");
    assert.equal((await decideBy("signers: [{ key: { file: other.pub } }, { key: { file: k.pub } }]")).decision, "allow");
    assert.equal((await decideBy("signers: [{ key: { pem: k.pub } }]")).decision, "incomplete");
  });
});

/** Texts that may be anything. */
const FREE_TEXTS =
  /^version$|^model\.(?:name|reference)$|\.(?:why|of|fingerprint|subject|root|identity|issuer|revision|policy|reason|file|what|path|generated|problem|id|summary|format|found|claimed|name)$|^(?:signature\.changed|advisories\.undecided)\.\d+$/;
