// docs/ci.md shows what a pull request with a changed model looks like: the summary and the annotations of the example's step.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { makeShownModels, SHOWN_AT } from "../../assay/test/check/shown-models.ts";
import { keylessFolder } from "../../assay/test/support/cli/keyless-folder.ts";
import { json } from "../../assay/test/support/sigstore/loopback-server.ts";
import { startServers } from "../../assay/test/support/sigstore/servers.ts";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { runStepHere, type Step } from "./support/runner.ts";

const root = join(import.meta.dirname, "../../..");
const PAGE = join(root, "docs/ci.md");

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, string>> }[] }>
  >;
}

/** The inputs of the steps of a worked pipeline that run the action. */
function stepsOf(name: string): Readonly<Record<string, string>>[] {
  const { jobs } = parse(readFileSync(join(root, "examples/ci", name), "utf8")) as Workflow;
  return Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ uses, with: inputs }) => (uses?.startsWith("assay/assay@") === true ? [inputs ?? {}] : [])),
  );
}

/** A repository with two models, of which a pull request changed one; the policy is that of the branch it is for. */
async function changedModel(): Promise<string> {
  const folder = temporaryFolder();
  const made = temporaryFolder();
  await makeShownModels(made);
  mkdirSync(join(folder, "models"));
  for (const name of ["granite", "embedder"]) cpSync(join(made, "clean"), join(folder, "models", name), { recursive: true });
  for (const name of ["policy.yml", "maker.pub", "moved.pub", "assay.lock"])
    cpSync(join(made, name), join(folder, ".trusted", name), { recursive: true });
  const config = join(folder, "models/granite/config.json");
  const changed = {
    ...(JSON.parse(readFileSync(config, "utf8")) as object),
    auto_map: { AutoModelForCausalLM: "modeling_granite.Granite" },
  };
  writeFileSync(config, `${JSON.stringify(changed, undefined, 2)}\n`);
  writeFileSync(join(folder, "models/granite/modeling_granite.py"), "import os\n\nos.system('id')\n\n\nclass Granite:\n    pass\n");
  const weights = join(folder, "models/granite/model.safetensors");
  const bytes = readFileSync(weights);
  bytes.fill(1, bytes.length - 8);
  writeFileSync(weights, bytes);
  return folder;
}

function annotationText({ commands }: Step): string {
  return commands
    .map(({ name, properties, message }) => {
      const [, title = "", file = "", line = ""] = /^title=(.*?),file=(.*?),line=(\d+)/.exec(properties) ?? [];
      return `${name}  ${file}#L${line}  ${decodeURIComponent(title)}\n       ${message}\n`;
    })
    .join("");
}

/** The formatter of the pages aligns the columns of tables, and escapes less. */
function withoutAlignment(markdown: string): string {
  return markdown.replaceAll(/-{3,}/g, "---").replaceAll(/[ \n]+/g, " ");
}

test("the page shows what a pull request with a changed model looks like", async () => {
  const [inputs] = stepsOf("github-gate-on-pull-request.yml");
  assert.ok(inputs);
  const folder = await changedModel();
  const step = await runStepHere(folder, { ...inputs, at: SHOWN_AT });
  assert.equal(step.exitCode, 1, step.log);
  const shown = `<!-- shown.test.ts writes this part with UPDATE_SHOWN=1 -->\n\n${step.summary.replaceAll(/^## /gm, "#### ")}\n\`\`\`\n${annotationText(step)}\`\`\`\n\n<!-- end of this part -->`;
  const page = readFileSync(PAGE, "utf8");
  const part = /<!-- shown\.test\.ts writes[^]*<!-- end of this part -->/;
  if (process.env["UPDATE_SHOWN"] === "1")
    writeFileSync(
      PAGE,
      page.replace(part, () => shown),
    );
  assert.equal(withoutAlignment(part.exec(readFileSync(PAGE, "utf8"))?.[0] ?? ""), withoutAlignment(shown));
});

test("the pipeline that signs on a release signs as the job, and verifies it by the job's identity", async () => {
  const servers = await startServers();
  try {
    const folder = keylessFolder(servers);
    mkdirSync(join(folder, "models"));
    renameSync(join(folder, "granite"), join(folder, "models/granite"));
    const identity = "https://github.com/owner/repository/.github/workflows/sign.yml@refs/tags/v1";
    servers.oidc.fail({
      fault: { kind: "answer", answer: json(200, { value: servers.token(identity) }) },
      path: /^\/ambient/,
    });
    const environment = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${servers.oidc.url}/ambient?job=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
    };
    const [sign, verify] = stepsOf("github-sign-on-release.yml");
    assert.ok(sign && verify);
    const signed = await runStepHere(folder, { ...sign, "trust-config": "rekorV2.json" }, environment);
    assert.equal(signed.exitCode, 0, signed.log);
    // The expression of the workflow is the identity, and the tests' servers are in the place of the public ones.
    assert.equal(verify["identity"], "${{ github.server_url }}/${{ github.workflow_ref }}");
    const own = { identity, "identity-provider": servers.oidc.url, "trusted-root": "root.json" };
    const verified = await runStepHere(folder, { ...verify, ...own });
    assert.equal(verified.exitCode, 0, verified.log);
    assert.equal(verified.outputs.get("digest"), signed.outputs.get("digest"));
    const other = await runStepHere(folder, { ...verify, ...own, identity: `${identity}0` });
    assert.equal(other.exitCode, 1);
  } finally {
    await servers.stop();
  }
});

test("the steps of the worked pipelines name inputs that exist", async () => {
  const action = parse(readFileSync(join(root, "packages/action/action.yml"), "utf8")) as { inputs: Record<string, unknown> };
  for (const name of ["github-sign-on-release.yml", "github-gate-on-pull-request.yml", "github-scan-to-code-scanning.yml"]) {
    const steps = stepsOf(name);
    assert.ok(steps.length > 0, name);
    for (const inputs of steps)
      for (const input of Object.keys(inputs)) assert.ok(Object.hasOwn(action.inputs, input), `${name}: ${input}`);
  }
});
