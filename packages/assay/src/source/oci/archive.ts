import { createHash, type Hash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import type { PieceListener } from "../../network/streamed-answer.ts";
import type { RemoteFile } from "../remote/remote-model.ts";
import { KeptParts, type KeepingBudget } from "./kept-parts.ts";
import { layerNotUnderstood } from "./layer-fault.ts";
import { passArchive, type ArchiveLayer } from "./pass-archive.ts";
import { TarStream, type TarFile } from "./tar-stream.ts";

/** A layer of this size is read whole to list it, also where it could be passed over by ranges. */
const READ_WHOLE_BYTES = 4 * 1024 * 1024;
const FIRST_WINDOW_BYTES = 64 * 1024;
const LAST_WINDOW_BYTES = 4 * 1024 * 1024;
/** What one reading of a compressed layer keeps for the reads that follow. */
const KEPT_WINDOW_BYTES = 16 * 1024 * 1024;
/** Readings of one compressed layer for parts of its files. */
const MAX_READINGS = 24;

/** A file in an archive, and what is known of it since the archive was listed. */
interface Member {
  readonly file: RemoteFile;
  readonly inner: TarFile;
  /** Of all its bytes, where these were read. */
  readonly sha256: string | undefined;
  readonly kept: KeptParts | undefined;
}

interface Window {
  readonly file: RemoteFile;
  readonly from: number;
  readonly bytes: Uint8Array;
}

/** An archive in a registry, listed. */
export class Archive {
  readonly files: readonly RemoteFile[];
  /** Whether all of it was read to list it. */
  readonly isRead: boolean;
  readonly #layer: ArchiveLayer;
  readonly #members: ReadonlyMap<RemoteFile, Member>;
  readonly #byOffset: ReadonlyMap<number, Member>;
  #window: Window | undefined;
  #readings = 0;
  /** One reading of a compressed layer at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(layer: ArchiveLayer, members: readonly Member[], isRead: boolean) {
    this.#layer = layer;
    this.isRead = isRead;
    this.files = members.map(({ file }) => file);
    this.#members = new Map(members.map((member) => [member.file, member]));
    this.#byOffset = new Map(members.map((member) => [member.inner.offset, member]));
  }

  /** The SHA-256 of a file whose bytes were read when the archive was listed. */
  digestRead(file: RemoteFile): string | undefined {
    return this.#members.get(file)?.sha256;
  }

  /** Bytes `from` up to `end` of a file. */
  async read(file: RemoteFile, from: number, end: number, onPiece: PieceListener): Promise<void> {
    const member = this.#members.get(file);
    if (member === undefined) throw new AssayError("INTERNAL", `${file.name} is not a file of ${this.#layer.place}`);
    const kept = member.kept?.part(from, end);
    if (kept !== undefined) {
      await onPiece(kept);
      return;
    }
    if (!this.isRead) return this.#layer.transfer(member.inner.offset + from, member.inner.offset + end, onPiece);
    if (from === 0 && end === file.size) return this.#whole(file, onPiece);
    const reading = this.#last.then(async () => this.#part(member, from, end));
    this.#last = reading.catch(() => {});
    await onPiece(await reading);
  }

  /** Whether reading these together is one reading of the layer, and no more than it costs alone. */
  isBestTogether(files: readonly RemoteFile[]): boolean {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return this.#layer.compression !== "none" || 2 * bytes >= this.#layer.layer.size;
  }

  /**
   * All bytes of some of its files, in the order of the archive: one reading of all of it, in which its own digest is checked. A piece is
   * used again when the listener returns.
   */
  async stream(
    files: readonly RemoteFile[],
    onPiece: (file: RemoteFile, piece: Uint8Array) => void,
    settled?: () => Promise<unknown>,
  ): Promise<void> {
    const wanted = new Set(files);
    let current: RemoteFile | undefined;
    let found = 0;
    await passArchive(
      this.#layer,
      {
        file: (file) => {
          const { file: listed } = this.#listed(file);
          current = wanted.has(listed) ? listed : undefined;
          if (current !== undefined) found++;
        },
        content: (bytes) => {
          if (current !== undefined) onPiece(current, bytes);
        },
      },
      settled,
    );
    if (found !== wanted.size) throw this.#changed();
  }

  async #whole(file: RemoteFile, onPiece: PieceListener): Promise<void> {
    let pending: Promise<void>[] = [];
    const settled = async (): Promise<void> => {
      const waiting = pending;
      pending = [];
      await Promise.all(waiting);
    };
    const take = (_: RemoteFile, piece: Uint8Array): void => {
      // Copied, which `slice` of a Buffer does not: the receiver may hold it until its promise settles.
      const taken = onPiece(new Uint8Array(piece));
      if (taken !== undefined) pending.push(taken);
    };
    await this.stream([file], take, settled);
    await settled();
  }

  /** What passes must be what was listed. */
  #listed({ name, size, offset }: TarFile): Member {
    const member = this.#byOffset.get(offset);
    if (member === undefined || member.inner.size !== size || member.inner.name !== name) throw this.#changed();
    return member;
  }

  #changed(): AssayError {
    const { place, host } = this.#layer;
    return new AssayError("REMOTE_CHANGED", `${place} is not the archive that ${host} gave before`);
  }

  /** A part of a file in a layer that is read whole: its digest is checked again, and some of what follows the part is kept. */
  async #part(member: Member, from: number, end: number): Promise<Uint8Array> {
    const { file } = member;
    const known = this.#window;
    if (known?.file === file && known.from <= from && end <= known.from + known.bytes.length)
      return known.bytes.subarray(from - known.from, end - known.from);
    if (++this.#readings > MAX_READINGS) {
      throw layerNotUnderstood(
        this.#layer.place,
        `reading inside of ${JSON.stringify(file.name)} takes over ${MAX_READINGS} readings of the compressed layer`,
      );
    }
    const start = file.size <= KEPT_WINDOW_BYTES ? 0 : from;
    const bytes = new Uint8Array(Math.max(end, Math.min(file.size, start + KEPT_WINDOW_BYTES)) - start);
    let at = 0;
    await this.stream([file], (_, piece) => {
      const skipped = Math.max(0, start - at);
      const room = bytes.length - Math.max(0, at - start);
      if (skipped < piece.length && room > 0) bytes.set(piece.subarray(skipped, skipped + room), Math.max(0, at - start));
      at += piece.length;
    });
    this.#window = { file, from: start, bytes };
    return bytes.subarray(from - start, end - start);
  }
}

