import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { after } from "node:test";
import { temporaryFolder } from "../temporary-folder.ts";

/** A server that runs in a process of its own, on this machine's loopback. */
export interface RealServer {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** What it has written so far. */
  log(): string;
  /** Ends it. Stopped by itself after the tests of the file; to stop it twice does nothing. */
  readonly stop: () => Promise<void>;
}

export interface ServerProgram {
  readonly program: string;
  readonly argv: readonly string[];
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Waits for an answer below 500 to this path; an answer of 401 is one too. Without it, for a connection. */
  readonly ready?: string;
}

const READY_WITHIN = 30_000;

/**
 * Runs a program and ends it when its standard input ends. That is when this process ends, however it does: a
 * handler of its own would not run where it is killed.
 */
const KEEPER = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3; kill -KILL $server; } >/dev/null 2>&1 &
wait $server`;

/** Starts a server and waits until it answers; throws with the end of its log where it does not. */
export async function startServer({ program, argv, port, environment, ready }: ServerProgram): Promise<RealServer> {
  const folder = temporaryFolder();
  const logFile = join(folder, "server.log");
  const output = openSync(logFile, "a");
  const keeper = spawn("sh", ["-c", KEEPER, "sh", program, ...argv], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, ...environment },
    stdio: ["pipe", output, output],
  });
  closeSync(output);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    keeper.once("error", () => resolve());
    keeper.once("exit", () => resolve());
  }).then(() => void (hasEnded = true));

  const host = `127.0.0.1:${port}`;
  const server: RealServer = {
    address: `http://${host}`,
    host,
    log: () => readFileSync(logFile, "utf8"),
    stop: async () => {
      keeper.stdin?.destroy();
      await ended;
    },
  };
  after(server.stop);

  const limit = Date.now() + READY_WITHIN;
  while (!(ready === undefined ? await takesConnections(port) : await answers(`${server.address}${ready}`))) {
    if (hasEnded || Date.now() > limit) {
      const what = hasEnded ? "ended before it answered" : `did not answer within ${READY_WITHIN / 1000} s`;
      await server.stop();
      throw new Error(`${program} ${what}:\n${server.log().trimEnd().split("\n").slice(-15).join("\n")}`);
    }
    await delay(50);
  }
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** A port of the loopback that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
