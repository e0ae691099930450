import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fetcher } from "tuf-js";
import { AssayError } from "../core/error.ts";
import type { HttpClient } from "../network/http.ts";
import { shownUrl } from "../network/url.ts";

interface FetcherOptions {
  readonly http: HttpClient;
  /** A folder of this refresh alone, where what is downloaded is kept until it is checked. */
  readonly folder: string;
  /** What the library throws for a status, which tells it where the chain of root metadata ends. */
  readonly statusError: (message: string, status: number) => Error;
  /** For everything together. */
  readonly timeoutMs: number;
}

/** No file of a repository is larger, whatever its metadata says. */
const MAX_BYTES = 5_000_000;
/** A proxy alone may take ten seconds for the connection. */
const REQUEST_MS = 15_000;

/**
 * Downloads for tuf-js through our own client, so that its bounds, proxies and aborts hold. Remembers
 * why a download failed: the library passes on no more than a text.
 */
export class TufFetcher implements Fetcher {
  readonly #options: FetcherOptions;
  readonly #deadline: number;
  #count = 0;
  failure: AssayError | undefined;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#deadline = performance.now() + options.timeoutMs;
  }

  async downloadBytes(url: string, maxLength: number): Promise<Buffer> {
    try {
      return await this.#download(url, Math.min(maxLength, MAX_BYTES));
    } catch (error) {
      if (error instanceof AssayError) this.failure = error;
      throw error;
    }
  }

  async downloadFile<T>(url: string, maxLength: number, handler: (file: string) => Promise<T>): Promise<T> {
    const bytes = await this.downloadBytes(url, maxLength);
    const path = join(this.#options.folder, `download-${this.#count++}`);
    await writeFile(path, bytes, { mode: 0o600, flag: "wx" });
    return handler(path);
  }

  async #download(url: string, maxBytes: number): Promise<Buffer> {
    const { http, statusError, timeoutMs } = this.#options;
    const remaining = Math.round(this.#deadline - performance.now());
    if (remaining <= 0) {
      throw new AssayError(
        "SERVER_UNREACHABLE",
        `the TUF repository did not give everything within ${timeoutMs / 1000} s: ${shownUrl(url)}`,
      );
    }
    const { status, body } = await http.request({ url, maxBytes, timeoutMs: Math.min(REQUEST_MS, remaining) });
    if (status === 200) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if (status >= 500) throw new AssayError("SERVER_UNREACHABLE", `${shownUrl(url)} answers with status ${status}`);
    throw statusError(`${shownUrl(url)} answers with status ${status}`, status);
  }
}
