import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readCheckpoint } from "../../../src/trust/sigstore/checkpoint.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { noteKeyHash, signatureLine, type Witness } from "../../support/sigstore/signed-note.ts";
import { signWith } from "../../support/sigstore/signing-keys.ts";
import type { EntryRecipe } from "../../support/sigstore/transparency-log.ts";
import { newKey } from "../../support/x509/make.ts";
import { instance, refused, verify } from "../../support/sigstore/keyless.ts";

const own = { v1: instance.rekorV1.log, v2: instance.rekorV2.log };
const unrelated = newKey("Ed25519");
const lines = (note: string): string[] => note.split("\n");
/** The signed part, rewritten by the bundle's sender; the signature stays. */
const text =
  (change: (lines: string[]) => string[]) =>
  (note: string): string => {
    const [body = "", signatures = ""] = note.split("\n\n");
    return `${change(lines(body)).join("\n")}\n\n${signatures}`;
  };

/** Each for either version of Rekor. */
const BROKEN: readonly [string, (version: "v1" | "v2") => EntryRecipe][] = [
  ["is signed by another key", (version) => ({ checkpointKey: version === "v1" ? newKey("P-256") : unrelated })],
  [
    "is signed by another key that takes the log's name and number",
    (version) => ({
      tamperCheckpoint: (note) => {
        const [body = ""] = note.split("\n\n");
        const forged = signWith(version === "v1" ? newKey("P-256") : unrelated, Buffer.from(`${body}\n`));
        return `${body}\n\n${signatureLine(own[version].keyName, own[version].logId, forged)}`;
      },
    }),
  ],
  ["is of a log of another name", () => ({ tamperCheckpointBody: (body) => body.replace("rekor", "other") })],
  ["has its signature under another name", () => ({ checkpointName: "other.test" })],
  ["has another origin than was signed", () => ({ tamperCheckpoint: text(([origin = "", ...rest]) => [`${origin}0`, ...rest]) })],
  ["is of a smaller tree", () => ({ tamperCheckpointBody: (body) => body.replace(/\n\d+\n/, "\n1\n") })],
  [
    "has another size than was signed",
    () => ({ tamperCheckpoint: text(([origin = "", size = "", ...rest]) => [origin, String(Number(size) + 1), ...rest]) }),
  ],
  ["has another root than the proof", () => ({ tamperCheckpointBody: (body) => body.replace(/\n[A-Za-z0-9+/]{4}/, "\nAAAA") })],
  ["has a line that was not signed", () => ({ tamperCheckpoint: text((all) => [...all, "more"]) })],
  ["has lost a line that was signed", () => ({ checkpointExtensions: ["Timestamp: 1"], tamperCheckpoint: text((all) => all.slice(0, 3)) })],
  ["has no signature", () => ({ tamperCheckpoint: (note) => note.split("\n\n")[0]! })],
  ["has no signature behind the blank line", () => ({ tamperCheckpoint: (note) => `${note.split("\n\n")[0]}\n\n` })],
  ["has a signature line without a dash", () => ({ tamperCheckpoint: (note) => note.replace("\u2014 ", "") })],
  ["has a signature that is not base64", () => ({ tamperCheckpoint: (note) => note.replace(/\S+\n$/, "!!!\n") })],
  ["has a signature that is cut", () => ({ tamperCheckpoint: (note) => note.replace(/ \S+\n$/, " AAAAAA==\n") })],
  ["is not ended", () => ({ tamperCheckpoint: (note) => note.slice(0, -1) })],
  ["has no size", () => ({ tamperCheckpointBody: (body) => body.replace(/\n\d+\n/, "\n") })],
  ["has a size that is written in another way", () => ({ tamperCheckpointBody: (body) => body.replace(/\n(\d+)\n/, "\n0$1\n") })],
  ["has a root that is not a hash", () => ({ tamperCheckpointBody: (body) => body.replace(/\n\S+=\n$/, "\nAAAA\n") })],
  ["says more than any", () => ({ checkpointExtensions: ["A".repeat(100_000)] })],
  ["is nothing but a dash", () => ({ tamperCheckpoint: () => "\u2014" })],
  ["is longer than any", () => ({ tamperCheckpoint: (note) => `${note.slice(0, -1)}${"A".repeat(100_000)}\n` })],
];

