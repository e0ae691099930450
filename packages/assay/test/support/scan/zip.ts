import { deflateRawSync } from "node:zlib";
import { crc32 } from "node:zlib";
import { bytes, littleEndian } from "./bytes.ts";

/** A member of an archive that is written by hand; every number of both headers can be another than the right one. */
export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly method?: number;
  readonly flags?: number;
  /** Of the header before the data, where it differs. */
  readonly local?: {
    readonly name?: string;
    readonly flags?: number;
    readonly method?: number;
    readonly crc?: number;
    readonly size?: number;
    readonly compressedSize?: number;
    readonly extra?: Uint8Array;
  };
  /** Of the directory's entry, where it differs. */
  readonly central?: {
    readonly name?: string;
    readonly flags?: number;
    readonly method?: number;
    readonly crc?: number;
    readonly size?: number;
    readonly compressedSize?: number;
    readonly extra?: Uint8Array;
    readonly offset?: number;
    readonly attributes?: number;
    readonly system?: number;
    readonly disk?: number;
    readonly version?: number;
  };
  /** Bytes between header and directory: the descriptor after the data. */
  readonly descriptor?: Uint8Array | "short" | "long" | "bare";
  /** Not in the directory. */
  readonly isUnlisted?: boolean;
  /** In the directory only: its data is that of the member with this index. */
  readonly sharesWith?: number;
  /** Before this member. */
  readonly gap?: Uint8Array;
}

export interface ZipOptions {
  readonly prefix?: Uint8Array;
  /** Whether offsets count from the archive's start, as when a file was put in front of it. */
  readonly isPrefixUncounted?: boolean;
  readonly suffix?: Uint8Array;
  readonly comment?: Uint8Array | string;
  readonly zip64?: boolean;
  /** Of the end records, where they differ. */
  readonly end?: {
    readonly count?: number;
    readonly size?: number;
    readonly offset?: number;
    readonly commentLength?: number;
    readonly disk?: number;
  };
  readonly end64?: {
    readonly count?: number;
    readonly size?: number;
    readonly offset?: number;
    readonly locator?: number;
    readonly recordSize?: number;
  };
  /** Between the directory and its end record. */
  readonly beforeEnd?: Uint8Array;
}

/** A zip archive, right or wrong (APPNOTE 4.3). */
export function zip(parts: readonly ZipPart[], options: ZipOptions = {}): Uint8Array {
  const shift = options.isPrefixUncounted === true ? (options.prefix?.length ?? 0) : 0;
  const body: Uint8Array[] = [options.prefix ?? bytes()];
  const entries: Uint8Array[] = [];
  const offsets: number[] = [];
  let at = body[0]?.length ?? 0;
  for (const part of parts) {
    const { local, content, facts } = encode(part);
    const offset = part.sharesWith === undefined ? at + (part.gap?.length ?? 0) : (offsets[part.sharesWith] ?? 0);
    offsets.push(offset);
    if (part.sharesWith === undefined) {
      const piece = bytes(part.gap ?? bytes(), local, content, descriptor(part, facts));
      body.push(piece);
      at += piece.length;
    }
    if (part.isUnlisted !== true) entries.push(entry(part, facts, offset - shift));
  }
  const directory = bytes(...entries);
  const beforeEnd = options.beforeEnd ?? bytes();
  const place = { count: entries.length, size: directory.length, offset: at - shift };
  const end64At = at + directory.length + beforeEnd.length;
  return bytes(
    ...body,
    directory,
    beforeEnd,
    options.zip64 === true ? end64(place, end64At, options) : bytes(),
    end(place, options),
    options.suffix ?? bytes(),
  );
}

interface Facts {
  readonly crc: number;
  readonly size: number;
  readonly compressedSize: number;
  readonly method: number;
  readonly flags: number;
}

