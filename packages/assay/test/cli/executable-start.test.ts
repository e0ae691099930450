// What the single executable tells its Node at the start, tried on this one; test/live/executable looks at the executable itself.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { ONLY_ITS_OWN_CODE } from "../../../../scripts/executable/only-its-own-code.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A configuration of OpenSSL that loads a library, which is missing. */
const LOADS = `nodejs_conf = start
[start]
engines = engines
[engines]
one = one
[one]
engine_id = one
dynamic_path = /nowhere/one.so
init = 1
`;

function runNode(options: readonly string[], code: string): ReturnType<typeof spawnSync> {
  const file = join(temporaryFolder(), "openssl.cnf");
  writeFileSync(file, LOADS);
  return spawnSync(process.execPath, [...options, "-e", code], { env: { OPENSSL_CONF: file }, encoding: "utf8" });
}

suite("the executable", () => {
  test("reads no options of Node from NODE_OPTIONS or its command line", () => {
    assert.equal(ONLY_ITS_OWN_CODE.execArgvExtension, "none");
  });

  test("loads no library that OPENSSL_CONF names", () => {
    assert.notEqual(runNode([], "").status, 0, "Node tries to");
    const { status, stderr } = runNode(ONLY_ITS_OWN_CODE.execArgv, "require('node:crypto').createHash('sha256')");
    assert.equal(status, 0, String(stderr));
  });

  test("opens no debugger on a signal", { skip: process.platform === "win32" }, () => {
    const code = `process.kill(process.pid, "SIGUSR1");
      setInterval(() => require("node:inspector").url() && process.exit(), 10);
      if (process.execArgv.includes("--disable-sigusr1")) setTimeout(() => process.exit(), 500);`;
    const without = ONLY_ITS_OWN_CODE.execArgv.filter((option) => !option.includes("sigusr1"));
    assert.match(String(runNode([...without, "--inspect-port=0"], code).stderr), /Debugger listening/);
    assert.doesNotMatch(String(runNode([...ONLY_ITS_OWN_CODE.execArgv, "--inspect-port=0"], code).stderr), /Debugger listening/);
  });
});
