import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { UNDEFINED_ADDRESS } from "./superblock.ts";

const COMPACT = 0;
const CONTIGUOUS = 1;
const CHUNKED = 2;
const VIRTUAL = 3;

export interface Storage {
  readonly kind: "inside" | "chunks" | "virtual";
  /** Of a contiguous dataset; undefined where nothing was written. */
  readonly place: { readonly at: number; readonly length: number } | undefined;
}

/** Where the numbers of a dataset are: the data layout message, section IV.A.2.i. */
export function readStorage(data: Uint8Array, offset: number): Storage {
  const cursor = new ByteCursor(data, offset);
  const version = cursor.u8();
  if (version < 3 || version > 5) return notUnderstood(`has a data layout of version ${version}`, offset);
  switch (cursor.u8()) {
    case COMPACT:
      cursor.skip(cursor.u16());
      return { kind: "inside", place: undefined };
    case CONTIGUOUS: {
      const at = cursor.u64();
      const length = cursor.u64();
      return { kind: "inside", place: at === UNDEFINED_ADDRESS ? undefined : { at, length } };
    }
    case CHUNKED:
      return { kind: "chunks", place: undefined };
    case VIRTUAL:
      return { kind: "virtual", place: undefined };
    default:
      return malformed("has a data layout of an unknown class", offset);
  }
}

/** Filters that the library has built in, and LZF, which h5py brings. */
const KNOWN_FILTERS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 32000]);

/** The numbers of the filters that a library must be loaded for: the filter pipeline message, section IV.A.2.l. */
export function foreignFilters(data: Uint8Array, offset: number): readonly number[] {
  const cursor = new ByteCursor(data, offset);
  const version = cursor.u8();
  if (version !== 1 && version !== 2) return notUnderstood(`has filters of version ${version}`, offset);
  const count = cursor.u8();
  if (version === 1) cursor.skip(6);
  const foreign: number[] = [];
  for (let index = 0; index < count; index++) {
    const id = cursor.u16();
    const nameLength = version === 1 || id >= 256 ? cursor.u16() : 0;
    cursor.skip(2);
    const values = cursor.u16();
    cursor.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    cursor.skip(values * 4 + (version === 1 && values % 2 === 1 ? 4 : 0));
    if (!KNOWN_FILTERS.has(id)) foreign.push(id);
  }
  return foreign;
}
