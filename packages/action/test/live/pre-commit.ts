// The hooks, run by the real pre-commit from PyPI: it clones the built folder at a commit, installs it, and runs the hooks in a
// repository with models. Needs Python 3 and git.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { MODEL, POISON } from "../../../assay/test/support/check/checked.ts";
import { writeFiles } from "../../../assay/test/support/models/on-disk.ts";
import { temporaryFolder } from "../../../assay/test/support/temporary-folder.ts";
import { buildAction } from "../support/runner.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const VERSION = "4.7.0";
const tools = join(root, ".cache", `pre-commit-${VERSION}`);
const home = temporaryFolder();
const env = {
  PATH: `${join(process.execPath, "..")}:${process.env["PATH"] ?? ""}`,
  HOME: home,
  PRE_COMMIT_HOME: join(home, "pre-commit"),
  GIT_CONFIG_GLOBAL: join(home, "gitconfig"),
  // The registry that this machine uses; the folder itself needs nothing of it.
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(?:npm_config_|pip_|https?_proxy|no_proxy|ssl_|node_extra_ca)/i.test(name)),
  ),
};

function run(program: string, words: readonly string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, env, encoding: "utf8" });
  if (error !== undefined) throw error;
  return { status, output: stdout + stderr };
}

function must(program: string, words: readonly string[], cwd: string): string {
  const { status, output } = run(program, words, cwd);
  assert.equal(status, 0, `${program} ${words.join(" ")}: ${output}`);
  return output;
}

let hooks = "";
let commit = "";
before(() => {
  writeFileSync(
    join(home, "gitconfig"),
    '[user]\nname = Test\nemail = test@example.com\n[init]\ndefaultBranch = main\n[protocol "file"]\nallow = always\n',
  );
  if (!existsSync(join(tools, "bin", "pre-commit"))) {
    spawnSync("python3", ["-m", "venv", tools], { stdio: "inherit" });
    const { status } = spawnSync(join(tools, "bin", "pip"), ["install", "--quiet", `pre-commit==${VERSION}`], { stdio: "inherit" });
    assert.equal(status, 0, "pre-commit was not installed");
  }
  hooks = join(home, "released");
  cpSync(buildAction(), hooks, { recursive: true });
  must("git", ["init", "--quiet"], hooks);
  must("git", ["add", "--all"], hooks);
  must("git", ["commit", "--quiet", "--message", "Build the action"], hooks);
  commit = must("git", ["rev-parse", "HEAD"], hooks).trim();
});

function repository(hook: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "models"));
  writeFiles(folder, files);
  const config = `repos:\n  - repo: ${hooks}\n    rev: ${commit}\n    hooks:\n      - ${hook}\n`;
  writeFileSync(join(folder, ".pre-commit-config.yaml"), config);
  must("git", ["init", "--quiet"], folder);
  must("git", ["add", "--all"], folder);
  return folder;
}

function preCommit(folder: string): { status: number | null; output: string } {
  return run(join(tools, "bin", "pre-commit"), ["run", "--all-files", "--color=never"], folder);
}

suite("pre-commit", () => {
  test("stops a commit with a model that runs code, and names it", () => {
    const folder = repository("id: assay-scan", { "models/a.safetensors": MODEL["model.safetensors"], "models/$(touch pwned).pt": POISON });
    const { status, output } = preCommit(folder);
    assert.equal(status, 1, output);
    assert.match(output, /\.\.Failed\n[^]*pwned\)\.pt/);
    assert.ok(!existsSync(join(folder, "pwned")));
  });

  test("lets a commit with data only pass, and ignores other files", () => {
    const { status, output } = preCommit(
      repository("id: assay-scan", { "models/a.safetensors": MODEL["model.safetensors"], "code.py": "import os\n" }),
    );
    assert.equal(status, 0, output);
    assert.match(output, /\.\.Passed\n/);
  });

  test("checks the models of its arguments by a policy, and lints policies", () => {
    const policy = 'version: 1\nname: test\nmodels:\n  - match: { name: "**" }\n    rules: { load: data-only }\n';
    const files = { "models/granite/model.safetensors": MODEL["model.safetensors"], "policy.yml": policy };
    const hook = "{ id: assay-check, args: [models/granite, --policy, policy.yml] }";
    const allowed = preCommit(repository(hook, files));
    assert.equal(allowed.status, 0, allowed.output);
    const denied = preCommit(repository(hook, { ...files, "models/granite/pytorch_model.bin": POISON }));
    assert.equal(denied.status, 1);
    assert.match(denied.output, /✘ DENY: models\/granite by load/);
    const linted = preCommit(repository("id: assay-policy-lint", { "policy.yml": policy.replace("load:", "lood:") }));
    assert.equal(linted.status, 1);
    assert.match(linted.output, /lood/);
  });
});
