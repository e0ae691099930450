import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { assay, assayProcess } from "../support/cli/command.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { safetensors } from "../support/scan/safetensors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const WEIGHTS = safetensors({ "layer.weight": { dtype: "BF16", shape: [64, 64], length: 8192 } });
const UNKNOWN = Buffer.from([1, 2, 0, 3]);

/** `good`: weights and a text. `odd`: the same, and a file of an unknown format. `broken`: truncated weights. */
function models(): string {
  const folder = temporaryFolder();
  writeFiles(join(folder, "good"), { "model.safetensors": WEIGHTS, "README.md": "# A model\n" });
  writeFiles(join(folder, "odd"), { "model.safetensors": WEIGHTS, "extra.xyz": UNKNOWN });
  writeFiles(join(folder, "broken"), { "model.safetensors": WEIGHTS.subarray(0, -1) });
  writeFiles(join(folder, "empty"), {});
  return folder;
}

interface Document {
  readonly outcome: string;
  readonly exitCode: number;
  readonly models: readonly { readonly model: string; readonly outcome: string; readonly unusedWaivers: readonly string[] }[];
  readonly files: readonly { readonly file: string; readonly outcome: string; readonly loaded: boolean }[];
}

async function scanJson(argv: readonly string[], cwd: string): Promise<Document> {
  const { exitCode, stdout, stderr } = await assay(["scan", ...argv, "--json"], { cwd });
  assert.equal(stderr, "");
  const document = JSON.parse(stdout) as Document;
  const validate = closedSchema("scan");
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
  assert.equal(document.exitCode, exitCode);
  return document;
}

suite("assay scan", () => {
  test("ends with 0 for data only, and says what was examined and what is never loaded", async () => {
    const { exitCode, stdout, stderr } = await assay(["scan", "good"], { cwd: models() });
    assert.equal(exitCode, 0, stderr);
    const [first, second] = stdout.split("\n");
    assert.equal(first, "✔ Data only: good, 2 of 2 files examined, 1 of them never loaded");
    assert.equal(second, "  Weights     4,096 parameters, BF16");
  });

  test("ends with 3 for what is unknown, and says what was not examined", async () => {
    const { exitCode, stdout } = await assay(["scan", "odd"], { cwd: models() });
    assert.equal(exitCode, 3);
    assert.match(stdout, /^\? Unknown: odd: extra\.xyz is not understood in full; 1 of 2 files examined\n/);
    assert.match(stdout, /\n {2}extra\.xyz\n {2}unknown {2}is of a format that Assay does not know\n {11}→ do not take it for safe/);
  });

  test("ends with 3 for a damaged file", async () => {
    const { exitCode, stdout } = await assay(["scan", "broken/model.safetensors"], { cwd: models() });
    assert.equal(exitCode, 3);
    assert.match(stdout, /^\? Invalid: broken\/model\.safetensors is not a valid file of its format\n/);
  });

  test("ends with 3 where nothing was examined, and says so in the first line", async () => {
    const { exitCode, stdout } = await assay(["scan", "empty"], { cwd: models() });
    assert.equal(exitCode, 3);
    assert.match(stdout, /^\? Unknown: empty: no file that a loader reads; 0 of 0 files examined\n/);
  });

  test("ends with 3 where the caller leaves something out, and says so", async () => {
    const cwd = models();
    const { exitCode, stdout } = await assay(["scan", "odd", "--ignore-paths", "odd/extra.xyz"], { cwd });
    assert.equal(exitCode, 3);
    assert.match(stdout, /^\? Unknown: odd: extra\.xyz is not understood in full; 1 of 2 files examined\n/);
    assert.match(stdout, /unknown {2}was left out/);
  });

  test("never follows a link, and names it", async () => {
    const cwd = models();
    symlinkSync("/etc/hostname", join(cwd, "good", "notes.txt"));
    const { exitCode, stdout } = await assay(["scan", "good"], { cwd });
    assert.equal(exitCode, 3);
    assert.match(stdout, /notes\.txt\n {2}unknown {2}is a link, which was not followed/);
  });

  test("reads git's own files like all others", async () => {
    const cwd = models();
    writeFiles(join(cwd, "good"), { ".gitattributes": UNKNOWN });
    const { files } = await scanJson(["good"], cwd);
    assert.deepEqual(files.map(({ file }) => file).sort(), [".gitattributes", "README.md", "model.safetensors"]);
  });

  test("takes several models, and the worst answer counts", async () => {
    const cwd = models();
    const document = await scanJson(["good", "odd", "broken"], cwd);
    assert.equal(document.outcome, "invalid");
    assert.deepEqual(
      document.models.map(({ outcome }) => outcome),
      ["data-only", "unknown", "invalid"],
    );
    const { stdout } = await assay(["scan", "good", "odd"], { cwd });
    assert.match(stdout, /^✔ Data only: good[\s\S]*\n\n\? Unknown: odd:/);
  });

  test("prints JSON with an outcome at the top and for each file", async () => {
    const { outcome, files } = await scanJson(["odd"], models());
    assert.equal(outcome, "unknown");
    assert.deepEqual(
      files.map((file) => `${file.file} ${file.outcome}`),
      ["extra.xyz unknown", "model.safetensors data-only"],
    );
  });

  test("says that an allowed name is nowhere in the model", async () => {
    const cwd = models();
    const { stdout } = await assay(["scan", "good", "--allow", "os.system,a.b"], { cwd });
    assert.match(stdout.split("\n").slice(0, 3).join("\n"), /Not found {3}os\.system is allowed, and no file names it\n/);
    assert.deepEqual((await scanJson(["good", "--allow", "a.b"], cwd)).models[0]?.unusedWaivers, ["a.b"]);
  });

  test("needs a model, and one that exists", async () => {
    assert.equal((await assay(["scan"])).exitCode, 2);
    assert.equal((await assay(["scan", "nowhere"])).exitCode, 2);
  });

  test("lists every file with --verbose", async () => {
    const { stdout } = await assay(["scan", "odd", "--verbose"], { cwd: models() });
    assert.match(stdout, /\n {2}unknown {4}extra\.xyz \(unknown format\)\n {2}data-only {2}model\.safetensors \(safetensors\)\n/);
  });

  test("fits 60 columns and 100, and escapes names", async () => {
    const cwd = models();
    writeFileSync(join(cwd, "odd", "\u001b[31mred.xyz"), UNKNOWN);
    for (const columns of [60, 100]) {
      const { stdout } = await assay(["scan", "odd", "broken"], { cwd, env: { COLUMNS: String(columns) } });
      for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= columns, line);
      assert.ok(!stdout.includes("\u001b"));
    }
  });
});

