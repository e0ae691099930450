// The workflows of this repository, and those that the examples show. actionlint and zizmor look at the rest, in `.ci/run`.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../../..");
const names = globSync([".github/workflows/*.yml", "examples/ci/github-*.yml"], { cwd: root }).toSorted();

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>>;
}

const textOf = (name: string): string => readFileSync(join(root, name), "utf8");
const workflows = new Map(names.map((name) => [name, parse(textOf(name)) as Workflow]));

suite("workflows", () => {
  test("pin every action by a commit, the same everywhere, with its version beside it", () => {
    const pins = new Map<string, string>();
    for (const name of names) {
      for (const [, action = "", pin = ""] of textOf(name).matchAll(/uses: ([^@\s]+)@(.*)/g)) {
        assert.match(pin, /^[0-9a-f]{40} # (?:v\d+\.\d+\.\d+|the commit of a release's action)$/, `${name}: ${action}`);
        const repository = action.split("/").slice(0, 2).join("/");
        assert.equal(pins.get(repository) ?? pin, pin, `${name}: ${action}`);
        pins.set(repository, pin);
      }
    }
    assert.ok(pins.size >= 8);
  });

  test("give no job more than it needs: nothing at the top, and nothing to write where code is built", () => {
    for (const [name, { permissions, jobs }] of workflows) {
      assert.ok(
        Object.values(permissions).every((access) => access === "read"),
        name,
      );
      for (const [job, { permissions: own = {}, steps }] of Object.entries(jobs)) {
        const builds = steps.some(({ run = "" }) => /\bnpm (?:ci|run|test|install)\b|\.ci\/run/.test(run));
        if (builds) assert.deepEqual(own, { contents: "read" }, `${name}: ${job}`);
      }
    }
  });

  test("keep no credentials in the checkout, and put no expression into a script", () => {
    for (const [name, { jobs }] of workflows) {
      for (const { uses = "", run = "", with: inputs } of Object.values(jobs).flatMap(({ steps }) => steps)) {
        if (uses.startsWith("actions/checkout@")) assert.equal(inputs?.["persist-credentials"], false, name);
        assert.doesNotMatch(run, /\$\{\{/, name);
      }
    }
  });
});