/**
 * Lists the files of an archive. A compressed one is read whole for that, since names are all over it: every file is hashed as it
 * passes, and what questions read of files is kept within a bound. Of another one only headers are read. `folder` is put before names.
 *
 * Throws as `passArchive`.
 */
export async function listArchive(layer: ArchiveLayer, folder: string, budget: KeepingBudget): Promise<Archive> {
  const isRead = layer.compression !== "none" || layer.layer.size <= READ_WHOLE_BYTES;
  return new Archive(layer, isRead ? await readWhole(layer, folder, budget) : await readHeaders(layer, folder), isRead);
}

async function readWhole(layer: ArchiveLayer, folder: string, budget: KeepingBudget): Promise<readonly Member[]> {
  const members: Member[] = [];
  let open: { readonly file: TarFile; readonly hash: Hash; readonly kept: KeptParts } | undefined;
  const finish = (): void => {
    if (open === undefined) return;
    const { file, hash, kept } = open;
    members.push({ file: remoteFile(folder, file), inner: file, sha256: hash.digest("hex"), kept });
    open = undefined;
  };
  await passArchive(layer, {
    file: (file) => {
      finish();
      open = { file, hash: createHash("sha256"), kept: new KeptParts(file.size, budget) };
    },
    content: (bytes) => {
      open?.hash.update(bytes);
      open?.kept.add(bytes);
    },
  });
  finish();
  return members;
}

async function readHeaders({ layer, place, transfer }: ArchiveLayer, folder: string): Promise<readonly Member[]> {
  const members: Member[] = [];
  const tar = new TarStream(
    {
      file: (file) => members.push({ file: remoteFile(folder, file), inner: file, sha256: undefined, kept: undefined }),
      content: () => {},
    },
    place,
  );
  let at = 0;
  let window = FIRST_WINDOW_BYTES;
  while (at < layer.size) {
    const skippable = tar.skippable;
    if (skippable > layer.size - at) throw layerNotUnderstood(place, "its tar is truncated");
    if (skippable > window) {
      tar.skip();
      at += skippable;
      window = FIRST_WINDOW_BYTES;
      continue;
    }
    const end = Math.min(layer.size, at + window);
    await transfer(at, end, (piece) => {
      tar.push(piece);
      return undefined;
    });
    at = end;
    // Archives of small files are read in larger parts.
    window = Math.min(2 * window, LAST_WINDOW_BYTES);
  }
  tar.end();
  return members;
}

function remoteFile(folder: string, { name, size }: TarFile): RemoteFile {
  return { name: `${folder}${name}`, size, digest: undefined };
}
