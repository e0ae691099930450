import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { parse, parseAllDocuments } from "yaml";
import { checkFolder, POISON } from "../../assay/test/support/check/checked.ts";
import { writeFiles } from "../../assay/test/support/models/on-disk.ts";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { placedCommand, placedText } from "./support/placed-command.ts";

interface Job {
  readonly image: string;
  readonly variables: Readonly<Record<string, { readonly value: string; readonly expand: boolean }>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[] };
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
}
interface Header {
  readonly spec: { readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description?: string }>> };
}

const folder = join(import.meta.dirname, "../templates");
const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";

/** The job that GitLab makes of a component and its inputs: they are put into the values of the parsed file. */
function jobOf(component: string, inputs: Readonly<Record<string, string>>): Job {
  const [header, jobs] = parseAllDocuments(readFileSync(join(folder, component, "template.yml"), "utf8")).map(
    (one) => one.toJS() as unknown,
  );
  const declared = (header as Header).spec.inputs;
  for (const name of Object.keys(inputs)) assert.ok(Object.hasOwn(declared, name), name);
  const interpolated = JSON.stringify(jobs).replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = inputs[name] ?? declared[name]?.default;
    assert.ok(value !== undefined, `the input ${name} is missing`);
    return JSON.stringify(value).slice(1, -1);
  });
  const [job] = Object.values(JSON.parse(interpolated) as Record<string, Job>);
  assert.ok(job);
  return job;
}

/** Runs a job as the runner does: its variables, and its script in a shell that stops at the first failure. */
function runJob(job: Job, cwd: string, path: string, shell = "sh"): { status: number | null; output: string } {
  const variables = Object.fromEntries(Object.entries(job.variables).map(([name, { value }]) => [name, value]));
  for (const { expand } of Object.values(job.variables)) assert.equal(expand, false, "GitLab would expand a variable in an input");
  const ran = spawnSync(shell, ["-e", "-c", job.script.join("\n")], {
    cwd,
    env: { PATH: `${path}:${process.env["PATH"] ?? ""}`, HOME: cwd, GITLAB_CI: "true", CI: "true", ...variables },
    encoding: "utf8",
  });
  return { status: ran.status, output: ran.stdout + ran.stderr };
}

/** A folder for PATH where `assay` prints its arguments, one a line. */
function recordedCommand(root: string): string {
  const bin = join(root, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "assay"), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(bin, "assay"), 0o755);
  return bin;
}