suite("assay scan --sarif", () => {
  test("writes the findings beside the answer, and replaces its own file", async () => {
    const cwd = models();
    const { exitCode, stdout } = await assay(["scan", "odd", "--sarif", "odd.sarif"], { cwd });
    assert.equal(exitCode, 3);
    assert.match(stdout, /^\? Unknown/);
    const log = JSON.parse(readFileSync(join(cwd, "odd.sarif"), "utf8")) as { runs: [{ results: { ruleId: string }[] }] };
    assert.deepEqual(
      log.runs[0].results.map(({ ruleId }) => ruleId),
      ["file/unknown-format"],
    );
    assert.equal((await assay(["scan", "good", "--sarif", "odd.sarif"], { cwd })).exitCode, 0);
  });

  test("does not replace another file without --force", async () => {
    const cwd = models();
    writeFileSync(join(cwd, "mine.sarif"), "mine");
    assert.equal((await assay(["scan", "good", "--sarif", "mine.sarif"], { cwd })).exitCode, 2);
    assert.equal(readFileSync(join(cwd, "mine.sarif"), "utf8"), "mine");
    assert.equal((await assay(["scan", "good", "--sarif", "mine.sarif", "--force"], { cwd })).exitCode, 0);
  });

  test("writes nothing for a model that cannot be scanned", async () => {
    const cwd = models();
    assert.equal((await assay(["scan", "nowhere", "--sarif", "x.sarif"], { cwd })).exitCode, 2);
    assert.ok(!existsSync(join(cwd, "x.sarif")));
  });
});

suite("assay scan --explain", () => {
  test("prints what is allowed and every reason, and needs no model", async () => {
    const { exitCode, stdout } = await assay(["scan", "--explain"]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /\n {2}file\/unknown-format +a file of an unknown format → /);
  });

  test("prints JSON that its schema describes", async () => {
    const { stdout } = await assay(["scan", "--explain", "--json"]);
    const validate = closedSchema("scan-rules");
    assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors, undefined, 2));
  });
});

test("assay scan works as the built command, whatever is in the folder where it runs", async () => {
  const cwd = models();
  mkdirSync(join(cwd, "node_modules"));
  const { exitCode, stdout, stderr } = await assayProcess(["scan", "good"], { cwd });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /^✔ Data only/);
});
