// docs/ci.md shows what a pull request with a changed model looks like: the summary and the annotations of the example's step.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { makeShownModels, SHOWN_AT } from "../../assay/test/check/shown-models.ts";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { actionFromSource, runStep, type Step } from "./support/runner.ts";

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
  const step = await runStep(actionFromSource(), folder, { ...inputs, at: SHOWN_AT });
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

test("the steps of the pipeline that signs on a release name inputs that exist", async () => {
  const action = parse(readFileSync(join(root, "packages/action/action.yml"), "utf8")) as { inputs: Record<string, unknown> };
  for (const name of ["github-sign-on-release.yml", "github-gate-on-pull-request.yml", "github-scan-to-code-scanning.yml"]) {
    const steps = stepsOf(name);
    assert.ok(steps.length > 0, name);
    for (const inputs of steps)
      for (const input of Object.keys(inputs)) assert.ok(Object.hasOwn(action.inputs, input), `${name}: ${input}`);
  }
});