suite("the GitLab component check", () => {
  for (const shell of ["sh", "bash"]) {
    test(`allows and denies in ${shell}, and leaves the report`, async () => {
      const { root, model, policy } = await checkFolder();
      writeFiles(join(root, "other model"), { "pytorch_model.bin": POISON });
      const inputs = { model: "granite", policy: policy(SIGNED), image: "image", evidence: "kept" };
      const allowed = runJob(jobOf("check", inputs), root, placedCommand(), shell);
      assert.equal(allowed.status, 0, allowed.output);
      assert.match(allowed.output, /^✔ ALLOW: granite/);
      for (const path of jobOf("check", inputs).artifacts.paths) assert.ok(existsSync(join(root, path)), path);

      writeFileSync(join(model, "config.json"), "{}");
      const denied = runJob(jobOf("check", { ...inputs, model: "other model\n\ngranite", evidence: "" }), root, placedCommand(), shell);
      assert.equal(denied.status, 1, denied.output);
      assert.match(denied.output, /✘ DENY: other model[^]*✘ DENY: granite/);
    });
  }

  test("takes every input as a value, and none as a part of its script or as an option", () => {
    const root = temporaryFolder();
    const values = ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "'; touch pwned; '", "*", "--force", "$HOME", "a b"];
    for (const value of values) {
      const inputs = { model: `${value}\nsecond`, policy: value, report: value, evidence: value, image: "image" };
      assert.deepEqual(runJob(jobOf("check", inputs), root, recordedCommand(root)), {
        status: 0,
        output: ["check", `--evidence=${value}`, `--policy=${value}`, `--html=${value}`, "--", value, "second", ""].join("\n"),
      });
      const download = { model: "granite", image: "image", "executable-url": value, "executable-sha256": value };
      assert.notEqual(runJob(jobOf("check", download), root, recordedCommand(root)).status, 0);
    }
    assert.ok(!existsSync(join(root, "pwned")));
  });

  test("runs a download only if it is the file of the checksum", async () => {
    const { root, policy } = await checkFolder();
    const bin = join(temporaryFolder(), "bin");
    mkdirSync(bin);
    // In the place of curl: what a server has.
    writeFileSync(join(bin, "served"), placedText());
    writeFileSync(join(bin, "curl"), '#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp "${0%/*}/served" "$2"\n');
    chmodSync(join(bin, "curl"), 0o755);
    const inputs = { model: "granite", policy: policy(SIGNED), image: "image", "executable-url": "https://example.com/assay" };
    const digest = createHash("sha256").update(placedText()).digest("hex");
    const right = runJob(jobOf("check", { ...inputs, "executable-sha256": digest }), root, bin);
    assert.equal(right.status, 0, right.output);
    for (const wrong of ["", "0".repeat(64), digest.slice(1)]) {
      const { status, output } = runJob(jobOf("check", { ...inputs, "executable-sha256": wrong }), root, bin);
      assert.equal(status, 3, output);
      assert.doesNotMatch(output, /ALLOW/);
    }
  });
});

test("the GitLab components load nothing into the project, and let no address be an option of curl", () => {
  const root = temporaryFolder();
  const elsewhere = temporaryFolder();
  symlinkSync(elsewhere, join(root, ".assay-bin"));
  const bin = recordedCommand(temporaryFolder());
  // In the place of curl: says what it was asked, and loads a program.
  writeFileSync(
    join(bin, "curl"),
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${bin}/asked'\nwhile [ "$1" != --output ]; do shift; done\ncp '${bin}/assay' "$2"\n`,
  );
  chmodSync(join(bin, "curl"), 0o755);
  const digest = createHash("sha256")
    .update(readFileSync(join(bin, "assay")))
    .digest("hex");
  for (const component of ["check", "sign"]) {
    const inputs = { model: "granite", image: "image", "executable-url": "--config=evil", "executable-sha256": digest };
    const { status, output } = runJob(jobOf(component, inputs), root, bin);
    assert.equal(status, 0, output);
    assert.deepEqual(readFileSync(join(bin, "asked"), "utf8").trim().split("\n").slice(-2), ["--url", "--config=evil"]);
    assert.deepEqual([readdirSync(root), readdirSync(elsewhere)], [[".assay-bin"], []]);
  }
});

suite("the GitLab component sign", () => {
  test("asks for the job's own identity, and signs by it", () => {
    const root = temporaryFolder();
    const job = jobOf("sign", { model: "models/my granite", image: "image" });
    assert.deepEqual(job.id_tokens, { SIGSTORE_ID_TOKEN: { aud: "sigstore" } });
    assert.deepEqual(runJob(job, root, recordedCommand(root)), {
      status: 0,
      output: "sign\nsigstore\n--use-ambient-credentials\n--signature=model.sig\n--\nmodels/my granite\n",
    });
  });
});

test("the example for GitLab gives each component the inputs that it asks for", () => {
  const example = parse(readFileSync(join(import.meta.dirname, "../../../examples/ci/gitlab-ci.yml"), "utf8")) as {
    include: { component: string; inputs: Record<string, string> }[];
  };
  for (const { component, inputs } of example.include) {
    const [, name = ""] = /\/(\w+)@[0-9a-f]{40}$/.exec(component) ?? [];
    assert.equal(jobOf(name, inputs).image, inputs["image"]);
  }
});
