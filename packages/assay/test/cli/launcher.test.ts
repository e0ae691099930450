import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { makeKeyPair } from "../support/keys.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const BIN = fileURLToPath(new URL("../../dist/bin", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../../../scripts/launcher.cjs", import.meta.url));

/** The built command in a folder of its own. */
function copy(): string {
  const folder = join(temporaryFolder(), "bin");
  cpSync(BIN, folder, { recursive: true });
  return folder;
}

function version(folder: string): string {
  return execFileSync(process.execPath, [join(folder, "assay.js"), "--version"], { encoding: "utf8" });
}

suite("the built command", () => {
  const expected = version(BIN);

  test("starts from the launcher of the sources", () => {
    const withoutDigests = readFileSync(join(BIN, "assay.js"), "utf8").replace(/^const DIGESTS = \{.*\};$/m, "const DIGESTS = {};");
    assert.equal(withoutDigests, readFileSync(SOURCE, "utf8"));
    assert.match(expected, /^assay \d/);
  });

  test("is ASCII only, because the launcher decodes it as Latin-1", () => {
    assert.doesNotMatch(readFileSync(join(BIN, "command.js"), "latin1"), /[^\0-\x7f]/);
  });

  test("escapes every control character in a name, those above ASCII too", () => {
    const cwd = temporaryFolder();
    for (const folder of ["before", "after"]) mkdirSync(join(cwd, folder));
    writeFileSync(join(cwd, "after", "a\u0098b\u009c"), "");
    const { stdout } = spawnSync(process.execPath, [join(BIN, "assay.js"), "diff", "before", "after"], { cwd, encoding: "utf8" });
    assert.match(stdout, /extra +"a\\x98b\\x9c" +in B \(0 bytes\), not in A\n/);
  });

  test("needs no compiled code", () => {
    const folder = copy();
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".cache"))) rmSync(join(folder, file));
    assert.equal(version(folder), expected);
  });

  test("compiles anew where the compiled code is malformed, cut off or of other code", () => {
    const folder = copy();
    const cache = join(folder, "command.cache");
    const whole = readFileSync(cache);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from("no code at all"),
      whole.subarray(0, whole.length >> 1),
      Buffer.alloc(whole.length, 7),
    ]) {
      writeFileSync(cache, bytes);
      assert.equal(version(folder), expected);
    }
    writeFileSync(cache, whole);
    const command = join(folder, "command.js");
    writeFileSync(command, readFileSync(command, "utf8").replace("{", '{ process.stdout.write("changed ");'));
    assert.equal(version(folder), `changed ${expected}`);
  });

  test("runs the compiled code of its build, and no other beside a byte-identical command", () => {
    const folder = copy();
    // What V8 makes of a command of the same length that says something else.
    const source = readFileSync(join(folder, "command.js"), "latin1");
    const other = `(function () { process.stdout.write("planted\\n"); process.exit(0); })`.padEnd(source.length);
    const script = new Script(other, { filename: join(folder, "command.js") });
    script.runInThisContext();
    const planted = script.createCachedData();
    assert.equal(new Script(source, { cachedData: planted }).cachedDataRejected, false);
    const header = hash("sha256", Buffer.concat([Buffer.from(source, "latin1"), planted]), "buffer");
    for (const bytes of [planted, Buffer.concat([header, planted])]) {
      writeFileSync(join(folder, "command.cache"), bytes);
      assert.equal(version(folder), expected);
    }
  });

  test("signs, verifies and digests with a key without reading the rest of its code", () => {
    const folder = copy();
    for (const file of ["later.js", "scan.js", "check.js"]) rmSync(join(folder, file));
    const work = temporaryFolder();
    const { privateKey, publicKey } = makeKeyPair("P-256");
    mkdirSync(join(work, "m"));
    for (const [name, content] of [
      ["m/a", "a"],
      ["key.pem", privateKey],
      ["key.pub", publicKey],
    ] as const) {
      writeFileSync(join(work, name), content, { mode: 0o600 });
    }
    const run = (...words: string[]): string =>
      execFileSync(process.execPath, [join(folder, "assay.js"), ...words], { cwd: work, encoding: "utf8" });
    run("sign", "key", "m", "--private-key", "key.pem");
    assert.match(run("verify", "key", "m", "--public-key", "key.pub"), /^✔ Verified/);
    assert.match(run("digest", "m"), /^sha256:/);
    assert.match(run("--help"), /verify/);
    assert.match(run("verify", "key", "--help"), /--public-key/);
    assert.throws(() => run("openness", "m"));
  });

  test("scans without reading what other questions need", () => {
    const folder = copy();
    rmSync(join(folder, "later.js"));
    const work = temporaryFolder();
    writeFileSync(join(work, "notes.txt"), "no model\n");
    const { status, stdout } = spawnSync(process.execPath, [join(folder, "assay.js"), "scan", "."], { cwd: work, encoding: "utf8" });
    assert.equal(status, 3);
    assert.match(stdout, /^\? Unknown/);
  });

  test("decides about what loading does without reading what other questions need", () => {
    const folder = copy();
    rmSync(join(folder, "later.js"));
    const work = temporaryFolder();
    writeFileSync(join(work, "notes.txt"), "no model\n");
    writeFileSync(join(work, "policy.yml"), 'version: 1\nname: p\nmodels: [{ match: { name: "**" }, rules: { load: data-only } }]\n');
    const argv = [join(folder, "assay.js"), "check", "notes.txt", "--policy", "policy.yml"];
    const { status, stdout } = spawnSync(process.execPath, argv, { cwd: work, encoding: "utf8" });
    assert.equal(status, 3);
    assert.match(stdout, /^\? INCOMPLETE/);
  });

  test("has each of its everyday modules in one file only, so that an error is of one class everywhere", () => {
    const modules = (file: string): string[] =>
      readFileSync(join(BIN, file), "utf8").match(/^ *\/\/ (?:packages\/assay\/src|node_modules)\/\S+$/gm) ?? [];
    const [core, later, scan, check] = [modules("command.js"), modules("later.js"), modules("scan.js"), modules("check.js")];
    assert.ok(core.length > 100 && later.length > 100 && scan.length > 20 && check.length > 20);
    const loadedLater = new Set([...later, ...scan, ...check]);
    assert.deepEqual(
      core.filter((module) => loadedLater.has(module)),
      [],
    );
  });

  test("starts through a link", { skip: process.platform === "win32" }, () => {
    const link = join(temporaryFolder(), "assay");
    symlinkSync(join(BIN, "assay.js"), link);
    assert.equal(execFileSync(link, ["--version"], { encoding: "utf8" }), expected);
  });
});
