import { decodeBase64 } from "../encoding/base64.ts";
import { writeDer, positiveInteger } from "../encoding/der-writer.ts";
import { TAG } from "../encoding/der.ts";
import { AssayError } from "../core/error.ts";

/** AlgorithmIdentifiers, DER: RFC 8410 section 3, RFC 5480 section 2.1.1, RFC 3279 section 2.3.1. */
const ED25519 = Uint8Array.of(0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70);
export const RSA = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
const EC = Uint8Array.of(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
const CURVES: ReadonlyMap<string, Uint8Array> = new Map([
  ["nistp256", Uint8Array.of(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07)],
  ["nistp384", Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22)],
  ["nistp521", Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23)],
]);

const LINE = /^(\S+) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?$/;

/**
 * The SubjectPublicKeyInfo (DER) of an OpenSSH public key, one line of type, base64 and comment: RFC 4253
 * section 6.6, RFC 5656 section 3.1, RFC 8709 section 4. ssh-keygen converts some kinds only, so that it is
 * read here. Throws KEY_INVALID, also for keys on a security token (sk-…), whose signatures are over more than the data.
 */
export function readSshPublicKey(text: string): Uint8Array {
  const [line = "", ...more] = text.trim().split(/\r?\n/);
  const [, type = "", base64 = ""] = LINE.exec(line) ?? [];
  if (more.length > 0 || type === "") throw refused("holds more than one line, or a line that is not one key");
  const fields = new WireReader(decodeBase64(base64, "KEY_INVALID", "the OpenSSH public key"));
  if (fields.text() !== type) throw refused("names two kinds of key");
  const spki = readFields(type, fields);
  fields.end();
  return spki;
}

function readFields(type: string, fields: WireReader): Uint8Array {
  switch (type) {
    case "ssh-ed25519":
      return spkiOf(ED25519, fields.bytes());
    case "ssh-rsa": {
      const [exponent, modulus] = [fields.bytes(), fields.bytes()].map((number) => writeDer(TAG.integer, positiveInteger(number)));
      return spkiOf(RSA, writeDer(TAG.sequence, modulus ?? new Uint8Array(), exponent ?? new Uint8Array()));
    }
    case "ecdsa-sha2-nistp256":
    case "ecdsa-sha2-nistp384":
    case "ecdsa-sha2-nistp521": {
      const name = fields.text();
      const curve = CURVES.get(name);
      if (curve === undefined || type !== `ecdsa-sha2-${name}`) throw refused("names two curves");
      return spkiOf(writeDer(TAG.sequence, EC, curve), fields.bytes());
    }
    default:
      throw new AssayError("KEY_INVALID", `an OpenSSH key of the kind ${type} cannot sign models`);
  }
}

export function spkiOf(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return writeDer(TAG.sequence, algorithm, writeDer(TAG.bitString, Uint8Array.of(0), key));
}

/** Reads `string` of RFC 4251 section 5: a length of four octets, and so many bytes. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    const start = this.#offset;
    this.#offset += 4;
    if (this.#offset > this.#bytes.length) throw refused("ends in the middle of a field");
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset).getUint32(start);
  }

  bytes(): Uint8Array {
    const length = this.number();
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw refused("ends in the middle of a field");
    this.#offset += length;
    return this.#bytes.subarray(start, this.#offset);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw refused("has data after its last field");
  }
}

function refused(why: string): AssayError {
  return new AssayError("KEY_INVALID", `the OpenSSH key ${why}`);
}
