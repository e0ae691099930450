import type { PickleFaultKind } from "./stop.ts";
import type { GlobalUse } from "./uses.ts";

/** More different faults or globals than this are only counted: no one reads them, and each costs memory. */
const MAX_DIFFERENT = 1000;
const MAX_STORAGES = 500_000;

/** Faults that make a loader end with an error, and nothing else. */
export const MALFORMED: ReadonlySet<PickleFaultKind> = new Set<PickleFaultKind>(["opcode", "truncated", "stack", "memo"]);

export interface PickleFault {
  readonly kind: PickleFaultKind;
  /** For a person, the end of a sentence that begins with the file's name. */
  readonly what: string;
  readonly offset: number;
}

/** A class or function that the stream names, as Python 3 loads it. */
export interface NamedGlobal {
  readonly module: string;
  readonly name: string;
  readonly use: GlobalUse | undefined;
  readonly offset: number;
  /** Offset of the first call, and what the call was given. */
  called: { readonly offset: number; readonly given: string } | undefined;
  /** Whether an instance was given state or items. */
  isFilled: boolean;
}

/** A storage that a persistent id names: torch's key of the file that holds it. */
export interface NamedStorage {
  readonly key: string;
  /** Name of the class: `FloatStorage`, `UntypedStorage`. */
  readonly type: string;
  /** Numbers; bytes for an UntypedStorage. */
  readonly count: number;
  readonly offset: number;
}

/** What a reading found. One record serves all streams of a file that a loader reads with one call. */
export class PickleRecord {
  readonly faults: PickleFault[] = [];
  readonly globals: NamedGlobal[] = [];
  /** Each key once. */
  readonly storages: NamedStorage[] = [];
  /** Tensors that are rebuilt, the numbers in them, and names of the storage classes or torch dtypes that say their type. */
  readonly tensors: { count: number; parameters: number; types: Set<string> } = { count: 0, parameters: 0, types: new Set() };
  opcodes = 0;
  /** Set for what follows the stream that a loader reads: there, bytes that are not a pickle damage nothing. */
  isBehindEnd = false;
  readonly #known = new Set<string>();
  readonly #numbers = new Map<string, number>();
  readonly #storages = new Map<string, number>();

  /** Each fault of a kind and wording is kept once, where it was first. */
  fault(kind: PickleFaultKind, what: string, offset: number): void {
    if (this.isBehindEnd && MALFORMED.has(kind)) {
      this.isBehindEnd = false;
      this.fault("after-stop", "has bytes after the end of the pickle that are not another one", offset);
      return;
    }
    const key = `${kind} ${what}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    if (this.#known.size === MAX_DIFFERENT)
      this.faults.push({ kind: "too-large", what: "more different findings than are listed", offset });
    else if (this.#known.size < MAX_DIFFERENT) this.faults.push({ kind, what, offset });
  }

  /** The number of a global, -1 for more different ones than are kept: then a fault says so. */
  global(module: string, name: string, use: GlobalUse | undefined, offset: number): number {
    const key = `${module}\n${name}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.globals.length === MAX_DIFFERENT) {
      this.fault("too-large", "more different classes and functions than are listed", offset);
      return -1;
    }
    this.#numbers.set(key, this.globals.length);
    return this.globals.push({ module, name, use, offset, called: undefined, isFilled: false }) - 1;
  }

  /** A global that another reading of the same bytes found. */
  addGlobal({ module, name, use, offset, called, isFilled }: NamedGlobal): void {
    const global = this.globals[this.global(module, name, use, offset)];
    if (global === undefined) return;
    global.called ??= called;
    global.isFilled ||= isFilled;
  }

  /** The number of a storage, -1 for more than are kept: then a fault says so. */
  storage(storage: NamedStorage): number {
    const number = this.#storages.get(storage.key);
    if (number === undefined) {
      if (this.storages.length === MAX_STORAGES) {
        this.fault("too-large", `names more than ${MAX_STORAGES} storages`, storage.offset);
        return -1;
      }
      this.#storages.set(storage.key, this.storages.length);
      return this.storages.push(storage) - 1;
    }
    const known = this.storages[number];
    if (known?.type !== storage.type || known.count !== storage.count) {
      this.fault("persistent-id", `names storage ${storage.key} with two types or sizes`, storage.offset);
    }
    return number;
  }

  /** A record for trying another reading. */
  empty(): PickleRecord {
    const copy = new PickleRecord();
    for (const global of this.globals) copy.global(global.module, global.name, global.use, global.offset);
    return copy;
  }
}
