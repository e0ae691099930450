// The launcher by itself, without the built command: which compiled code it runs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SOURCE = new URL("../../../../scripts/launcher.cjs", import.meta.url);

suite("the launcher", () => {
  test("takes no compiled code that was made of other source, though V8 would", () => {
    const folder = temporaryFolder();
    const launcher = readFileSync(SOURCE, "utf8");
    const path = (name: string): string => join(folder, name);
    const run = (name: string): string => execFileSync(process.execPath, [path(name)], { encoding: "utf8" });
    const honest = '(function () { function answer() { return "no"; }\nprocess.stdout.write(answer()); })\n';
    const altered = honest.replace('"no"', '"ok"');
    const keep =
      'process.on("exit", () => require("node:fs").writeFileSync(__filename + ".code", loaded.get("command").script.createCachedData()));\n';
    writeFileSync(path("keep.cjs"), launcher + keep);

    writeFileSync(path("command.js"), altered);
    assert.equal(run("keep.cjs"), "ok");
    writeFileSync(path("command.js"), honest);
    const code = readFileSync(path("keep.cjs.code"));
    writeFileSync(path("command.cache"), code);
    const digestOf = (source: string): string => hash("sha256", Buffer.concat([Buffer.from(`${source.length} ${source}`), code]));
    const runWith = (digests: object): string => {
      writeFileSync(path("assay.cjs"), launcher.replace("const DIGESTS = {};", `const DIGESTS = ${JSON.stringify(digests)};`));
      return run("assay.cjs");
    };
    // Of a published launcher, of a build that compiled the honest source, and of one that compiled the other.
    assert.equal(runWith({}), "no");
    assert.equal(runWith({ command: hash("sha256", honest) }), "no");
    assert.equal(runWith({ command: digestOf(altered) }), "no");
    // The reason for all this: V8 alone compares the lengths of the sources only.
    assert.equal(runWith({ command: digestOf(honest) }), "ok");
  });
});
