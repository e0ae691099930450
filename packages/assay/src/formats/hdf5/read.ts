import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { PageCache } from "../page-cache.ts";
import type { RandomAccess } from "../random-access.ts";
import { readAttribute, type Hdf5Attribute } from "./attribute.ts";
import { readElements } from "./dataspace.ts";
import { readDatatype } from "./datatype.ts";
import { FractalHeap } from "./fractal-heap.ts";
import { readLink, type Hdf5Link } from "./links.ts";
import { treeRecords } from "./new-tree.ts";
import { readObjectHeader, type HeaderMessage } from "./object-header.ts";
import { oldLinks } from "./old-groups.ts";
import { foreignFilters, readStorage } from "./storage.ts";
import { readSuperblock, UNDEFINED_ADDRESS } from "./superblock.ts";

const MAX_OBJECTS = 500_000;
const MAX_PARTS = 1_500_000;
/** Structure that is read of one file: headers, trees and names, no numbers. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_NOTED = 1000;

/** Something that is not a plain group or dataset of this file. */
export interface Hdf5Oddity {
  readonly kind: "external-link" | "user-link" | "external-storage" | "virtual-dataset" | "filter";
  /** From the root: `/layers/dense`. */
  readonly path: string;
  readonly detail: string;
}

/** What an HDF5 file holds, without its numbers. */
export interface Hdf5Content {
  /** Attributes of the root group, with their texts where these were asked for. */
  readonly attributes: readonly Hdf5Attribute[];
  /** Names of the attributes of all other objects. */
  readonly otherAttributes: ReadonlySet<string>;
  readonly oddities: readonly Hdf5Oddity[];
  readonly objects: number;
  readonly datasets: number;
  readonly elements: number;
  readonly bytes: number;
  readonly types: readonly string[];
}

/**
 * Reads the structure of an HDF5 file (HDF5 File Format Specification 3.0): every object that links reach, its
 * attributes, where its numbers are. Superblocks 0 to 3, headers and groups of both kinds, dense ones too. Follows no
 * link to another file, reads no numbers, and texts only of the root's attributes that are `wanted`.
 *
 * @throws FormatError
 */
export async function readHdf5(file: RandomAccess, wanted: ReadonlySet<string> = new Set()): Promise<Hdf5Content> {
  return new Reader(file, wanted).read();
}

class Reader {
  readonly #file: PageCache;
  readonly #pending: { readonly path: string; readonly address: number }[] = [];
  readonly #seen = new Set<number>();
  readonly #oddities: Hdf5Oddity[] = [];
  readonly #attributes: Hdf5Attribute[] = [];
  readonly #otherAttributes = new Set<string>();
  readonly #types = new Set<string>();
  readonly #wanted: ReadonlySet<string>;
  #parts = 0;
  #datasets = 0;
  #elements = 0;
  #bytes = 0;

  constructor(file: RandomAccess, wanted: ReadonlySet<string>) {
    this.#file = new PageCache(file, MAX_BYTES);
    this.#wanted = wanted;
  }

