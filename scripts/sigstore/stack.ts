// A private Sigstore on this machine: for tests, and by hand.
// By hand: node scripts/sigstore/stack.ts [--folder DIR] [--first-port N]
import { fork, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeAuthorities, type Authorities } from "./authorities.ts";
import { buildServers } from "./build.ts";
import { choosePorts, type Ports } from "./ports.ts";
import type { Answer, Order, Service, Setup } from "./supervisor.ts";
import { writeTrustFiles, type RekorVersion, type TrustFiles, type Urls } from "./trust-config.ts";
import { STACK, type ServerName } from "./versions.ts";

export interface StackOptions {
  /** Kept, with keys and logs, so that the next start trusts what this one signed. The default is a temporary one. */
  readonly folder?: string;
  /** Twelve consecutive ports from here. The default is whatever is free. */
  readonly firstPort?: number;
  /** Which Rekor 2: the older one takes DSSE envelopes whole. */
  readonly rekor2?: "rekor2" | "rekor2-older";
  readonly say?: (line: string) => void;
}

export interface Stack {
  readonly folder: string;
  readonly urls: Urls;
  readonly authorities: Authorities;
  readonly trust: Readonly<Record<RekorVersion, TrustFiles>>;
  /** An identity token; `ttl` in seconds, negative for one that has expired. */
  token(claims?: Readonly<Record<string, string>>): Promise<string>;
  stop(service: Service): Promise<void>;
  restart(service: Service): Promise<void>;
  /** Kills everything and removes a temporary folder. Happens by itself when this process ends in any way. */
  end(): Promise<void>;
}

/** Builds what is missing, starts all servers, and resolves when each of them answers. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const rekor2 = options.rekor2 ?? "rekor2";
  const names = STACK.map((name): ServerName => (name === "rekor2" ? rekor2 : name));
  const binaries = buildServers(names, options.say);
  const keepsFolder = options.folder !== undefined;
  const folder = keepsFolder ? resolve(options.folder) : mkdtempSync(join(tmpdir(), "assay-sigstore-"));
  mkdirSync(folder, { recursive: true });
  const ports = await choosePorts(options.firstPort);
  const supervisor = new Supervisor();
  try {
    await supervisor.order({ what: "start", setup: { folder, keepsFolder, ports, rekor2, binaries: [...binaries] } });
  } catch (error) {
    await supervisor.end();
    if (!keepsFolder) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const urls = urlsOf(ports);
  const authorities = makeAuthorities(join(folder, "keys"));
  return {
    folder,
    urls,
    authorities,
    trust: { 1: writeTrustFiles(folder, 1, authorities, urls), 2: writeTrustFiles(folder, 2, authorities, urls) },
    async token(claims = {}) {
      const response = await fetch(`${urls.issuer}/token?${new URLSearchParams(claims).toString()}`);
      return await response.text();
    },
    stop: (service) => supervisor.order({ what: "stop", service }),
    restart: (service) => supervisor.order({ what: "restart", service }),
    end: () => supervisor.end(),
  };
}

function urlsOf(ports: Ports): Urls {
  return {
    issuer: `http://127.0.0.1:${ports.issuer}`,
    fulcio: `http://localhost:${ports.fulcio}`,
    ctLog: `http://localhost:${ports.ctLog}`,
    tsa: `http://localhost:${ports.tsa}/api/v1/timestamp`,
    rekor2: `http://localhost:${ports.rekor2}`,
    rekor1: `http://localhost:${ports.rekor1}`,
  };
}

type Unnumbered = { what: "start"; setup: Setup } | { what: "stop" | "restart"; service: Service };

/** The other end of supervisor.ts. */
class Supervisor {
  readonly #child: ChildProcess;
  readonly #exit: Promise<void>;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #number = 0;

  constructor() {
    const file = fileURLToPath(new URL("supervisor.ts", import.meta.url));
    // Its own process group: Ctrl-C does not reach it, and it can kill all that it started with one call.
    this.#child = fork(file, { detached: true, stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
    this.#child.on("message", (answer: Answer) => {
      this.#waiting.get(answer.number)?.(answer);
      this.#waiting.delete(answer.number);
    });
    this.#exit = new Promise((resolve) => {
      this.#child.once("exit", () => {
        for (const [number, settle] of this.#waiting) settle({ number, problem: "the servers were killed" });
        resolve();
      });
    });
  }

  async order(order: Unnumbered): Promise<void> {
    const number = ++this.#number;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(number, resolve);
      this.#child.send({ ...order, number } satisfies Order);
    });
    if (answer.problem !== undefined) throw new Error(answer.problem);
  }

  async end(): Promise<void> {
    if (this.#child.connected) this.#child.send({ what: "end", number: 0 } satisfies Order);
    await this.#exit;
  }
}

if (import.meta.main) await byHand();

async function byHand(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: "string" }, "first-port": { type: "string" } } });
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const stack = await startStack({
    ...(values.folder === undefined ? {} : { folder: values.folder }),
    ...(values["first-port"] === undefined ? {} : { firstPort: Number(values["first-port"]) }),
    say: print,
  });
  print(`A private Sigstore is running; Ctrl-C ends it.

  identity provider     ${stack.urls.issuer}
  certificate authority ${stack.urls.fulcio}
  timestamp authority   ${stack.urls.tsa}
  Rekor 2               ${stack.urls.rekor2}
  Rekor 1               ${stack.urls.rekor1}
  trust configuration   ${stack.trust[2].clientTrustConfig} (Rekor 2)
                        ${stack.trust[1].clientTrustConfig} (Rekor 1)
  trusted root          ${stack.trust[2].trustedRoot}

  assay sign sigstore MODEL --trust-config ${stack.trust[2].clientTrustConfig} \\
    --identity-token "$(curl -s '${stack.urls.issuer}/token?email=alice@example.com')"
  assay verify sigstore MODEL --trust-config ${stack.trust[2].clientTrustConfig} \\
    --identity alice@example.com --identity-provider ${stack.urls.issuer}
`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stack.end());
}
