import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { parseBundle, parseSigstoreBundle } from "../../../src/bundle/parse.ts";
import { AssayError } from "../../../src/core/error.ts";
import { verifyEnvelope } from "../../../src/trust/index.ts";
import { readCheckpoint } from "../../../src/trust/sigstore/checkpoint.ts";
import { readSctList } from "../../../src/trust/sigstore/sct.ts";
import { readTimestampResponse } from "../../../src/trust/sigstore/timestamp-token.ts";
import { readTrustedRoot } from "../../../src/trust/sigstore/trusted-root.ts";
import { verifyBundle } from "../../../src/trust/verify-bundle.ts";
import type { SignRequest } from "../../support/sigstore/instance.ts";
import { timestamp } from "../../support/sigstore/timestamp-authority.ts";
import { instance, trustOf } from "../../support/sigstore/keyless.ts";
import { effort } from "../../support/effort.ts";

const trust = trustOf();
const now = new Date();
const numRuns = effort(50, 200);

/** Either it works, or it is refused with a reason. */
async function refusesOrNot(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    assert.ok(error instanceof AssayError, `an AssayError, not ${error instanceof Error ? error.stack : String(error)}`);
    assert.notEqual(error.code, "INTERNAL");
    return false;
  }
}

const SCALARS = fc.oneof(
  fc.constantFrom(null, "", "0", "-1", "9007199254740993", 0, -1, 1.5, 1e21, true, false, "AAAA", "====", "\u0000", "__proto__"),
  fc.string(),
  fc.base64String(),
  fc.integer(),
);
const ANYTHING = fc.oneof({ weight: 3, arbitrary: SCALARS }, fc.jsonValue({ maxDepth: 3 }), fc.constant(undefined));

/** Puts `value` in the place that `turn` picks, counting through the document. */
function replaced(document: unknown, turn: number, value: unknown): unknown {
  let count = -1;
  const visit = (node: unknown): unknown => {
    if (++count === turn) return value;
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, visit(member)]));
  };
  return visit(document);
}

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value) ?? "");

/** Bytes of which some are others, or gone. */
function damaged(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat({ max: original.length - 1 });
  return fc.oneof(
    fc.array(fc.tuple(at, fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }).map((changes) => {
      const copy = Uint8Array.from(original);
      for (const [place, octet] of changes) copy[place] = octet;
      return copy;
    }),
    fc.tuple(at, at).map(([a, b]) => Buffer.concat([original.subarray(0, Math.min(a, b)), original.subarray(Math.max(a, b))])),
    fc.uint8Array({ maxLength: 64 }),
  );
}

suite("no input makes keyless verification throw anything but its own error", () => {
  for (const rekor of ["dsse 0.0.1", "intoto 0.0.2", "hashedrekord 0.0.2"] as const) {
    test(`no bundle with other values in it (${rekor})`, async () => {
      const { bundle } = instance.sign({ rekor, timestamp: true });
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 45 }), ANYTHING, fc.nat({ max: 45 }), ANYTHING, async (first, one, second, two) => {
          const bytes = bytesOf(replaced(replaced(bundle, first, one), second, two));
          await refusesOrNot(() => verifyEnvelope(parseBundle(bytes), trust, now));
          await refusesOrNot(() => verifyBundle(parseSigstoreBundle(bytes), { bytes: Buffer.from("x") }, trust));
        }),
        { numRuns },
      );
    });
  }

  test("no bundle that is something else", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        async (bytes) => {
          assert.equal(await refusesOrNot(() => verifyEnvelope(parseBundle(bytes), trust, now)), false);
        },
      ),
      { numRuns },
    ));

  const requests: readonly [string, (bytes: fc.Arbitrary<Uint8Array>) => fc.Arbitrary<SignRequest>][] = [
    ["log entry's body, for which the log vouches", (any) => any.map((body) => ({ entry: { tamperBodyBytes: () => body } }))],
    ["list of certificate timestamps, for which the authority vouches", (any) => any.map((list) => ({ tamperSctList: () => list }))],
    ["timestamp", (any) => any.map((der) => ({ timestamp: { tamper: () => der } }))],
    [
      "time, which the timestamp's authority signed",
      (any) => any.map((genTime) => ({ timestamp: { tamperTstInfo: (parts) => ({ ...parts, genTime }) } })),
    ],
    ["promise", (any) => any.map((set) => ({ entry: { tamperSet: () => set } }))],
    ["checkpoint", (any) => any.map((note) => ({ entry: { tamperCheckpoint: () => Buffer.from(note).toString() } }))],
    [
      "certificate extension, for which the authority vouches",
      (any) => any.map((value) => ({ recipe: { extra: [{ oid: "1.3.6.1.4.1.57264.1.9", value }] } })),
    ],
    ["name in the certificate", (any) => any.map((name) => ({ recipe: { names: [name] } }))],
  ];
  for (const [what, request] of requests) {
    test(`no ${what}`, () =>
      fc.assert(
        fc.asyncProperty(
          request(
            fc.oneof(
              fc.uint8Array({ maxLength: 200 }),
              fc.string().map((text) => Buffer.from(text)),
            ),
          ),
          async (asked) => {
            await refusesOrNot(async () => verifyEnvelope(parseBundle(instance.sign(asked).bytes), trust, now));
          },
        ),
        { numRuns: effort(20, 60) },
      ));
  }

  test("no damaged time-stamp response", async () => {
    const whole = timestamp(instance.tsa, Buffer.from("data"), now);
    await fc.assert(
      fc.asyncProperty(damaged(whole), (der) => refusesOrNot(() => readTimestampResponse(der)).then(() => undefined)),
      { numRuns: effort(200, 1000) },
    );
  });

  test("no damaged list of certificate timestamps, checkpoint or trusted root", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), (bytes) => refusesOrNot(() => readSctList(bytes)).then(() => undefined)),
      { numRuns: effort(150, 500) },
    );
    const note = Buffer.from(instance.rekorV2.log.checkpoint(now));
    await fc.assert(
      fc.asyncProperty(damaged(note), (text) => refusesOrNot(() => readCheckpoint(Buffer.from(text).toString())).then(() => undefined)),
      { numRuns: effort(150, 500) },
    );
    const root = instance.trustedRoot();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 70 }), ANYTHING, (turn, value) =>
        refusesOrNot(() => readTrustedRoot(bytesOf(replaced(root, turn, value)))).then(() => undefined),
      ),
      { numRuns: effort(150, 500) },
    );
  });

  test("no trusted root that was read", async () => {
    const { bundle } = instance.sign({ rekor: ["dsse 0.0.1", "hashedrekord 0.0.2"] });
    const root = instance.trustedRoot();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 70 }), ANYTHING, async (turn, value) => {
        await refusesOrNot(async () => {
          const material = { root: readTrustedRoot(bytesOf(replaced(root, turn, value))), source: trust.material.source };
          return verifyEnvelope(parseBundle(bytesOf(bundle)), { ...trust, material }, now);
        });
      }),
      { numRuns },
    );
  });
});
