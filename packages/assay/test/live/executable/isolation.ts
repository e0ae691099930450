// The single executable runs no code but its own.
import assert from "node:assert/strict";
import { existsSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { run } from "./executable.ts";

/** A folder with a model that is hashed by threads, and code that leaves a mark wherever Node could look for it. */
function trap(): { readonly cwd: string; readonly code: string; readonly mark: string } {
  const cwd = temporaryFolder();
  const mark = join(cwd, "mark");
  const code = `require("node:fs").writeFileSync(${JSON.stringify(mark)}, "");\n`;
  const packages = ["@napi-rs/blake-hash", "pkcs11js", "hash-wasm", "tuf-js"].map((name) => `node_modules/${name}/index.js`);
  const files = ["code.cjs", "code.mjs", "hash-worker.js", "assay/scan.js", "node_modules/node:fs/index.js", ...packages];
  const importing = code.replace('require("node:fs")', '(await import("node:fs"))');
  writeFiles(cwd, { ...Object.fromEntries(files.map((name) => [name, code])), "code.mjs": importing, "m/a": "", "m/b": "" });
  for (const name of ["a", "b"]) truncateSync(join(cwd, "m", name), 200_000_000);
  writeFileSync(join(cwd, "package.json"), '{ "main": "code.cjs" }');
  writeFileSync(join(cwd, "options.env"), `NODE_OPTIONS=--require=${join(cwd, "code.cjs")}\n`);
  writeFileSync(
    join(cwd, "openssl.cnf"),
    "nodejs_conf = a\nopenssl_conf = a\n[a]\nengines = b\n[b]\nc = c\n[c]\nengine_id = c\ndynamic_path = ./c.so\ninit = 1\n",
  );
  return { cwd, code: join(cwd, "code"), mark };
}

suite("the executable runs no other code", () => {
  test("of NODE_OPTIONS and other variables of Node", async () => {
    const { cwd, code, mark } = trap();
    for (const env of [
      { NODE_OPTIONS: `--require=${code}.cjs` },
      { NODE_OPTIONS: `--import=${code}.mjs` },
      { NODE_OPTIONS: `--experimental-loader=${code}.mjs` },
      { NODE_OPTIONS: "--not-an-option-of-node" },
      { NODE_PATH: join(cwd, "node_modules") },
      // A library that OpenSSL would load; as it is missing, the start would fail.
      { OPENSSL_CONF: join(cwd, "openssl.cnf") },
    ]) {
      const { exitCode, stdout, stderr } = await run(["digest", "m", "--hash", "blake3", "--threads", "2"], { cwd, env });
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /^sha256:/);
      assert.ok(!existsSync(mark), JSON.stringify(env));
    }
  });

  test("of the folder that it is started in", async () => {
    const { cwd, mark } = trap();
    for (const argv of [
      ["digest", "m", "--hash", "blake3", "--threads", "2"],
      ["scan", "m/a"],
      ["openness", "m"],
      ["trust", "show"],
      ["sign", "pkcs11-key", "m", "--pkcs11-uri", "pkcs11:token=t;object=k", "--module-path", "code.cjs"],
    ]) {
      await run(argv, { cwd });
      assert.ok(!existsSync(mark), argv.join(" "));
    }
  });

  test("of options of Node on its command line", async () => {
    const { cwd, code, mark } = trap();
    for (const argv of [
      ["--build-sea=sea.json"],
      ["--experimental-sea-config", "sea.json"],
      ["--build-snapshot", `${code}.cjs`],
      ["--inspect"],
      ["--run", "start"],
      // Node reads such a file before all else, and its options too.
      ["--env-file=options.env"],
      ["--openssl-config=openssl.cnf"],
      ["--require", `${code}.cjs`],
      ["-r", `${code}.cjs`],
      ["--import", `${code}.mjs`],
      ["-e", "1"],
      [`${code}.cjs`],
    ]) {
      const { exitCode, stderr } = await run(argv, { cwd });
      assert.equal(exitCode, 2, stderr);
      assert.ok(!existsSync(mark), argv.join(" "));
    }
  });
});
