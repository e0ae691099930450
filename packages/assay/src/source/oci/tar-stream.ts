import { BLOCK_BYTES, fieldText, readTarHeader, type TarHeader } from "../../formats/tar/header.ts";
import { readPax } from "../../formats/tar/pax.ts";
import { layerNotUnderstood, type LayerPlace } from "./layer-fault.ts";

/** A regular file in an archive. */
export interface TarFile {
  readonly name: string;
  readonly size: number;
  /** Of its first byte, from the start of the archive. */
  readonly offset: number;
}

/** What is told of an archive while it passes. */
export interface TarListener {
  file(file: TarFile): void;
  /** Bytes of the last file, in order. They are used again when it returns. */
  content(bytes: Uint8Array): void;
}

const MAX_FILES = 200_000;
const MAX_HEADERS = 3 * MAX_FILES;
/** Of names and PAX records before one member. */
const MAX_EXTENDED_BYTES = 64 * 1024;
/** What a header itself can say. */
const MAX_OCTAL_SIZE = 8 ** 11;
const MAX_SIZE = 2 ** 46;
/** Writers fill up their last record with zeros. */
const MAX_FILL_BYTES = 16 * 1024 * 1024;
const REPLACEMENT = "\u{fffd}";

const NAMES_OF_TYPES: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a pipe",
  S: "a sparse file",
};

/**
 * Reads a tar archive as it passes: POSIX ustar and PAX, and GNU's long names, regular files and folders. Whatever readers differ about
 * or that is not a plain file is refused: links, devices, sparse files, unknown types and PAX records, bytes behind the end, an archive
 * without end. Names are only decoded here.
 */
export class TarStream {
  readonly #listener: TarListener;
  readonly #place: LayerPlace;
  #at = 0;
  #state: "header" | "extension" | "content" | "padding" | "fill" = "header";
  /** The block or extension that is not whole yet. */
  #parts: Uint8Array[] = [];
  #wanted = BLOCK_BYTES;
  #extension: TarHeader | undefined;
  #extended: { readonly path?: string | undefined; readonly linkPath?: string | undefined; readonly size?: number | undefined } = {};
  #padding = 0;
  #zeroBlocks = 0;
  #fill = 0;
  #files = 0;
  #headers = 0;

  constructor(listener: TarListener, place: LayerPlace) {
    this.#listener = listener;
    this.#place = place;
  }

  /** How many of the next bytes are content or what fills it up, which a reader with ranges can pass over by `skip`. */
  get skippable(): number {
    if (this.#state === "content") return this.#wanted + this.#padding;
    return this.#state === "padding" ? this.#wanted : 0;
  }

  skip(): void {
    if (this.skippable === 0) return;
    this.#at += this.skippable;
    this.#beginHeader();
  }

  /** Throws REMOTE_FORMAT. */
  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) {
      const piece = rest.subarray(0, this.#state === "fill" ? rest.length : this.#wanted);
      rest = rest.subarray(piece.length);
      this.#at += piece.length;
      this.#take(piece);
    }
  }

