import assert from "node:assert/strict";
import * as fc from "fast-check";
import { suite, test } from "node:test";
import { AssayError, detailsOf } from "../../src/core/error.ts";
import type { Lock, LockedModel, SignerRecord } from "../../src/policy/lock.ts";
import { readLock } from "../../src/policy/read-lock.ts";
import { writeLock } from "../../src/policy/write-lock.ts";
import { effort } from "../support/effort.ts";
import { rejectsWith } from "../support/rejects.ts";
import { MANIFEST, OTHER_MANIFEST } from "../support/policy/facts.ts";

const HEX = "0123456789abcdef".repeat(4);
const TEXT = `version: 1
models:
  acme/granite:
    manifest: ${MANIFEST}
    signer:
      method: sigstore
      identity: release@example.com
      issuer: https://issuer.example.com
    revision: "0123456789abcdef0123456789abcdef01234567"
    signed-at: 2026-06-01T12:00:00.000Z
    decision: allow
    policy: ${OTHER_MANIFEST}
    pinned: 2026-07-01T00:00:00.000Z
  "1.0":
    manifest: ${OTHER_MANIFEST}
    signer: null
    decision: incomplete
    policy: ${OTHER_MANIFEST}
    pinned: 2026-07-01T00:00:00.000Z
`;

const read = (text: string | Uint8Array): Lock => readLock(text, "assay.lock");

test("a lock file is read with every key, whatever the order of its entries", () => {
  const { models } = read(TEXT);
  assert.deepEqual([...models.keys()], ["acme/granite", "1.0"]);
  assert.deepEqual(models.get("acme/granite"), {
    manifest: MANIFEST,
    signer: { method: "sigstore", identity: "release@example.com", issuer: "https://issuer.example.com" },
    revision: HEX.slice(0, 40),
    signedAt: "2026-06-01T12:00:00.000Z",
    decision: "allow",
    policy: OTHER_MANIFEST,
    pinned: "2026-07-01T00:00:00.000Z",
  });
  assert.equal(models.get("1.0")?.signer, null);
});

test("a lock file is written sorted by name, one key a line", () => {
  const lines = TEXT.split("\n");
  const sorted = [...lines.slice(0, 2), ...lines.slice(13, 19), ...lines.slice(2, 13), ""].join("\n");
  assert.equal(writeLock(read(TEXT)), sorted);
});

test("a lock file without models is read and written", () => {
  assert.equal(writeLock({ models: new Map() }), "version: 1\nmodels: {}\n");
  assert.equal(read("version: 1\nmodels: {}\n").models.size, 0);
});

test("times are read in the form that they are compared in", () => {
  const text = TEXT.replace("2026-06-01T12:00:00.000Z", "2026-06-01T12:00:00Z");
  assert.equal(read(text).models.get("acme/granite")?.signedAt, "2026-06-01T12:00:00.000Z");
});

/** What is replaced in TEXT, by what, and where the fault is. */
const FAULTS: readonly (readonly [what: string, from: string, to: string, line: number, column: number])[] = [
  ["another version", "version: 1", "version: 2", 1, 10],
  ["a version as text", "version: 1", "version: '1'", 1, 10],
  ["no version", "version: 1\n", "", 1, 1],
  ["no models", "models:", "model:", 1, 1],
  ["an unknown key at the top", "models:", "more: 1\nmodels:", 2, 1],
  ["an unknown key of a model", "    revision:", "    revison:", 9, 5],
  ["an unknown key of a signer", "      issuer:", "      isuer:", 6, 7],
  ["a key of another method", "      issuer:", "      root:", 6, 7],
  ["a model that is a list", '"1.0":', 'other: [a]\n  "1.0":', 14, 10],
  ["a digest without its algorithm", MANIFEST, MANIFEST.slice(7), 4, 15],
  ["a digest in capitals", MANIFEST, `sha256:${"A".repeat(64)}`, 4, 15],
  ["no manifest", `    manifest: ${MANIFEST}\n`, "", 4, 5],
  ["no decision", "    decision: allow\n", "", 4, 5],
  ["an unknown decision", "decision: allow", "decision: allowed", 11, 15],
  ["no policy", `    decision: allow\n    policy: ${OTHER_MANIFEST}`, "    decision: allow", 4, 5],
  ["no time of the pin", "    pinned: 2026-07-01T00:00:00.000Z\n  ", "  ", 4, 5],
  ["a time of another zone", "2026-06-01T12:00:00.000Z", "2026-06-01T12:00:00+00:00", 10, 16],
  ["a day that does not exist", "2026-06-01T12:00:00.000Z", "2026-02-30T12:00:00.000Z", 10, 16],
  ["a number for a revision", `"${HEX.slice(0, 40)}"`, "7", 9, 15],
  ["an unknown method", "method: sigstore", "method: pgp", 6, 15],
  ["no method", "      method: sigstore\n", "", 6, 7],
  ["a missing signer", "    signer: null\n", "", 15, 5],
  ["a signer without a value", "signer: null", "signer: {}", 16, 13],
  ["a signer as text", "signer: null", "signer: none", 16, 13],
  ["a fingerprint that is too short", "signer: null", "signer: { method: key, fingerprint: abc }", 16, 41],
  ["a root with its algorithm", "signer: null", `signer: { method: certificate, subject: a, root: "sha256:${HEX}" }`, 16, 54],
  ["a model without a name", '"1.0":', '" ":', 14, 3],
  ["a key twice", "    decision: allow", `    manifest: ${MANIFEST}\n    decision: allow`, 11, 5],
  ["a model twice", '"1.0":', "acme/granite:", 14, 3],
  ["an anchor", `manifest: ${MANIFEST}`, `manifest: &m ${MANIFEST}`, 4, 18],
  ["a tag", "decision: allow", "decision: !!str allow", 11, 21],
  ["bad indentation", "    decision: allow", "   decision: allow", 11, 1],
  ["a merge conflict", "    decision: allow", "<<<<<<< ours\n    decision: allow\n=======\n    decision: deny\n>>>>>>> theirs", 11, 1],
  ["a control character", "release@", "release\u0007@", 7, 24],
  ["a second document", "  acme", "---\n  acme", 3, 1],
];

