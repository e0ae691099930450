import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { cleanEnvironment, ENTRY, SIGN, workFolder } from "../support/cli/command.ts";

/** Big enough that hashing it takes longer than the signal needs, and a hole on disk. */
const BIG = 4_000_000_000;

function bigModel(): string {
  const cwd = workFolder({ "small.bin": "small" });
  makeBig(join(cwd, "granite", "big.bin"));
  return cwd;
}

function makeBig(path: string): void {
  writeFileSync(path, "");
  truncateSync(path, BIG);
}

function start(cwd: string, options: readonly string[] = []): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [ENTRY, ...SIGN, "--threads", "1", ...options], {
    cwd,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

async function startedHashing(child: ChildProcess): Promise<void> {
  // Node has come up and works once the process has used some time; a signal before that would test Node.
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(child.exitCode, null, "it is still at work");
}

suite("an interrupted command", { skip: process.platform === "win32" }, () => {
  for (const [signal, expected] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    test(`stops at ${signal} with exit code ${expected}, says so, and leaves nothing behind`, async () => {
      const cwd = bigModel();
      const before = readdirSync(cwd).sort();
      const { child, output } = start(cwd);
      await startedHashing(child);
      child.kill(signal);
      const [exitCode] = (await once(child, "close")) as [number];
      assert.equal(exitCode, expected, output());
      assert.match(output(), /^\? Stopped: interrupted/);
      assert.deepEqual(readdirSync(cwd).sort(), before);
    });
  }

  test("leaves an older signature as it was", async () => {
    const cwd = workFolder({ "small.bin": "small" });
    const first = start(cwd);
    await once(first.child, "close");
    const before = readFileSync(join(cwd, "model.sig"), "utf8");
    makeBig(join(cwd, "granite", "big.bin"));
    const { child } = start(cwd);
    await startedHashing(child);
    child.kill("SIGINT");
    await once(child, "close");
    assert.equal(readFileSync(join(cwd, "model.sig"), "utf8"), before);
    assert.deepEqual(readdirSync(cwd).sort(), ["granite", "key.pem", "key.pub", "model.sig"]);
  });

  test("tells a program in JSON", async () => {
    const { child, output } = start(bigModel(), ["--json"]);
    await startedHashing(child);
    child.kill("SIGINT");
    await once(child, "close");
    const document = JSON.parse(output()) as { exitCode: number; error: { code: string } };
    assert.equal(document.exitCode, 130);
    assert.equal(document.error.code, "ABORTED");
  });
});