  /** The end of the archive. Throws REMOTE_FORMAT where it was not reached. */
  end(): void {
    if (this.#state !== "fill") throw this.#fault(this.#headers === 0 ? "it is empty" : "its tar has no end: it is truncated");
  }

  #take(piece: Uint8Array): void {
    switch (this.#state) {
      case "content":
        this.#wanted -= piece.length;
        this.#listener.content(piece);
        if (this.#wanted === 0) this.#beginPadding();
        return;
      case "padding":
        this.#wanted -= piece.length;
        if (this.#wanted === 0) this.#beginHeader();
        return;
      case "fill":
        this.#fill += piece.length;
        if (this.#fill > MAX_FILL_BYTES || piece.some((byte) => byte !== 0)) throw this.#fault("its tar has bytes behind its end");
        return;
      case "header":
      case "extension": {
        // Copied, which `slice` of a Buffer does not: a piece is used again.
        this.#parts.push(new Uint8Array(piece));
        this.#wanted -= piece.length;
        if (this.#wanted > 0) return;
        const whole = Buffer.concat(this.#parts);
        this.#parts = [];
        if (this.#state === "header") this.#header(whole);
        else this.#readExtension(whole);
      }
    }
  }

  #beginHeader(): void {
    this.#state = "header";
    this.#wanted = BLOCK_BYTES;
  }

  #beginContent(size: number): void {
    this.#padding = (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
    this.#state = "content";
    this.#wanted = size;
    if (size === 0) this.#beginPadding();
  }

  #beginPadding(): void {
    this.#state = "padding";
    this.#wanted = this.#padding;
    this.#padding = 0;
    if (this.#wanted === 0) this.#beginHeader();
  }

  #header(block: Uint8Array): void {
    if (block.every((byte) => byte === 0)) {
      this.#zeroBlocks++;
      if (this.#zeroBlocks === 2) this.#state = "fill";
      else this.#beginHeader();
      return;
    }
    // Some readers continue behind a single block of zeros.
    if (this.#zeroBlocks > 0) throw this.#fault("its tar has bytes behind its end");
    const header = readTarHeader(block);
    if (header === undefined)
      throw this.#fault(this.#headers === 0 ? "it is not a tar archive" : "it has bytes where a tar header must be");
    if (++this.#headers > MAX_HEADERS) throw this.#fault(`it has over ${MAX_HEADERS} headers`);
    if (!header.hasNumbers || header.hasStrayPrefix) throw this.#fault(`readers differ about the header of ${shown(header.name)}`);
    if ("LKxg".includes(header.type)) return this.#beginExtension(header);
    this.#member(header);
  }

  #beginExtension(header: TarHeader): void {
    if (header.size === 0 || header.size > MAX_EXTENDED_BYTES) throw this.#fault(`it has a name or record of ${header.size} bytes`);
    this.#extension = header;
    this.#state = "extension";
    this.#wanted = Math.ceil(header.size / BLOCK_BYTES) * BLOCK_BYTES;
  }

  #readExtension(padded: Uint8Array): void {
    const { type = "", size = 0 } = this.#extension ?? {};
    const bytes = padded.subarray(0, size);
    this.#beginHeader();
    if (type === "L" || type === "K") {
      // Some readers take more of the block than the size says, up to the next NUL.
      if (bytes.at(-1) !== 0) throw this.#fault("it has a long name without its end");
      const text = fieldText(bytes, 0, bytes.length);
      this.#extended = { ...this.#extended, ...(type === "L" ? { path: text } : { linkPath: text }) };
      return;
    }
    const { unknown, path, linkPath, size: stated } = readPax(bytes);
    if (unknown !== undefined) throw this.#fault(`it has an extended header with ${shown(unknown)}`);
    if (type === "g") {
      if ((path ?? linkPath ?? stated) !== undefined) throw this.#fault("it has one name or size for all members");
      return;
    }
    this.#extended = {
      ...this.#extended,
      ...(path === undefined ? {} : { path }),
      ...(linkPath === undefined ? {} : { linkPath }),
      ...(stated === undefined ? {} : { size: stated }),
    };
  }

  #member(header: TarHeader): void {
    const { path, size: stated } = this.#extended;
    this.#extended = {};
    const name = plainName(path ?? header.name);
    if (stated !== undefined && stated !== header.size && header.size !== 0 && stated < MAX_OCTAL_SIZE) {
      throw this.#fault(`${shown(name)} has two sizes`);
    }
    const size = stated ?? header.size;
    if (name.includes(REPLACEMENT)) throw this.#fault("it has a name that is not Unicode");
    if (header.type === "5") {
      if (size !== 0) throw this.#fault(`the folder ${shown(name)} has content`);
      if (name.replace(/\/+$/, "").split("/").includes("..") || name.startsWith("/")) throw this.#fault(`it has the folder ${shown(name)}`);
      return this.#beginHeader();
    }
    if (header.type !== "0") throw this.#fault(`${shown(name)} is ${NAMES_OF_TYPES[header.type] ?? `of the type ${shown(header.type)}`}`);
    if (name.endsWith("/")) throw this.#fault(`${shown(name)} is a file for some readers and a folder for others`);
    if (size > MAX_SIZE) throw this.#fault(`${shown(name)} has ${size} bytes`);
    if (++this.#files > MAX_FILES) throw this.#fault(`it holds over ${MAX_FILES} files`);
    this.#listener.file({ name, size, offset: this.#at });
    this.#beginContent(size);
  }

  #fault(why: string): Error {
    return layerNotUnderstood(this.#place, why);
  }
}

/** `./name` is what archives of the folder `.` hold. */
function plainName(name: string): string {
  return name.replace(/^(?:\.\/+)+/, "");
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
