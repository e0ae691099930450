// What GitLab and its runner make of a component.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

export interface Job {
  readonly image: string;
  readonly variables: Readonly<Record<string, { readonly value: string; readonly expand: boolean }>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[] };
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
}
interface Header {
  readonly spec: { readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description?: string }>> };
}

const folder = join(import.meta.dirname, "../../templates");

/** The job that GitLab makes of a component and its inputs: they are put into the values of the parsed file. */
export function jobOf(component: string, inputs: Readonly<Record<string, string>>): Job {
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
export function runJob(job: Job, cwd: string, path: string, shell = "sh"): { status: number | null; output: string } {
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
export function recordedCommand(root: string): string {
  const bin = join(root, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "assay"), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(bin, "assay"), 0o755);
  return bin;
}