suite("a lock file that is not right is rejected at line and column:", () => {
  for (const [what, from, to, line, column] of FAULTS) {
    test(what, async () => {
      const text = TEXT.replace(from, () => to);
      assert.notEqual(text, TEXT);
      const error = await rejectsWith("LOCK_SYNTAX", () => read(text));
      const details = detailsOf(error, "LOCK_SYNTAX");
      assert.deepEqual([details?.file, details?.line, details?.column], ["assay.lock", line, column], error.message);
      assert.equal(error.outcome, "usage");
      assert.ok(error.message.startsWith(`assay.lock, line ${line}, column ${column}: `), error.message);
    });
  }

  test("another encoding", async () => {
    const bytes = new TextEncoder().encode(TEXT);
    bytes[bytes.indexOf(0x67, TEXT.indexOf("granite"))] = 0xff;
    const error = await rejectsWith("LOCK_SYNTAX", () => read(bytes));
    assert.deepEqual([detailsOf(error, "LOCK_SYNTAX")?.line, error.outcome], [3, "usage"]);
  });

  test("a merge conflict, which is named", () => {
    assert.throws(() => read(`${TEXT}=======\n`), /line 20, column 1: a merge conflict that is not resolved$/);
  });

  test("no text at all, and too much of it", async () => {
    await rejectsWith("LOCK_SYNTAX", () => read(""));
    await rejectsWith("LOCK_SYNTAX", () => read(`${TEXT}#${" ".repeat(1024 * 1024)}`));
  });
});

const hex = fc.array(fc.constantFrom(...Array.from("0123456789abcdef")), { minLength: 64, maxLength: 64 }).map((digits) => digits.join(""));
const digest = hex.map((digits) => `sha256:${digits}`);
const time = fc.date({ min: new Date("1970-01-01"), max: new Date("2999-12-31"), noInvalidDate: true }).map((date) => date.toISOString());
/** Names that are like other values of YAML, and any other text. */
const text = fc
  .oneof(
    fc.constantFrom(
      "no",
      "~",
      "null",
      "1.0",
      "0x1f",
      "1e3",
      "2026-12-01",
      "- a",
      "a: b",
      "a #b",
      "#a",
      "'",
      '"',
      "\\",
      "?",
      "@a",
      "%a",
      "[a]",
    ),
    fc.constantFrom(
      "a b",
      "a/b",
      "über",
      "模型",
      "\u2028",
      "\u0085",
      "\ufeffa",
      "é\u0301",
      "🤗",
      "---",
      "...",
      "true",
      " a",
      "a ",
      "&a",
      "*a",
      "!a",
      "|",
      ">",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  )
  // What YAML as read here cannot hold.
  // oxlint-disable-next-line no-control-regex -- they are what is left out
  .filter((value) => value.trim() !== "" && value !== "<<" && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value));
const signer: fc.Arbitrary<SignerRecord | null> = fc.oneof(
  fc.constant(null),
  fc.record({ method: fc.constant("key" as const), fingerprint: hex }, { noNullPrototype: true }),
  fc.record({ method: fc.constant("certificate" as const), subject: text, root: hex }, { noNullPrototype: true }),
  fc.record({ method: fc.constant("sigstore" as const), identity: text, issuer: text }, { noNullPrototype: true }),
);
const model: fc.Arbitrary<LockedModel> = fc.record(
  {
    manifest: digest,
    signer,
    revision: fc.option(text, { nil: undefined }),
    signedAt: fc.option(time, { nil: undefined }),
    decision: fc.constantFrom("allow" as const, "deny" as const, "incomplete" as const),
    policy: digest,
    pinned: time,
  },
  { noNullPrototype: true },
);
const models = fc.dictionary(text, model, { maxKeys: 5, noNullPrototype: true }).map((entries) => Object.entries(entries));

suite("a lock file that was written", () => {
  test("is read back as it was, whatever its names", () => {
    fc.assert(
      fc.property(models, (entries) => {
        const written = writeLock({ models: new Map(entries) });
        assert.deepEqual(new Map(read(written).models), new Map(entries), written);
        assert.deepEqual(read(new TextEncoder().encode(written)), read(written));
        assert.equal(writeLock(read(written)), written);
      }),
      { numRuns: effort(300, 300 * 20) },
    );
  });

  test("is the same whatever the order of its entries", () => {
    fc.assert(
      fc.property(models, (entries) => {
        assert.equal(writeLock({ models: new Map(entries) }), writeLock({ models: new Map(entries.toReversed()) }));
      }),
      { numRuns: effort(100, 100 * 20) },
    );
  });

  test("has one key a line, however long", () => {
    const entry = { ...(read(TEXT).models.get("1.0") ?? assert.fail()), revision: `a ${"b ".repeat(500)}c` };
    const written = writeLock({ models: new Map([["x", entry]]) });
    assert.equal(written.split("\n").length, 10);
    assert.ok(!written.includes("\n\n"));
  });

  test("is not readable where a name cannot be written", () => {
    const entry = read(TEXT).models.get("1.0") ?? assert.fail();
    for (const name of ["<<", "a\u0007b", " "]) {
      assert.throws(() => read(writeLock({ models: new Map([[name, entry]]) })), AssayError);
    }
  });
});
