import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { diff, digest, keySigner, sign, verify, type SignOptions, type Verification, type VerifyOptions } from "../../src/index.ts";
import { parsePointer } from "../../src/source/lfs-pointer.ts";
import { makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const keys = makeKeyPair("P-256");
const signer = await keySigner(keys);
const trust = { method: "key", publicKey: keys.publicKey } as const;
const WEIGHTS = "w".repeat(5000);
const FILES = { "config.json": "{}", "weights.bin": WEIGHTS, "other.bin": "oo" };

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const pointerTo = (text: string, end = "\n"): string =>
  ["version https://git-lfs.github.com/spec/v1", `oid sha256:${sha256(text)}`, `size ${text.length}`, ""].join(end);

const OID = sha256("x");
const lines = (...others: string[]): string => ["version https://git-lfs.github.com/spec/v1", ...others, ""].join("\n");

suite("a git-LFS pointer", () => {
  const pointers: Record<string, string> = {
    "as git-lfs writes it": lines(`oid sha256:${OID}`, "size 12345"),
    "with extensions": lines(`ext-0-foo sha256:${OID}`, `ext-1-bar sha256:${OID}`, `oid sha256:${OID}`, "size 12345"),
    "with the line ends of Windows": lines(`oid sha256:${OID}`, "size 12345").replaceAll("\n", "\r\n"),
    "without its last line end": lines(`oid sha256:${OID}`, "size 12345").trimEnd(),
    "with empty lines at its end": `${lines(`oid sha256:${OID}`, "size 12345")}\n\n`,
    "filled to 1023 bytes by empty lines": lines(`oid sha256:${OID}`, "size 12345").padEnd(1023, "\n"),
    "of an earlier version": lines(`oid sha256:${OID}`, "size 12345").replace("git-lfs.github.com", "hawser.github.com"),
  };
  for (const [what, text] of Object.entries(pointers)) {
    test(`is read ${what}`, () => assert.deepEqual(parsePointer(Buffer.from(text)), { oid: OID, size: 12345 }));
  }

  const others: Record<string, string> = {
    "a file of 1024 bytes, filled by empty lines": lines(`oid sha256:${OID}`, "size 1").padEnd(1024, "\n"),
    "a text about pointers": `${lines(`oid sha256:${OID}`, "size 1")}\nThis is what a pointer looks like.\n`,
    "a pointer with code behind it": lines(`oid sha256:${OID}`, "size 1", "import os"),
    "a pointer with an unknown key before the size": lines(`oid sha256:${OID}`, "mode 7", "size 1"),
    "an extension of another form": lines("ext-0-foo exec", `oid sha256:${OID}`, "size 1"),
    "a pointer with the size first": lines("size 1", `oid sha256:${OID}`),
    "a pointer without an oid": lines("size 12345"),
    "a pointer without a size": lines(`oid sha256:${OID}`),
    "a pointer with two sizes": lines(`oid sha256:${OID}`, "size 1", "size 2"),
    "an oid that is too short": lines(`oid sha256:${OID.slice(1)}`, "size 1"),
    "an oid of another hash": lines(`oid sha1:${OID.slice(24)}`, "size 1"),
    "a size that is not a number": lines(`oid sha256:${OID}`, "size many"),
    "an unknown version": lines(`oid sha256:${OID}`, "size 1").replace("spec/v1", "spec/v9"),
    "a file as large as no pointer is": lines(`ext-0-x sha256:${"a".repeat(1000)}`, `oid sha256:${OID}`, "size 1"),
    "an empty file": "",
  };
  for (const [what, text] of Object.entries(others)) {
    test(`is not ${what}`, () => assert.equal(parsePointer(Buffer.from(text)), undefined));
  }
});

/** Signs the whole model, then puts pointers in the place of files and verifies. */
async function verifyWith(
  changes: Record<string, string>,
  options: Partial<VerifyOptions> = {},
  signing: Partial<SignOptions> = {},
): Promise<Verification> {
  const cwd = temporaryFolder();
  const model = writeFiles(join(cwd, "granite"), FILES);
  const signature = join(cwd, "granite.sig");
  await sign(model, { signer, signature, ...signing });
  writeFiles(model, changes);
  return verify(model, { trust, signature, ...options });
}

suite("pointers in a model", () => {
  test("are refused when signing, whole or in shards, and nothing is written", async () => {
    const model = writeFiles(join(temporaryFolder(), "granite"), { ...FILES, "weights.bin": pointerTo(WEIGHTS), "b.bin": pointerTo("b") });
    for (const shardSize of [undefined, 1000]) {
      const error = await rejectsWith("LFS_POINTER", () => sign(model, { signer, ...(shardSize === undefined ? {} : { shardSize }) }));
      assert.equal(error.outcome, "failed");
      assert.match(error.message, /^2 files .* b\.bin, weights\.bin$/);
      assert.equal(error.remedy, "pull-lfs");
    }
    await sign(model, { signer, ignorePaths: [join(model, "weights.bin"), join(model, "b.bin")] });
  });

  test("to the signed bytes are not downloaded: it cannot be told, and the oid is compared", async () => {
    const answer = await verifyWith({ "weights.bin": pointerTo(WEIGHTS) });
    assert.ok(answer.outcome === "incomplete");
    assert.equal(answer.error.code, "NOT_DOWNLOADED");
    assert.match(answer.error.message, /weights\.bin \(pointing to the signed bytes\)/);
    assert.deepEqual(answer.notDownloaded, [{ name: "weights.bin", oid: sha256(WEIGHTS), size: 5000, isSigned: true }]);
  });

  test("to other bytes than were signed are told apart", async () => {
    const answer = await verifyWith({ "weights.bin": pointerTo(WEIGHTS), "other.bin": pointerTo("evil", "\r\n") });
    assert.ok(answer.outcome === "incomplete");
    assert.match(
      answer.error.message,
      /^2 files .* weights\.bin \(pointing to the signed bytes\); other\.bin \(pointing to other bytes than were signed\)$/,
    );
  });

  test("cannot be compared with digests of another hash, or of pieces", async () => {
    for (const signing of [{ hash: "blake2b" } as const, { shardSize: 1000 }]) {
      const answer = await verifyWith({ "weights.bin": pointerTo(WEIGHTS) }, {}, signing);
      assert.ok(answer.outcome === "incomplete");
      assert.equal(answer.notDownloaded[0]?.isSigned, undefined);
    }
    const onePiece = await verifyWith({ "weights.bin": pointerTo(WEIGHTS) }, {}, { shardSize: 10_000 });
    assert.ok(onePiece.outcome === "incomplete");
    assert.equal(onePiece.notDownloaded[0]?.isSigned, true);
  });

  test("beside a file that really differs leave the answer a no", async () => {
    const answer = await verifyWith({ "weights.bin": pointerTo(WEIGHTS), "other.bin": "changed" });
    assert.ok(answer.outcome === "failed");
    assert.equal(answer.error.code, "MODEL_MISMATCH");
    assert.equal(answer.differences.length, 2);
    assert.deepEqual(
      answer.notDownloaded.map(({ name }) => name),
      ["weights.bin"],
    );
    const extra = await verifyWith({ "weights.bin": pointerTo(WEIGHTS), "extra.bin": pointerTo("extra") });
    assert.equal(extra.outcome, "failed");
  });

  test("are not a text that only begins like one", async () => {
    const cwd = temporaryFolder();
    const model = writeFiles(join(cwd, "granite"), FILES);
    const signature = join(cwd, "granite.sig");
    const text = "version https://git-lfs.github.com/spec/v1\nan ordinary text\n";
    writeFileSync(join(model, "notes.txt"), text);
    await sign(model, { signer, signature });
    const answer = await verify(model, { trust, signature });
    assert.deepEqual([answer.outcome, answer.warnings], ["verified", []]);
  });

  test("are named by digest and diff, which read them as they are", async () => {
    const model = writeFiles(join(temporaryFolder(), "granite"), { ...FILES, "weights.bin": pointerTo(WEIGHTS) });
    const digested = await digest(model);
    assert.match(
      digested.warnings.map(({ code, message }) => `${code} ${message}`).join(),
      /LFS_POINTER weights\.bin is a git-LFS pointer/,
    );
    const whole = writeFiles(join(temporaryFolder(), "granite"), FILES);
    const compared = await diff(whole, model);
    assert.deepEqual([compared.same, compared.warnings.map(({ code }) => code)], [false, ["LFS_POINTER"]]);
  });

  test("are found among digests of the cache too", async () => {
    const cwd = temporaryFolder();
    const model = writeFiles(join(cwd, "granite"), { ...FILES, "weights.bin": pointerTo(WEIGHTS) });
    const cache = writeFiles(join(cwd, "cache"), {});
    for (let run = 0; run < 2; run++) assert.equal((await digest(model, { cache })).warnings.length, 1);
  });

  test("in the place of a single file are not downloaded either", async () => {
    const cwd = temporaryFolder();
    const model = join(writeFiles(cwd, { "weights.gguf": WEIGHTS }), "weights.gguf");
    const signature = join(cwd, "w.sig");
    await sign(model, { signer, signature });
    writeFileSync(model, pointerTo(WEIGHTS));
    const answer = await verify(model, { trust, signature });
    assert.ok(answer.outcome === "incomplete");
    assert.equal(answer.notDownloaded[0]?.isSigned, true);
  });
});