suite("a checkpoint", () => {
  for (const version of ["v1", "v2"] as const) {
    for (const [what, entry] of BROKEN) {
      test(`of Rekor ${version} is refused where it ${what}`, () =>
        refused("CHECKPOINT_INVALID", { rekor: version, entry: entry(version) }));
    }
    test(`of Rekor ${version} may say more, if it is signed`, async () => {
      await verify({ rekor: version, entry: { checkpointExtensions: ["Timestamp: 1", ""] } });
    });
  }

  test("is rejected where its signature is malformed", () => {
    const tamperCheckpoint = (note: string): string =>
      note.replace(/— .*\n$/, signatureLine(own.v1.keyName, own.v1.logId, new Uint8Array(64)));
    return refused("CHECKPOINT_INVALID", { entry: { tamperCheckpoint } });
  });

  test("may have a signature by another key of the log's, which is not asked", async () => {
    const line = signatureLine(own.v2.keyName, Uint8Array.of(1, 2, 3, 4), new Uint8Array(2420));
    await verify({ rekor: "v2", entry: { tamperCheckpoint: (note) => note + line } });
  });

  test("of one log does not do for another", async () => {
    const checkpoint = instance.rekorV2.log.checkpoint(new Date());
    await refused("CHECKPOINT_INVALID", { entry: { tamperCheckpoint: () => checkpoint } });
  });

  test("is not signed by another key that shares the first bytes of the log's number", () => {
    const { origin, logId } = own.v2;
    assert.notDeepEqual(noteKeyHash(origin, unrelated), logId);
    return refused("CHECKPOINT_INVALID", {
      rekor: "v2",
      entry: {
        tamperCheckpoint: (note) =>
          note.replace(/— (\S+) (\S+)\n$/, (_, name: string) => signatureLine(name, logId, new Uint8Array(64).fill(7))),
      },
    });
  });

  test("is refused where one of two signatures by the log does not hold", () =>
    refused("CHECKPOINT_INVALID", {
      rekor: "v2",
      entry: { tamperCheckpoint: (note) => note + signatureLine(own.v2.keyName, own.v2.logId, new Uint8Array(64)) },
    }));

  test("may be cosigned: unknown keys prove nothing, and are named", async () => {
    const witness: Witness = { name: "witness.test", key: newKey("Ed25519") };
    const { evidence } = await verify({ rekor: "v2", entry: { witnesses: [witness] } });
    assert.deepEqual(evidence?.logEntries[0]?.cosigners, ["witness.test"]);
    await refused("CHECKPOINT_INVALID", {
      rekor: "v2",
      entry: { witnesses: [witness], tamperCheckpoint: (note) => note.replace(/\u2014 rekor2.*\n/, "") },
    });
  });
});

suite("reading a checkpoint", () => {
  const root = Buffer.alloc(32).toString("base64");
  const line = "\u2014 log AAAAAAE=\n";
  test("wants an origin, a size, a root, and whole signatures", async () => {
    assert.equal(readCheckpoint(`log\n5\n${root}\n\n${line}`).treeSize, 5);
    for (const note of [
      `\n5\n${root}\n\n${line}`,
      ` \n5\n${root}\n\n${line}`,
      `5\n6\n${root}\n\n${line}`,
      `log\n${root}\n\n${line}`,
      `log\n-5\n${root}\n\n${line}`,
      `log\n9007199254740993\n${root}\n\n${line}`,
      `log\n5\n${root.slice(4)}\n\n${line}`,
      `log\n5\n\n${line}`,
      `log\n5\n${root}\n\n\u2014 log AAAAAA==\n`,
      `log\n5\n${root}\n\n\u2014 AAAAAAE=\n`,
      `log\n5\n${root}\n\n${line}\n`,
      `log\n5\n${root}\n\n${line.repeat(33)}`,
      "",
    ]) {
      await rejectsWith("CHECKPOINT_INVALID", () => readCheckpoint(note));
    }
  });
});
