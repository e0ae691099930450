import { AssayError } from "../../core/error.ts";
import type { ErrorCode } from "../../core/error-codes.ts";

/** Reads the presentation language of TLS (RFC 8446 section 3), in which timestamps of certificates are encoded. */
export class TlsReader {
  readonly #bytes: Uint8Array;
  readonly #code: ErrorCode;
  readonly #what: string;
  #offset = 0;

  /** `what` is what the bytes are, for messages that come with `code`. */
  constructor(bytes: Uint8Array, code: ErrorCode, what: string) {
    this.#bytes = bytes;
    this.#code = code;
    this.#what = what;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  bytes(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new AssayError(this.#code, `${this.#what} ends in the middle of a field`);
    const field = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return field;
  }

  /** An unsigned integer of so many octets. */
  integer(octets: number): number {
    return this.bytes(octets).reduce((sum, octet) => sum * 256 + octet, 0);
  }

  /** A vector whose length is an integer of so many octets. */
  vector(lengthOctets: number): Uint8Array {
    return this.bytes(this.integer(lengthOctets));
  }

  reader(lengthOctets: number): TlsReader {
    return new TlsReader(this.vector(lengthOctets), this.#code, this.#what);
  }

  end(): void {
    if (!this.isAtEnd) throw new AssayError(this.#code, `${this.#what} has data after its last field`);
  }
}
