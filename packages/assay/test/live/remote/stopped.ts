// What the tests with real servers start does not outlive them. `npm run test:remote`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "node:test";
import { freePort, startServer } from "../../support/remote-servers/server-process.ts";

const SERVER = (port: number): readonly string[] => [
  "-e",
  `require("node:http").createServer((_, response) => response.end("here")).listen(${port}, "127.0.0.1")`,
];
const MODULE = fileURLToPath(new URL("../../support/remote-servers/server-process.ts", import.meta.url));

async function isThere(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).ok;
  } catch {
    return false;
  }
}

test("a server is stopped when its test says so", async () => {
  const port = await freePort();
  const server = await startServer({ program: process.execPath, argv: SERVER(port), port, ready: "/" });
  assert.ok(await isThere(port));
  await server.stop();
  assert.equal(await isThere(port), false);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  test(`a server is stopped when the process of its test ends by ${signal}`, async () => {
    const port = await freePort();
    const program = { program: process.execPath, argv: SERVER(port), port, ready: "/" };
    const script = `import { startServer } from ${JSON.stringify(MODULE)};
      await startServer(${JSON.stringify(program)});
      console.log("started");
      setInterval(() => {}, 1000);`;
    const test = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(test.stdout, "data");
    assert.ok(await isThere(port));
    test.kill(signal);
    await once(test, "exit");
    for (let tries = 0; tries < 200 && (await isThere(port)); tries++) await delay(50);
    assert.equal(await isThere(port), false);
  });
}

test("a server that ends at once is said with what it wrote", async () => {
  const argv = ["-e", 'console.error("no such option"); process.exit(3)'];
  await assert.rejects(
    async () => startServer({ program: process.execPath, argv, port: await freePort(), ready: "/" }),
    /ended before it answered:[^]*no such option/,
  );
});
