import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { assay, SIGN, signedFolder, workFolder } from "../support/cli/command.ts";
import { MODEL_FOLDERS } from "../support/models/described.ts";

const OPEN = MODEL_FOLDERS["everything-open"] ?? {};

suite("assay openness DIR", () => {
  test("prints both answers and the manifest digest that assay digest gives", async () => {
    const cwd = workFolder(OPEN);
    const answered = await assay(["openness", "granite", "--json"], { cwd });
    const digested = await assay(["digest", "granite", "--json"], { cwd });
    assert.equal(answered.exitCode, 0, answered.stderr);
    const answer = JSON.parse(answered.stdout);
    const { manifestDigest, rootDigest } = JSON.parse(digested.stdout);
    assert.deepEqual([answer.class, answer.ifClaimsHold.class], [1, 1]);
    assert.deepEqual([answer.manifestDigest, answer.rootDigest], [manifestDigest, rootDigest]);
    assert.equal(answer.evidence.length, 17);
    assert.deepEqual(answer.licenseFiles, [{ path: "LICENSE", scope: null, match: "exact", licenses: ["Apache-2.0"] }]);
  });

  for (const name of ["everything-open", "card-against-license-file", "mof-claims-more", "data-set-card"]) {
    test(`the JSON for ${name} is as the published schema says`, async () => {
      const cwd = workFolder({ ...MODEL_FOLDERS[name], COPYING: "Mine." });
      const { stdout } = await assay(["openness", "granite", "--json", ...(name === "data-set-card" ? ["--write"] : [])], { cwd });
      const validate = closedSchema("openness");
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors, undefined, 2));
    });
  }

  test("no class is an answer, not a failure", async () => {
    const cwd = workFolder(MODEL_FOLDERS["no-card"]);
    const { exitCode, stdout } = await assay(["openness", "granite"], { cwd });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✘ No class: granite shows 0 of the 6 components/);
  });

  test("conflicts are warnings with a code", async () => {
    const cwd = workFolder(MODEL_FOLDERS["card-against-license-file"]);
    const { stdout } = await assay(["openness", "granite", "--json"], { cwd });
    const { warnings } = JSON.parse(stdout);
    assert.deepEqual(
      warnings.map(({ code }: { code: string }) => code),
      ["EVIDENCE_LICENSE_CONFLICT"],
    );
  });

  test("--write makes a mof.yml that the command reads, and a second run changes nothing", async () => {
    const cwd = workFolder(MODEL_FOLDERS["weights-code-and-paper"]);
    const written = await assay(["openness", "granite", "--write"], { cwd });
    assert.equal(written.exitCode, 0, written.stderr);
    assert.match(written.stdout, /written +mof\.yml, new\n +to confirm +Training code/);
    const file = join(cwd, "granite/mof.yml");
    const text = readFileSync(file, "utf8");
    assert.equal((await assay(["openness", file], { cwd })).exitCode, 0);
    assert.match((await assay(["openness", "granite", "--write"], { cwd })).stdout, /nothing was missing in it/);
    assert.equal(readFileSync(file, "utf8"), text);
  });

  test("without --write nothing is written", async () => {
    const cwd = workFolder(OPEN);
    await assay(["openness", "granite"], { cwd });
    assert.equal(existsSync(join(cwd, "granite/mof.yml")), false);
  });

  test("--signature tells which files are covered, and a signature that does not hold is a no", async () => {
    const cwd = await signedFolder(OPEN);
    const ask = ["openness", "granite", "--signature", "model.sig", "--public-key", "key.pub"];
    const validate = closedSchema("openness");
    assert.ok(validate(JSON.parse((await assay([...ask, "--json"], { cwd })).stdout)), JSON.stringify(validate.errors, undefined, 2));
    assert.match((await assay(ask, { cwd })).stdout, /signature +covers all 17 files that the answers rest on; by the key/);
    writeFileSync(join(cwd, "granite/CITATION.cff"), "doi: 10.48550/arXiv.2401.00001\n");
    const later = await assay(ask, { cwd });
    assert.equal(later.exitCode, 0);
    assert.match(later.stdout, /covers 17 of 18 files[^]*not covered +CITATION\.cff/);
    appendFileSync(join(cwd, "granite/LICENSE"), "\n");
    const changed = await assay(ask, { cwd });
    assert.equal(changed.exitCode, 1);
    assert.match(changed.stdout, /signature +not verified/);
  });

  test("a signature without anybody to trust is a usage error, and so are two methods", async () => {
    const cwd = await signedFolder(OPEN);
    const untrusted = await assay(["openness", "granite", "--signature", "model.sig"], { cwd });
    assert.deepEqual([untrusted.exitCode, /whom to trust/.test(untrusted.stderr)], [2, true]);
    const both = await assay(["openness", "granite", "--public-key", "key.pub", "--certificate-chain", "key.pub"], { cwd });
    assert.deepEqual([both.exitCode, /one method decides/.test(both.stderr)], [2, true]);
  });

  test("a signature in the model under its usual name is not part of it, as for assay digest", async () => {
    const cwd = workFolder(OPEN);
    const before = JSON.parse((await assay(["openness", "granite", "--json"], { cwd })).stdout);
    await assay([...SIGN, "--signature", "granite/model.sig"], { cwd });
    const after = JSON.parse((await assay(["openness", "granite", "--json"], { cwd })).stdout);
    assert.equal(after.manifestDigest, before.manifestDigest);
    assert.equal(after.files, before.files);
  });
});
