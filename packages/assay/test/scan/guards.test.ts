import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { effort } from "../support/effort.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { plantCanaries } from "../support/scan/canaries.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeCase } from "../support/scan/write-case.ts";
import { SCAN_CASES } from "./cases/index.ts";

const PACKAGE = realpathSync(fileURLToPath(new URL("../../", import.meta.url)));
const COMMAND = join(PACKAGE, "dist", "bin", "assay.js");
const GUARD = fileURLToPath(new URL("../support/scan/guard.cjs", import.meta.url));

interface Place {
  /** The only folder from which modules may be loaded. */
  readonly package: string;
  readonly models: string;
  readonly marks: string;
}

/** `program`: in the place of the package, for a planted violation. */
function makePlace(program?: string): Place {
  const folder = realpathSync(temporaryFolder());
  const place = {
    package: program === undefined ? PACKAGE : join(folder, "package"),
    models: join(folder, "models"),
    marks: join(folder, "marks"),
  };
  mkdirSync(place.models);
  mkdirSync(place.marks);
  if (program !== undefined) writeFiles(place.package, { "program.cjs": program });
  return place;
}

/** No writing but of marks, no other process, no worker, no addon, no eval; and what the guard refuses. */
function runGuarded(place: Place, argv: readonly string[]): { status: number | null; stdout: string; stderr: string; refused: string[] } {
  const flags = [
    "--permission",
    `--allow-fs-read=${join(place.package, "*")}`,
    `--allow-fs-read=${join(place.models, "*")}`,
    `--allow-fs-read=${place.models}`,
    `--allow-fs-write=${join(place.marks, "*")}`,
    `--allow-fs-read=${GUARD}`,
    "--disallow-code-generation-from-strings",
    "--require",
    GUARD,
  ];
  const env = { PATH: process.env["PATH"] ?? "", GUARD_LOG: place.marks, GUARD_PACKAGE: place.package, GUARD_MODELS: place.models };
  const ran = spawnSync(process.execPath, [...flags, ...argv], { cwd: place.models, env, encoding: "utf8", maxBuffer: 1 << 28 });
  const log = join(place.marks, "refused");
  const refused = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr, refused };
}

suite("nothing of a model is executed, imported, rendered or followed", () => {
  test("in any case of the generated set, each with canaries, in a process that may do nothing but read", () => {
    const place = makePlace();
    const cases = SCAN_CASES.filter((_, at) => at % effort(6, 1) === 0);
    const names = cases.map((one, at) => {
      const name = `m${at}`;
      mkdirSync(join(place.models, name));
      writeCase(one, join(place.models, name));
      plantCanaries(join(place.models, name), place.marks);
      return name;
    });
    const { status, stdout, stderr, refused } = runGuarded(place, [COMMAND, "scan", ...names, "--json"]);
    assert.deepEqual(refused, []);
    assert.deepEqual(readdirSync(place.marks), [], "no mark was left");
    assert.ok(status === 1 || status === 3, stderr);
    const { models, files } = JSON.parse(stdout) as { models: unknown[]; files: { findings: { reason: string }[] }[] };
    assert.equal(models.length, cases.length);
    assert.ok(!files.some(({ findings }) => findings.some(({ reason }) => reason === "file/reader-failed")));
  });
});

/** Each guard, and a program that it must stop: what the permission model refuses, and what the guard refuses. */
const VIOLATIONS: Readonly<Record<string, { readonly code: string; readonly stoppedBy: RegExp }>> = {
  "writing a file": { code: `require("node:fs").writeFileSync(MODEL + "/new", "")`, stoppedBy: /ERR_ACCESS_DENIED/ },
  "starting a process": { code: `require("node:child_process").spawnSync("true")`, stoppedBy: /ERR_ACCESS_DENIED/ },
  "starting a worker": { code: `new (require("node:worker_threads").Worker)("1", { eval: true })`, stoppedBy: /ERR_ACCESS_DENIED/ },
  "loading an addon": {
    code: `process.dlopen({ exports: {} }, MODEL + "/addon.node")`,
    stoppedBy: /ERR_DLOPEN_DISABLED|ERR_ACCESS_DENIED/,
  },
  "evaluating a text": { code: `eval("1")`, stoppedBy: /EvalError/ },
  "making a function of a text": { code: `new Function("return 1")()`, stoppedBy: /EvalError/ },
  "importing a module of the model": { code: `await import(MODEL + "/canary.mjs")`, stoppedBy: /refused: module .*canary\.mjs/ },
  "requiring a script of the model": { code: `require(MODEL + "/canary.cjs")`, stoppedBy: /refused: module .*canary\.cjs/ },
  connecting: { code: `require("node:net").connect(9, "127.0.0.1")`, stoppedBy: /refused: socket/ },
  fetching: { code: `await fetch("http://127.0.0.1:9")`, stoppedBy: /refused: socket/ },
  "looking a name up": { code: `require("node:dns").lookup("localhost", () => {})`, stoppedBy: /refused: socket/ },
  "following a link to a file outside": {
    code: `require("node:fs").readFileSync(MODEL + "/canary-link.txt")`,
    stoppedBy: /refused: file .*outside\.txt|ERR_ACCESS_DENIED/,
  },
  "reading a file outside": { code: `require("node:fs").readFileSync("/etc/hosts")`, stoppedBy: /refused: file|ERR_ACCESS_DENIED/ },
};

suite("each guard stops a planted violation", () => {
  for (const [what, { code, stoppedBy }] of Object.entries(VIOLATIONS)) {
    test(what, () => {
      const place = makePlace(
        `const MODEL = process.argv[2];\n(async () => { ${code}; })().catch((error) => { console.error(error); process.exit(7); });\n`,
      );
      plantCanaries(place.models, place.marks);
      const { status, stderr } = runGuarded(place, [join(place.package, "program.cjs"), place.models]);
      assert.notEqual(status, 0, "the violation passed");
      assert.match(stderr, stoppedBy);
      assert.deepEqual(
        readdirSync(place.marks).filter((name) => name !== "refused"),
        [],
      );
    });
  }

  test("and without a guard the canaries leave their marks", () => {
    const place = makePlace();
    plantCanaries(place.models, place.marks);
    spawnSync(process.execPath, ["--input-type=module", "--eval", `await import(${JSON.stringify(join(place.models, "canary.mjs"))})`]);
    spawnSync(process.execPath, [join(place.models, "canary.cjs")]);
    const { status } = spawnSync(
      "python3",
      ["-c", "import pickle; exec(open('canary.py').read()); pickle.load(open('canary.pkl', 'rb'))"],
      {
        cwd: place.models,
      },
    );
    // Where no Python is installed, nothing here can load a pickle.
    const ofPython = status === 0 ? ["pickle", "python"] : [];
    assert.deepEqual(readdirSync(place.marks).sort(), ["module", ...ofPython, "script"]);
  });
});
