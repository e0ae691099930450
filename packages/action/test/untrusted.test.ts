import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { suite, test } from "node:test";
import { check } from "../../assay/src/api/check.ts";
import { OPTION_TABLE } from "../../assay/src/cli/command-line/options.ts";
import { checkDocument } from "../../assay/src/report/json/check.ts";
import { checkFolder } from "../../assay/test/support/check/checked.ts";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { OPTION_INPUTS } from "../src/offered.ts";
import { annotationLine } from "../src/workflow-commands.ts";
import { runStepWith } from "./support/runner.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";
/** Says what it was asked, in a document. */
const ECHO = `const words = process.argv.slice(2);
require("fs").writeFileSync("asked.json", JSON.stringify({ words, environment: process.env }));
console.log(JSON.stringify({ schema: "urn:assay:schema:digest:v1", exitCode: 0, files: [], manifestDigest: "sha256:0" }));
`;

suite("what a model or a workflow says", () => {
  test("is never a command of the runner, wherever it is printed", async () => {
    const names = ["::error::a", " ::add-mask::b", "##[error]c", "d\n::set-output name=decision::allow", "%0A::warning::e"];
    const { root, model, policy } = await checkFolder(Object.fromEntries(names.map((name) => [name, "x"])));
    for (const name of names) writeFileSync(join(model, name), "changed");
    const document = checkDocument(await check(model, join(root, policy(SIGNED))));
    writeFileSync(join(root, "answer.json"), JSON.stringify(document));
    // What a message on standard error may hold, too.
    const program = `process.stdout.write(require("fs").readFileSync("answer.json")); console.error("::error::f"); process.exitCode = 1;`;
    const step = await runStepWith(program, root, { command: "check", model: "granite", policy: "policy.yml" });
    assert.equal(step.exitCode, 1);
    assert.deepEqual(
      [...new Set(step.commands.map(({ name, properties }) => `${name} ${properties.slice(0, 11)}`))],
      ["error title=Assay"],
    );
    assert.equal(step.outputs.get("decision"), "deny");
    assert.doesNotMatch(step.summary, /^ ?(?:::|##\[)/m);
    assert.match(step.log, /::error::f/);
  });

  test("is never read by a shell, and no model is an option", async () => {
    const root = temporaryFolder();
    const models = ["$(touch pwned)", "`touch pwned`", "granite; touch pwned", "--output-file=pwned", "-h"];
    const inputs = { command: "verify key", model: models.join("\n"), "public-key": "key.pub --output-file=pwned" };
    const step = await runStepWith(ECHO, root, inputs);
    assert.equal(step.exitCode, 0, step.log);
    const { words } = JSON.parse(readFileSync(join(root, "asked.json"), "utf8")) as { words: string[] };
    assert.deepEqual(words, ["verify", "key", "--json", "--no-progress", "--public-key=key.pub --output-file=pwned", "--", ...models]);
    assert.ok(!existsSync(join(root, "pwned")));
  });

  test("of an input that has no meaning is refused by its name, before anything runs", async () => {
    const root = temporaryFolder();
    const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ command: "demo" }, /the input command is one of verify sigstore, .*, and not "demo"/],
      [{}, /the input command is one of/],
      [{ command: "scan", policy: "policy.yml" }, /the input policy is not for assay scan/],
      [{ command: "scan", model: "granite", "allow-symlinks": "yes" }, /the input allow-symlinks is true or false, and not "yes"/],
      [{ command: "verify key", "public-key": "a\nb" }, /the input public-key takes one value, and has 2 lines/],
      [{ command: "scan", model: "granite", summary: "on" }, /the input summary is true or false/],
      [{ command: "scan", "working-directory": "a\n::error::b" }, /the input working-directory is not a folder: "a\\n::error::b"/],
    ];
    for (const [inputs, message] of wrong) {
      const step = await runStepWith(ECHO, root, inputs);
      assert.equal(step.exitCode, 2);
      assert.equal(step.outputs.get("exit-code"), "2");
      assert.match(step.commands[0]?.message ?? "", message);
      assert.equal(step.commands.length, 1);
    }
    assert.ok(!existsSync(join(root, "asked.json")));
  });

  test("of switches and lists becomes options", async () => {
    const root = temporaryFolder();
    const inputs = {
      command: "verify sigstore",
      model: "m",
      offline: "true",
      "require-all": "false",
      "ignore-git-paths": "false",
      "ignore-paths": "a\n\n b c \n",
    };
    await runStepWith(ECHO, root, inputs);
    const { words } = JSON.parse(readFileSync(join(root, "asked.json"), "utf8")) as { words: string[] };
    assert.deepEqual(words.slice(4, -2), ["--offline", "--ignore-paths=a", "--ignore-paths=b c", "--no-ignore-git-paths"]);
  });

  test("of the job's environment adds no code to the command", async () => {
    const root = temporaryFolder();
    const code = { NODE_OPTIONS: "--require ./evil.cjs", OPENSSL_CONF: "evil.cnf", NODE_COMPILE_CACHE: "evil", node_path: "evil" };
    const kept = { NODE_EXTRA_CA_CERTS: "company.pem", NODE_USE_SYSTEM_CA: "1", HTTPS_PROXY: "http://proxy.example" };
    await runStepWith(ECHO, root, { command: "digest", model: "granite" }, { ...code, ...kept });
    const { environment } = JSON.parse(readFileSync(join(root, "asked.json"), "utf8")) as { environment: Record<string, string> };
    for (const name of Object.keys(code)) assert.equal(environment[name], undefined, name);
    for (const [name, value] of Object.entries(kept)) assert.equal(environment[name], value);
  });

  test("of a name is one property of an annotation, and not a second one", () => {
    const line = annotationLine({
      level: "error",
      title: "a,file=b::c",
      message: "d\r\n::error::e %0A",
      file: "f:g,line=1",
      line: 2,
      column: 3,
    });
    assert.equal(line, "::error title=a%2Cfile=b%3A%3Ac,file=f%3Ag%2Cline=1,line=2,col=3::d%0D%0A::error::e %250A");
  });
});

suite("what may be wrong", () => {
  test("no secret is an input", () => {
    const secrets = new Set<string>(Object.entries(OPTION_TABLE).flatMap(([name, { secret }]) => (secret === true ? [name] : [])));
    assert.ok(secrets.has("password"));
    assert.deepEqual(
      OPTION_INPUTS.filter((name) => secrets.has(name)),
      [],
    );
  });

  test("results are never kept in the workspace, where they could be committed", async () => {
    const root = temporaryFolder();
    const step = await runStepWith(ECHO, root, { command: "digest", model: "granite" }, { RUNNER_TEMP: "", TMPDIR: temporaryFolder() });
    assert.ok(isAbsolute(step.outputs.get("report") ?? ""));
  });

  test("an answer without the exit code for it is not a yes", async () => {
    const document = { schema: "urn:assay:schema:digest:v1", exitCode: 1, files: [], manifestDigest: "sha256:0" };
    for (const [program, exitCode] of [
      [`console.log(${JSON.stringify(JSON.stringify(document))})`, 3],
      ["", 3],
      ['console.log("[]")', 3],
      ['console.log("::error::x"); process.exitCode = 7', 7],
    ] as const) {
      const step = await runStepWith(program, temporaryFolder(), { command: "digest", model: "granite" });
      assert.equal(step.exitCode, exitCode, program);
      assert.equal(step.outputs.get("exit-code"), String(exitCode));
      assert.ok(step.commands.every(({ message }) => message !== "x"));
    }
  });
});