  async read(): Promise<Hdf5Content> {
    const { root, extension } = await readSuperblock(this.#file);
    if (extension !== UNDEFINED_ADDRESS) await this.#extension(extension);
    this.#pending.push({ path: "", address: root });
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      if (this.#seen.has(next.address)) continue;
      if (this.#seen.size === MAX_OBJECTS) notUnderstood(`has more than ${MAX_OBJECTS.toLocaleString("en-US")} objects`);
      this.#seen.add(next.address);
      await this.#object(next.path, next.address);
    }
    return {
      attributes: this.#attributes,
      otherAttributes: this.#otherAttributes,
      oddities: this.#oddities,
      objects: this.#seen.size,
      datasets: this.#datasets,
      elements: this.#elements,
      bytes: this.#bytes,
      types: [...this.#types].sort(),
    };
  }

  /** Settings of the whole file. */
  async #extension(address: number): Promise<void> {
    for (const { type, offset } of await readObjectHeader(this.#file, address)) {
      // Nothing, K values of trees, free space: they change nothing in what is read.
      if (![0x00, 0x13, 0x17].includes(type)) notUnderstood(`has settings of the unknown kind ${type} for the whole file`, offset);
    }
  }

  async #object(path: string, address: number): Promise<void> {
    const messages = await readObjectHeader(this.#file, address);
    for (const message of messages) await this.#message(path, message);
    const layout = messages.find(({ type }) => type === 0x08);
    if (layout !== undefined) this.#dataset(path, messages, layout);
    else if (!messages.some(({ type }) => GROUP_MESSAGES.has(type)))
      malformed(`has the object ${path === "" ? "/" : path}, which is neither a group nor a dataset`, address);
  }

  async #message(path: string, { type, flags, data, offset }: HeaderMessage): Promise<void> {
    if ((flags & 0x02) !== 0) notUnderstood(`has a part of ${path} that is stored apart from it`, offset);
    switch (type) {
      case 0x02:
        return this.#denseLinks(path, data, offset);
      case 0x06:
        return this.#link(path, readLink(data, offset));
      case 0x07:
        return this.#note("external-storage", path, "its numbers are in another file");
      case 0x0b:
        for (const id of foreignFilters(data, offset)) this.#note("filter", path, `filter ${id}`);
        return;
      case 0x0c:
        return this.#attribute(path, data, offset);
      case 0x11: {
        const cursor = new ByteCursor(data, offset);
        for await (const link of oldLinks(this.#file, cursor.u64(), cursor.u64())) this.#link(path, link);
        return;
      }
      case 0x15:
        return this.#denseAttributes(path, data, offset);
      default:
        if (!PLAIN_MESSAGES.has(type)) notUnderstood(`has a header message of the unknown kind ${type} in ${path}`, offset);
    }
  }

  #link(path: string, link: Hdf5Link): void {
    this.#count(undefined);
    const full = `${path}/${link.name}`;
    if (link.kind === "hard") this.#pending.push({ path: full, address: link.address });
    else if (link.kind === "external") this.#note("external-link", full, link.target);
    else if (link.kind === "user") this.#note("user-link", full, link.target);
    // A soft link names an object of this file, which is read by its own name.
  }

  async #attribute(path: string, data: Uint8Array, offset: number): Promise<void> {
    this.#count(offset);
    const attribute = await readAttribute(this.#file, data, offset, (name) => path === "" && this.#wanted.has(name));
    if (path !== "") this.#otherAttributes.add(attribute.name);
    else this.#attributes.push(attribute);
  }

  /** Links and attributes that share their bytes cost time and no size. */
  #count(offset: number | undefined): void {
    if (++this.#parts > MAX_PARTS) notUnderstood(`has more than ${MAX_PARTS.toLocaleString("en-US")} links and attributes`, offset);
  }

  async #denseLinks(path: string, data: Uint8Array, offset: number): Promise<void> {
    const cursor = new ByteCursor(data, offset);
    cursor.skip(1);
    if ((cursor.u8() & 1) !== 0) cursor.skip(8);
    const heap = cursor.u64();
    const tree = cursor.u64();
    if (heap === UNDEFINED_ADDRESS) return;
    const opened = await FractalHeap.open(this.#file, heap);
    // Records by name: a hash of the name, then where it is in the heap.
    for await (const record of treeRecords(this.#file, tree)) {
      const link = await opened.object(record.subarray(4));
      this.#link(path, readLink(link.bytes, link.offset));
    }
  }

  async #denseAttributes(path: string, data: Uint8Array, offset: number): Promise<void> {
    const cursor = new ByteCursor(data, offset);
    cursor.skip(1);
    if ((cursor.u8() & 1) !== 0) cursor.skip(2);
    const heap = cursor.u64();
    const tree = cursor.u64();
    if (heap === UNDEFINED_ADDRESS) return;
    const opened = await FractalHeap.open(this.#file, heap);
    for await (const record of treeRecords(this.#file, tree)) {
      if ((record[8] ?? 0) !== 0) notUnderstood(`has an attribute of ${path} that is stored apart from it`, offset);
      const attribute = await opened.object(record.subarray(0, 8));
      await this.#attribute(path, attribute.bytes, attribute.offset);
    }
  }

  #dataset(path: string, messages: readonly HeaderMessage[], layout: HeaderMessage): void {
    const typeMessage = messages.find(({ type }) => type === 0x03);
    const space = messages.find(({ type }) => type === 0x01);
    if (typeMessage === undefined || space === undefined) malformed(`has the dataset ${path} without a type or a shape`, layout.offset);
    const type = readDatatype(new ByteCursor(typeMessage.data, typeMessage.offset));
    const elements = readElements(new ByteCursor(space.data, space.offset));
    const { kind, place } = readStorage(layout.data, layout.offset);
    if (kind === "virtual") this.#note("virtual-dataset", path, "its numbers may be in other files");
    const isOutside = messages.some((message) => message.type === 0x07);
    if (place !== undefined && !isOutside) {
      if (place.at + place.length > this.#file.size) malformed(`has the dataset ${path} beyond its end`, layout.offset);
      if (place.length < elements * type.size) malformed(`has the dataset ${path} with fewer bytes than its shape needs`, layout.offset);
    }
    this.#datasets++;
    this.#bytes += elements * type.size;
    if (type.name === undefined) return;
    this.#elements += elements;
    this.#types.add(type.name);
  }

  #note(kind: Hdf5Oddity["kind"], path: string, detail: string): void {
    if (this.#oddities.length < MAX_NOTED) this.#oddities.push({ kind, path, detail });
  }
}

const GROUP_MESSAGES: ReadonlySet<number> = new Set([0x02, 0x0a, 0x11]);
/** Nothing, dataspace, datatype, fill values, layout, group info, comment, times, reference count. */
const PLAIN_MESSAGES: ReadonlySet<number> = new Set([0x00, 0x01, 0x03, 0x04, 0x05, 0x08, 0x0a, 0x0d, 0x0e, 0x12, 0x16]);
