import { createServer, type AddressInfo, type Server } from "node:net";

/** Where every server listens, all on 127.0.0.1. */
export interface Ports {
  readonly issuer: number;
  readonly fulcio: number;
  readonly fulcioGrpc: number;
  readonly fulcioMetrics: number;
  readonly ctLog: number;
  readonly tsa: number;
  /** Rekor 2 as clients reach it, and the server behind. */
  readonly rekor2: number;
  readonly rekor2Server: number;
  readonly rekor2Grpc: number;
  readonly rekor2Metrics: number;
  readonly rekor1: number;
  readonly trillian: number;
}

const COUNT = 12;

/** Consecutive ports from `first`, or ports that are free at this moment. */
export async function choosePorts(first: number | undefined): Promise<Ports> {
  const numbers = first === undefined ? await freePorts() : Array.from({ length: COUNT }, (_, index) => first + index);
  const next = (): number => {
    const port = numbers.shift();
    if (port === undefined) throw new Error(`more ports than ${COUNT}`);
    return port;
  };
  return {
    issuer: next(),
    fulcio: next(),
    ctLog: next(),
    tsa: next(),
    rekor2: next(),
    rekor1: next(),
    fulcioGrpc: next(),
    fulcioMetrics: next(),
    rekor2Server: next(),
    rekor2Grpc: next(),
    rekor2Metrics: next(),
    trillian: next(),
  };
}

/** All held at once, so that none is given twice. */
async function freePorts(): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: COUNT }, listen));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server));
  });
}
