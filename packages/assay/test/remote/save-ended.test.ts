import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { cleanEnvironment, ENTRY } from "../support/cli/command.ts";
import { saving, WEIGHTS, weights } from "../support/hub/saving.ts";

interface Ended {
  readonly exitCode: number | null;
  /** On one line. */
  readonly said: string;
}

/** Runs a command line in a process of its own; `meanwhile` gets a way to end it. */
async function inProcess(
  command: readonly string[],
  { cwd, environment }: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> },
  meanwhile: (kill: (signal: NodeJS.Signals) => void) => Promise<void> = async () => {},
): Promise<Ended> {
  const [program = "", ...argv] = command;
  const child = spawn(program, argv, { cwd, env: { ...cleanEnvironment(), ...environment } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => void (output += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await meanwhile((signal) => void child.kill(signal));
  return { exitCode: await ended, said: output.replaceAll(/\s+/g, " ") };
}

suite("a run that saves and is ended early", { skip: process.platform === "win32" }, () => {
  test("says that the disk is full, and saves nothing", async () => {
    const { cwd, argv, environment, left, run } = await saving();
    // Files may have 2 MB (in blocks of 512 bytes): writing more fails as on a full disk.
    const limited = ["sh", "-c", `trap '' XFSZ; ulimit -f 4000; exec "$@"`, "sh", process.execPath, ENTRY, ...argv];
    const { exitCode, said } = await inProcess(limited, { cwd, environment });
    assert.equal(exitCode, 3, said);
    assert.match(said, /cannot write \S*weights\.bin: the file system takes no larger file/);
    assert.match(said, /kept in model\.assay-partial/);
    assert.ok(!left().includes("model"));
    assert.equal((await run()).exitCode, 0);
  });

  test("leaves what it has for the next one, and says so", async () => {
    let isHeld = true;
    const { cwd, argv, environment, left, run } = await saving(
      weights((_request, response) => {
        if (!isHeld) return false;
        response.writeHead(200, { "content-length": WEIGHTS.length });
        response.write(WEIGHTS.subarray(0, 3_000_000));
        return true;
      }),
    );
    const file = join(cwd, "model.assay-partial", "files", "sub", "weights.bin");
    const { exitCode, said } = await inProcess([process.execPath, ENTRY, ...argv], { cwd, environment }, async (kill) => {
      while (!existsSync(file) || statSync(file).size < 3_000_000) await new Promise((resolve) => setTimeout(resolve, 20));
      kill("SIGINT");
    });
    assert.equal(exitCode, 130, said);
    assert.match(said, /interrupted .*3\.0 MB are kept in \S*model\.assay-partial, and the same command continues there/);
    assert.doesNotMatch(said, /nothing was written/);
    assert.ok(!left().includes("model"));
    isHeld = false;
    assert.equal((await run()).exitCode, 0);
  });
});
