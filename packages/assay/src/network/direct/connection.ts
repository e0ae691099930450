import { connect, isIP, type OnReadOpts, type Socket, type TcpSocketConnectOpts } from "node:net";
import { connect as connectWithTls } from "node:tls";
import type { GuardedLookup } from "../guarded-lookup.ts";
import { HeadReceiver } from "./head-receiver.ts";
import type { Receiver } from "./receiver.ts";

/** How a connection is opened. */
export interface ConnectionOptions {
  readonly certificateAuthorities?: readonly string[] | undefined;
  readonly lookup?: GuardedLookup | undefined;
}

/**
 * A connection to a server, whose bytes are read into buffers of the receiver's: nothing is allocated for a read.
 * The certificate of a server with TLS is checked as Node checks it, and no variable of the environment turns that off.
 */
export class Connection {
  readonly #socket: Socket;
  /** Takes what arrives while no body does. */
  readonly heads: HeadReceiver = new HeadReceiver();
  #receiver: Receiver = this.heads;
  #error: unknown;
  isOpen = true;
  /** Bytes that have arrived so far. */
  received = 0;

  constructor(url: URL, { certificateAuthorities, lookup }: ConnectionOptions) {
    const onread: OnReadOpts = {
      buffer: () => this.#receiver.room,
      callback: (count) => {
        this.received += count;
        return this.#receiver.arrived(count);
      },
    };
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
    const place = { host, port, onread, ...(lookup === undefined ? {} : { lookup }) } satisfies TcpSocketConnectOpts & {
      onread: OnReadOpts;
    };
    if (url.protocol === "http:") this.#socket = connect(place);
    else {
      const names = isIP(host) === 0 ? { servername: host } : {};
      const ca = certificateAuthorities === undefined ? {} : { ca: [...certificateAuthorities] };
      this.#socket = connectWithTls({ ...place, ...names, ...ca, rejectUnauthorized: true, ALPNProtocols: ["http/1.1"] });
    }
    this.#socket.setNoDelay(true);
    this.#socket.on("error", (error) => (this.#error ??= error));
    const end = (): void => {
      if (!this.isOpen) return;
      this.isOpen = false;
      this.#socket.destroy();
      this.#receiver.ended(this.#error);
    };
    this.#socket.on("timeout", () => this.destroy());
    this.#socket.on("end", end);
    this.#socket.on("close", end);
  }

  /** The address connected to; undefined while connecting. */
  get address(): string | undefined {
    return this.#socket.remoteAddress;
  }

  /** Bytes that arrive from now on are the receiver's. It begins in the room of the one before. */
  receiveWith(receiver: Receiver): void {
    this.#receiver = receiver;
  }

  send(head: string, body: Uint8Array | undefined): void {
    this.#socket.write(head, "latin1");
    if (body !== undefined && body.length > 0) this.#socket.write(body);
  }

  /** Asks for more bytes after `arrived` wanted none. */
  resume(): void {
    this.#socket.resume();
  }

  /** Keeps the connection for another request, for so long; it does not keep the process. */
  idle(milliseconds: number): void {
    this.heads.onUnasked = () => this.destroy();
    this.#socket.setTimeout(milliseconds);
    this.#socket.unref();
    // The end of the connection is seen only while reading.
    this.#socket.resume();
  }

  /** Ends what `idle` began. */
  use(): void {
    this.#socket.setTimeout(0);
    this.#socket.ref();
  }

  /** Ends the connection; the receiver is told nothing. */
  destroy(): void {
    this.isOpen = false;
    this.#socket.destroy();
  }
}
