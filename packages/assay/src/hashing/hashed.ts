import { Buffer } from "node:buffer";
import type { AssayError } from "../core/error.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { SharedLook } from "./file-look.ts";
import type { FileLook } from "../source/second-look.ts";
import type { HashThreads } from "./hash-threads.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";
import type { FileInModel, InventoryFile } from "../source/inventory.ts";
import { digestsWanted, type HashRequest } from "./pieces.ts";
import type { WorkList } from "./work-list.ts";

/** What became of each file that was to be hashed. */
export interface HashOutcome<File extends FileInModel = InventoryFile> {
  readonly digests: Map<string, FileDigests>;
  /** By name; under "keep failures" the other files were hashed all the same. */
  readonly failures: ReadonlyMap<string, AssayError>;
  /** Small files that may be git-LFS pointers: those that begin like one, and those that were not read here. */
  readonly mayBePointers: readonly File[];
  /** The second look at the files that were hashed. */
  readonly look: FileLook;
  /**
   * For each request 1 where its digests are the expected ones, which must be as many as were asked for. Much
   * cheaper than `digests`, of which no text is made. Absent where some are from the cache.
   */
  readonly matching?: (expected: (request: number) => readonly string[]) => Uint8Array;
}

/** The outcome of one list. The digests stay bytes until they are asked for. */
export class Hashed implements HashOutcome {
  readonly failures: ReadonlyMap<string, AssayError>;
  readonly mayBePointers: InventoryFile[] = [];
  readonly look: FileLook;
  readonly #list: WorkList;
  readonly #requests: readonly HashRequest[];
  readonly #serialization: Serialization;
  #digests: Map<string, FileDigests> | undefined;

  constructor(
    list: WorkList,
    requests: readonly HashRequest[],
    serialization: Serialization,
    failures: ReadonlyMap<string, AssayError>,
    threads: HashThreads | undefined,
  ) {
    this.#list = list;
    this.#requests = requests;
    this.#serialization = serialization;
    this.failures = failures;
    this.look = new SharedLook(list, requests, threads);
    for (let index = list.pointerLike.indexOf(1); index !== -1; index = list.pointerLike.indexOf(1, index + 1)) {
      const file = requests[index]?.file;
      if (file !== undefined) this.mayBePointers.push(file);
    }
  }

  get digests(): Map<string, FileDigests> {
    this.#digests ??= this.#collect();
    return this.#digests;
  }

  matching(expected: (request: number) => readonly string[]): Uint8Array {
    const matches = new Uint8Array(this.#requests.length);
    const hex = new HexReader(this.#list.digests);
    const length = this.#hexLength();
    for (const [index, request] of this.#requests.entries()) {
      const digests = expected(index);
      const wanted = digestsWanted(request, this.#serialization);
      let isEqual = digests.length === wanted && !this.failures.has(request.file.name);
      for (let at = 0; at < wanted; at++) isEqual = hex.nextIs(digests[at] ?? "", length) && isEqual;
      if (isEqual) matches[index] = 1;
    }
    return matches;
  }

  #collect(): Map<string, FileDigests> {
    const digests = new Map<string, FileDigests>();
    const hex = new HexReader(this.#list.digests);
    const length = this.#hexLength();
    for (const request of this.#requests) {
      const own: string[] = [];
      for (let count = digestsWanted(request, this.#serialization); count > 0; count--) own.push(hex.next(length));
      const { name, size } = request.file;
      if (!this.failures.has(name)) digests.set(name, { name, digests: own, size });
    }
    return digests;
  }

  #hexLength(): number {
    return DIGEST_LENGTHS[this.#serialization.hash] * 2;
  }
}

/** Reads hex out of bytes one after another; made in large parts, which is faster and takes less memory than one by one. */
class HexReader {
  static readonly #PART_BYTES = 64 * 1024;
  readonly #bytes: Buffer;
  #read = 0;
  #part = "";
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next `length` digits; lengths that divide a part's are read without gaps. */
  next(length: number): string {
    this.#fill();
    return this.#part.slice(this.#at, (this.#at += length));
  }

  /** Whether the next `length` digits are these. */
  nextIs(digits: string, length: number): boolean {
    this.#fill();
    const isSame = digits.length === length && this.#part.startsWith(digits, this.#at);
    this.#at += length;
    return isSame;
  }

  #fill(): void {
    if (this.#at !== this.#part.length) return;
    this.#part = this.#bytes.toString("hex", this.#read, this.#read + HexReader.#PART_BYTES);
    this.#read += HexReader.#PART_BYTES;
    this.#at = 0;
  }
}
