import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a server saw it; tests look at them to see what clients send, and whether they sent anything. */
export interface Received {
  readonly server: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What fails between a server and its client, whatever it was asked. */
export type Fault =
  /** The request is read, and nothing ever comes back. */
  | { readonly kind: "silence" }
  /** The connection is cut. */
  | { readonly kind: "reset" }
  /** The answer begins and is never finished. */
  | { readonly kind: "halfway" }
  /** An answer without an end. */
  | { readonly kind: "endless" }
  /** Bytes that are not HTTP. */
  | { readonly kind: "noise" }
  | { readonly kind: "answer"; readonly answer: Answer }
  /** The real answer, altered. */
  | { readonly kind: "change"; readonly change: (answer: Answer) => Answer };

export interface FaultPlan {
  readonly fault: Fault;
  /** How often it happens; always, where this is left out. */
  readonly times?: number;
  /** Only for paths that match. */
  readonly path?: RegExp;
}

export const garbage = (): FaultPlan => ({ fault: { kind: "change", change: (answer) => ({ ...answer, body: "<html>Welcome!</html>" }) } });
export const status = (code: number, times?: number, headers: Record<string, string> = {}): FaultPlan => ({
  fault: { kind: "answer", answer: { status: code, headers, body: JSON.stringify({ code, message: `status ${code} was wanted` }) } },
  ...(times === undefined ? {} : { times }),
});

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** A server on loopback, on whatever port is free, that can be told to misbehave. */
export class LoopbackServer {
  readonly name: string;
  readonly #server: Server;
  readonly #record: Received[];
  #faults: { plan: FaultPlan; left: number }[] = [];

  constructor(name: string, record: Received[], handle: (request: Received) => Answer | Promise<Answer>) {
    this.name = name;
    this.#record = record;
    this.#server = createServer((request, response) => {
      this.#serve(request, response, handle).catch((error: unknown) => send(response, { status: 500, body: String(error) }));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The faults to come, in order; without any the server behaves. */
  fail(...plans: readonly FaultPlan[]): void {
    this.#faults = plans.map((plan) => ({ plan, left: plan.times ?? Infinity }));
  }

  async #serve(
    incoming: IncomingMessage,
    response: ServerResponse,
    handle: (request: Received) => Answer | Promise<Answer>,
  ): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const url = new URL(incoming.url ?? "/", this.url);
    const request = { server: this.name, method: incoming.method ?? "", url, headers: incoming.headers, body: Buffer.concat(pieces) };
    this.#record.push(request);
    const fault = this.#faultFor(url.pathname);
    if (fault === undefined) return send(response, await handle(request));
    if (fault.kind === "change") return send(response, fault.change(await handle(request)));
    misbehave(response, fault);
  }

  #faultFor(path: string): Fault | undefined {
    const next = this.#faults.find(({ plan, left }) => left > 0 && (plan.path?.test(path) ?? true));
    if (next !== undefined) next.left--;
    return next?.plan.fault;
  }
}

function send(response: ServerResponse, { status, headers = {}, body = "" }: Answer): void {
  response.writeHead(status, { ...headers });
  response.end(body);
}

function misbehave(response: ServerResponse, fault: Exclude<Fault, { kind: "change" }>): void {
  switch (fault.kind) {
    case "silence":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "halfway":
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"half":', () => response.socket?.destroy());
      return;
    case "noise":
      response.socket?.end("\u0000\u0001 this is not HTTP\r\n\r\n");
      return;
    case "endless": {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
      };
      response.on("drain", more).on("error", () => undefined);
      more();
      return;
    }
    case "answer":
      send(response, fault.answer);
  }
}
