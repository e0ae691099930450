// The process that all servers of one stack live under. It leads a process group of its own, and lives exactly as
// long as the channel to the process that started it: when that ends, for whatever reason, the whole group is killed.
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeAuthorities } from "./authorities.ts";
import { startIssuer } from "./issuer.ts";
import { startLogFront } from "./log-front.ts";
import type { Ports } from "./ports.ts";
import { serverCommands, type ServerCommand } from "./servers.ts";
import type { ServerName } from "./versions.ts";

export interface Setup {
  readonly folder: string;
  /** Whether the folder is to be there when the stack has ended. */
  readonly keepsFolder: boolean;
  readonly ports: Ports;
  readonly rekor2: ServerName;
  readonly binaries: readonly (readonly [ServerName, string])[];
}

/** The servers that can be stopped and started again while the others run. */
export type Service = "fulcio" | "tsa" | "rekor2" | "rekor1" | "issuer";

export type Order =
  | { readonly number: number; readonly what: "start"; readonly setup: Setup }
  | { readonly number: number; readonly what: "stop" | "restart"; readonly service: Service }
  | { readonly number: number; readonly what: "end" };

export interface Answer {
  readonly number: number;
  readonly problem?: string;
}

const READY_WITHIN = 30_000;

const children = new Map<ServerName, ChildProcess>();
const fronts = new Map<Service, Server>();
let setup: Setup | undefined;
let isEnding = false;

process.on("disconnect", end);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
process.on("uncaughtException", (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  end();
});
process.on("message", (order: Order) => {
  carryOut(order).then(
    () => reply({ number: order.number }),
    (error: unknown) => reply({ number: order.number, problem: error instanceof Error ? error.message : String(error) }),
  );
});

function reply(answer: Answer): void {
  if (process.connected) process.send?.(answer);
}

async function carryOut(order: Order): Promise<void> {
  if (order.what === "end") end();
  else if (order.what === "start") await startAll(order.setup);
  else if (order.what === "stop") await stopService(order.service);
  else await startService(order.service);
}

/** Kills every server, forgets the folder, and ends with the rest of the process group, so that nothing is left. */
function end(): void {
  if (isEnding) return;
  isEnding = true;
  for (const child of children.values()) child.kill("SIGKILL");
  try {
    if (setup?.keepsFolder === false) rmSync(setup.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } finally {
    process.kill(-process.pid, "SIGKILL");
  }
}

async function startAll(given: Setup): Promise<void> {
  setup = given;
  for (const name of ["logs", "ct-log", "rekor2"]) mkdirSync(join(given.folder, name), { recursive: true });
  await startService("issuer");
  for (const row of commands()) await Promise.all(row.map(startServer));
  await startFront();
}

function commands(): readonly (readonly ServerCommand[])[] {
  const { folder, ports, rekor2 } = theSetup();
  return serverCommands({ folder, ports, authorities: makeAuthorities(join(folder, "keys")) }, rekor2);
}

function theSetup(): Setup {
  if (setup === undefined) throw new Error("the stack was not started");
  return setup;
}

async function startFront(): Promise<void> {
  const { ports, folder } = theSetup();
  fronts.set("rekor2", await startLogFront(ports.rekor2, ports.rekor2Server, join(folder, "rekor2")));
}

async function startService(service: Service): Promise<void> {
  const { ports, folder } = theSetup();
  if (service === "issuer") {
    fronts.set("issuer", await startIssuer(ports.issuer, makeAuthorities(join(folder, "keys")).issuerKey));
    return;
  }
  const command = commands()
    .flat()
    .find(({ server }) => server === serverOf(service));
  if (command === undefined) throw new Error(`no server ${service}`);
  await startServer(command);
  if (service === "rekor2") await startFront();
}

function serverOf(service: Service): ServerName {
  if (service === "rekor2") return theSetup().rekor2;
  return service as ServerName;
}

async function stopService(service: Service): Promise<void> {
  const front = fronts.get(service);
  fronts.delete(service);
  front?.close();
  front?.closeAllConnections();
  const child = service === "issuer" ? undefined : children.get(serverOf(service));
  if (child === undefined) return;
  children.delete(serverOf(service));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

async function startServer({ server, words, ready }: ServerCommand): Promise<void> {
  const { folder, binaries } = theSetup();
  const binary = new Map(binaries).get(server);
  if (binary === undefined) throw new Error(`${server} is not built`);
  const logFile = join(folder, "logs", `${server}.log`);
  const log = openSync(logFile, "a");
  const child = spawn(binary, words, { stdio: ["ignore", log, log], cwd: folder });
  closeSync(log);
  children.set(server, child);
  let problem: string | undefined;
  child.once("error", (error) => (problem = error.message));
  child.once("exit", (code, signal) => (problem = `it ended (${signal ?? code})`));
  for (const limit = Date.now() + READY_WITHIN; !(await answers(ready)); await sleep(25)) {
    if (problem === undefined && Date.now() > limit) problem = `it does not answer within ${READY_WITHIN / 1000} s`;
    if (problem !== undefined) throw new Error(`${server}: ${problem}\n${lastLines(logFile)}`);
  }
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}

async function answers(ready: string | number): Promise<boolean> {
  if (typeof ready === "number") return await takesConnections(ready);
  try {
    const response = await fetch(ready, { signal: AbortSignal.timeout(1000), redirect: "error" });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
