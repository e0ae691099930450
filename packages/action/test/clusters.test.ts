// The examples for Jenkins, Kubernetes, Argo and Tekton: what each platform would run, run here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { parse } from "yaml";
import { checkFolder } from "../../assay/test/support/check/checked.ts";
import { assay } from "../../assay/test/support/cli/command.ts";
import { placedCommand } from "./support/placed-command.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";
const examples = join(import.meta.dirname, "../../../examples/ci");
const read = (name: string): unknown => parse(readFileSync(join(examples, name), "utf8"));

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly mountPath: string; readonly readOnly: boolean }[];
}
interface PodSpec {
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
}

/** Runs the arguments of a container with its mounts in `root`: the model and the policy are there by other names. */
async function runContainer(args: readonly string[], root: string): Promise<{ exitCode: number | null; stdout: string }> {
  const here = args.map((word) => word.replace("/models/granite", "granite").replace("/policy/policy.yml", "policy.yml"));
  return assay(here, { cwd: root });
}

async function expectGate(args: readonly string[]): Promise<void> {
  const { root, model, policy } = await checkFolder();
  policy(SIGNED);
  const allowed = await runContainer(args, root);
  assert.equal(allowed.exitCode, 0, allowed.stdout);
  writeFileSync(join(model, "config.json"), "{}");
  assert.equal((await runContainer(args, root)).exitCode, 1);
}

function expectRestricted(pod: Readonly<Record<string, unknown>>, container: Container): void {
  assert.equal(pod["runAsNonRoot"], true);
  assert.equal(pod["runAsUser"], 65532);
  assert.deepEqual(container.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  for (const { readOnly } of container.volumeMounts ?? []) assert.equal(readOnly, true);
  assert.match(container.image, /@sha256:[0-9a-f]{64}$/);
}

suite("the examples for clusters", () => {
  test("an init container lets the server start only where the policy allows the model", async () => {
    const { spec } = read("kubernetes-init-container.yml") as { spec: PodSpec };
    const [gate] = spec.initContainers ?? [];
    const [server] = spec.containers;
    assert.ok(gate && server);
    expectRestricted(spec.securityContext, gate);
    // What was checked cannot be changed by the server, nor by a second mount of it.
    assert.ok(server.volumeMounts?.every(({ readOnly }) => readOnly));
    await expectGate(gate.args);
  });

  test("a job checks a model on a volume", async () => {
    const job = read("kubernetes-job.yml") as { spec: { jobTemplate: { spec: { template: { spec: PodSpec } } } } };
    const { spec } = job.spec.jobTemplate.spec.template;
    const [container] = spec.containers;
    assert.ok(container);
    expectRestricted(spec.securityContext, container);
    await expectGate(container.args);
  });

  test("a workflow of Argo serves only what was allowed", async () => {
    const { spec } = read("argo-workflow.yml") as {
      spec: {
        securityContext: Record<string, unknown>;
        templates: { name: string; container?: Container; steps?: { template: string }[][] }[];
      };
    };
    const gate = spec.templates.find(({ name }) => name === "gate");
    // Groups of steps run one after another, and the next only where the one before succeeds.
    assert.deepEqual(
      gate?.steps?.map((group) => group.map(({ template }) => template)),
      [["check"], ["serve"]],
    );
    const check = spec.templates.find(({ name }) => name === "check")?.container;
    assert.ok(check);
    expectRestricted(spec.securityContext, check);
    assert.deepEqual(check.command, ["/usr/bin/assay"]);
    await expectGate(check.args.map((word) => word.replace("{{inputs.parameters.model}}", "/models/granite")));
  });

  test("a task of Tekton takes its parameters as arguments", async () => {
    const { spec } = read("tekton-task.yml") as { spec: { stepTemplate: Pick<Container, "securityContext">; steps: Container[] } };
    const [step] = spec.steps;
    assert.ok(step);
    const { runAsNonRoot, runAsUser, ...security } = spec.stepTemplate.securityContext ?? {};
    expectRestricted({ runAsNonRoot, runAsUser }, { ...step, securityContext: security });
    const values: Readonly<Record<string, string>> = {
      "workspaces.policy.path": "/policy",
      "params.policy": "policy.yml",
      "workspaces.models.path": "/models",
      "params.model": "granite",
    };
    await expectGate(step.args.map((word) => word.replaceAll(/\$\(([\w.]+)\)/g, (_, name: string) => values[name] ?? "")));
  });
});

test("the line of the Jenkinsfile ends the stage where the policy does not allow the model", async () => {
  const text = readFileSync(join(examples, "Jenkinsfile"), "utf8");
  const [, line] = /\bsh '([^']+)'/.exec(text) ?? [];
  assert.ok(line !== undefined);
  const { root, model, policy } = await checkFolder();
  policy(SIGNED);
  const run = (): number | null => {
    // Jenkins runs a step as `sh -xe`.
    const env = { PATH: `${placedCommand()}:${process.env["PATH"] ?? ""}`, HOME: root };
    return spawnSync("sh", ["-xe", "-c", line.replace("models/granite", "granite")], { cwd: root, env }).status;
  };
  assert.equal(run(), 0);
  writeFileSync(join(model, "config.json"), "{}");
  assert.equal(run(), 1);
});