function encode(part: ZipPart): { readonly local: Uint8Array; readonly content: Uint8Array; readonly facts: Facts } {
  const data = Buffer.from(part.data as Uint8Array);
  const method = part.method ?? 0;
  const content = method === 8 ? deflateRawSync(data) : data;
  const facts = { crc: crc32(data), size: data.length, compressedSize: content.length, method, flags: part.flags ?? 0 };
  const { name = part.name, extra = bytes(), ...rest } = part.local ?? {};
  const follows = part.descriptor !== undefined;
  const stated = { ...facts, ...(follows && { crc: 0, size: 0, compressedSize: 0 }), ...rest };
  const local = bytes(
    "PK\u0003\u0004",
    littleEndian(0, 2),
    littleEndian(stated.flags, 2),
    littleEndian(stated.method, 2),
    littleEndian(0, 4),
    littleEndian(stated.crc, 4),
    littleEndian(stated.compressedSize, 4),
    littleEndian(stated.size, 4),
    littleEndian(Buffer.byteLength(name), 2),
    littleEndian(extra.length, 2),
    name,
    extra,
  );
  return { local, content, facts };
}

function descriptor({ descriptor: kind }: ZipPart, { crc, size, compressedSize }: Facts): Uint8Array {
  if (kind === undefined || kind instanceof Uint8Array) return kind ?? bytes();
  const width = kind === "long" ? 8 : 4;
  return bytes(
    kind === "bare" ? "" : "PK\u0007\u0008",
    littleEndian(crc, 4),
    littleEndian(compressedSize, width),
    littleEndian(size, width),
  );
}

function entry(part: ZipPart, facts: Facts, offset: number): Uint8Array {
  const { name = part.name, extra = bytes(), attributes = 0, system = 0, disk = 0, version = 0, ...rest } = part.central ?? {};
  const stated = { ...facts, offset, ...rest };
  return bytes(
    "PK\u0001\u0002",
    littleEndian(system << 8, 2),
    littleEndian(version, 2),
    littleEndian(stated.flags, 2),
    littleEndian(stated.method, 2),
    littleEndian(0, 4),
    littleEndian(stated.crc, 4),
    littleEndian(stated.compressedSize, 4),
    littleEndian(stated.size, 4),
    littleEndian(Buffer.byteLength(name), 2),
    littleEndian(extra.length, 2),
    littleEndian(0, 2),
    littleEndian(disk, 2),
    littleEndian(0, 2),
    littleEndian(attributes, 4),
    littleEndian(stated.offset, 4),
    name,
    extra,
  );
}

interface Place {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

function end(place: Place, { comment = "", end: other = {} }: ZipOptions): Uint8Array {
  const { count, size, offset, disk = 0, commentLength = Buffer.from(comment as Uint8Array).length } = { ...place, ...other };
  return bytes(
    "PK\u0005\u0006",
    littleEndian(disk, 2),
    littleEndian(disk, 2),
    littleEndian(count, 2),
    littleEndian(count, 2),
    littleEndian(size, 4),
    littleEndian(offset, 4),
    littleEndian(commentLength, 2),
    comment,
  );
}

/** The 64-bit end record and its locator, as PyTorch writes them for every archive. */
function end64(place: Place, at: number, { end64: other = {} }: ZipOptions): Uint8Array {
  const { count, size, offset, locator = at, recordSize = 44 } = { ...place, ...other };
  return bytes(
    "PK\u0006\u0006",
    littleEndian(recordSize, 8),
    littleEndian(0x031e, 2),
    littleEndian(0x2d, 2),
    littleEndian(0, 4),
    littleEndian(0, 4),
    littleEndian(count, 8),
    littleEndian(count, 8),
    littleEndian(size, 8),
    littleEndian(offset, 8),
    "PK\u0006\u0007",
    littleEndian(0, 4),
    littleEndian(locator, 8),
    littleEndian(1, 4),
  );
}

/** One extra field. */
export function extraField(id: number, data: Uint8Array | string): Uint8Array {
  return bytes(littleEndian(id, 2), littleEndian(Buffer.from(data as Uint8Array).length, 2), data);
}
