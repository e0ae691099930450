import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Case } from "./scene.ts";

const STACK = fileURLToPath(new URL("../../../../../scripts/sigstore/stack.ts", import.meta.url));

/** The servers themselves: they hold keys of authorities, and must not outlive the process that wanted them. */
export const stackEnds: readonly Case[] = (["SIGINT", "SIGKILL"] as const).map((signal) => ({
  name: `leaves no server and no key behind when the process that started the servers gets ${signal}`,
  async check() {
    const child = spawn(process.execPath, [STACK], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    for await (const part of child.stdout.setEncoding("utf8")) {
      text += part as string;
      if (text.includes("assay verify sigstore")) break;
    }
    const ports = [...text.matchAll(/^ {2}\w.*http:\/\/[^:]+:(\d+)/gm)].map((match) => Number(match[1]));
    const folder = dirname(/\S+trusted_root\.rekor2\.json/.exec(text)?.[0] ?? "");
    assert.equal(ports.length, 5, text);
    assert.deepEqual(await Promise.all(ports.map(isOpen)), [true, true, true, true, true]);
    assert.ok(existsSync(folder));
    child.kill(signal);
    for (const limit = Date.now() + 10_000; Date.now() < limit; await sleep(50)) {
      const open = await Promise.all(ports.map(isOpen));
      if (!open.includes(true) && !existsSync(folder)) return;
    }
    assert.fail("servers or their folder are still there after 10 seconds");
  },
}));

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false)).once("connect", () => resolve(true));
    socket.once("connect", () => socket.destroy());
  });
}
