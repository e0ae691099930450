import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";
import { checkFolder, POISON } from "../support/check/checked.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

interface Written {
  readonly id: string;
  readonly summary: string;
  readonly affected: readonly [
    {
      readonly package?: { readonly purl: string };
      readonly versions?: readonly string[];
      readonly database_specific: { readonly digests: { readonly manifest: string; readonly files: readonly string[] } };
    },
  ];
}

suite("assay advisory new", () => {
  test("writes an advisory that assay check finds, by the bytes and by the published revision", async () => {
    const { root, policy } = await checkFolder({ "extra.pkl": POISON });
    const argv = ["advisory", "new", "granite", "--as", `hf:acme/granite@${COMMIT.toUpperCase()}`, "--id", "x_acme-2026-1"];
    const { exitCode, stdout, stderr } = await runHere([...argv, "--output-file", "one.json"], root);
    assert.deepEqual([exitCode, stdout], [0, ""], stderr);
    assert.match(stderr, /x_acme-2026-1 is about the digest of the model and of 1 file, and the published revision/);
    const written = JSON.parse(readFileSync(join(root, "one.json"), "utf8")) as Written;
    assert.deepEqual([written.affected[0].package?.purl, written.affected[0].versions], ["pkg:huggingface/acme/granite", [COMMIT]]);
    assert.match(written.summary, /^extra\.pkl .*posix\.system/);

    const check = async (...more: readonly string[]) =>
      JSON.parse(
        (await runHere(["check", ...more, "--advisories", "one.json", "--policy", policy("advisories: deny"), "--json"], root)).stdout,
      ) as {
        readonly decision: string;
        readonly advisories: readonly { readonly id: string }[];
        readonly model: { readonly manifestDigest: string };
      };
    const found = await check("granite");
    assert.deepEqual([found.decision, found.advisories.map(({ id }) => id)], ["deny", ["x_acme-2026-1"]]);
    assert.equal(found.model.manifestDigest, written.affected[0].database_specific.digests.manifest);
    // Another model with the same file, and one that is only called by the reference.
    writeFileSync(join(root, "granite", "more.txt"), "more");
    assert.equal((await check("granite")).decision, "deny");
    writeFileSync(join(root, "granite", "extra.pkl"), "");
    assert.equal((await check("granite")).decision, "allow");
    assert.equal((await check("granite", "--as", `hf:acme/granite@${COMMIT}`)).decision, "deny");
    assert.equal((await check("granite", "--as", `hf:acme/granite@${"f".repeat(40)}`)).decision, "allow");
    assert.equal((await check("granite", "--as", "hf:acme/granite")).decision, "incomplete");
    assert.equal((await check("granite", "--as", "hf:Acme/granite")).decision, "allow");
  });

  test("is about the bytes alone without a commit, and says so", async () => {
    const { root } = await checkFolder({ "extra.pkl": POISON });
    for (const [as, why] of [
      [[], "no reference is given"],
      [["--as", "hf:acme/granite"], "the reference has no commit"],
    ] as const) {
      const { stdout, stderr } = await runHere(["advisory", "new", "granite", ...as], root);
      const written = JSON.parse(stdout) as Written;
      assert.deepEqual(Object.keys(written.affected[0]), ["database_specific"]);
      assert.match(written.id, /^x_assay-\d{4}-[0-9a-f]{16}$/);
      assert.ok(stderr.includes(why), stderr);
      assert.ok(!stdout.includes(root));
    }
  });

  test("refuses a model without findings, and an id of another database", async () => {
    const { root } = await checkFolder();
    const clean = await runHere(["advisory", "new", "granite"], root);
    assert.deepEqual([clean.exitCode, clean.stdout], [1, ""]);
    assert.match(clean.stderr, /No advisory[^]*nothing\s+to\s+report/);
    writeFileSync(join(root, "granite", "extra.pkl"), POISON);
    assert.equal((await runHere(["advisory", "new", "granite", "--id", "CVE-2026-1"], root)).exitCode, 2);
  });

  test("prints the document that its schema describes", async () => {
    const { root } = await checkFolder({ "extra.pkl": POISON });
    const { stdout } = await runHere(["advisory", "new", "granite", "--summary", "runs\na command", "--json"], root);
    const document = JSON.parse(stdout) as { readonly advisory: Written };
    const validate = closedSchema("advisory");
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.equal(document.advisory.summary, "runs a command");
  });
});
