import type { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { AssayError } from "../core/error.ts";
import { isLocalDisk, mountOf, parseMounts, systemMounts, type Mount } from "./mounts.ts";

/** What is asked of the system. A parameter, so that tests can have other mounts. */
export interface CacheSystem {
  readonly bootId: string;
  /** As /proc/self/mountinfo. */
  readonly table: string;
  readonly isLocalDisk: (source: string) => boolean;
  /** How long a changed page may wait for the disk, in milliseconds; undefined: for ever. */
  readonly writebackMs: number | undefined;
}

/**
 * File systems on a local disk whose change time moves, with every write through a call, and with the first one
 * through a mapping since the page was written to the disk. Not tmpfs, where no page is; not overlayfs, which
 * does not say what is under it.
 */
const UNDERSTOOD: ReadonlySet<string> = new Set(["ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs"]);

/** Where stat numbers may replace content: the start of the system, and the mounts that are understood. */
export class CacheBinding {
  readonly bootId: string;
  /** A file counts as settled when its last change is older than this: by then its pages are on the disk. */
  readonly settledAfterNs: bigint | undefined;
  readonly #mounts: readonly Mount[];
  readonly #isLocalDisk: CacheSystem["isLocalDisk"];
  readonly #tags = new Map<Mount, Buffer>();

  /** Throws CACHE_UNSAFE where the system does not tell what is mounted where. */
  constructor(system: CacheSystem = thisSystem()) {
    this.bootId = system.bootId;
    this.#mounts = parseMounts(system.table);
    this.#isLocalDisk = system.isLocalDisk;
    this.settledAfterNs = system.writebackMs === undefined ? undefined : BigInt(system.writebackMs) * 2_000_000n;
  }

  /** 16 bytes that identify the mount of an absolute, resolved path. Throws CACHE_UNSAFE for one that is not understood. */
  tagOf(path: string): Buffer {
    const mount = mountOf(path, this.#mounts);
    if (mount === undefined) throw refused(path, "on a mount that the system does not list");
    const known = this.#tags.get(mount);
    if (known !== undefined) return known;
    this.#check(mount, path);
    const tag = hash("sha256", mount.line, "buffer").subarray(0, 16);
    this.#tags.set(mount, tag);
    return tag;
  }

  #check({ fileSystem, source, isReadOnly, point }: Mount, path: string): void {
    if (!UNDERSTOOD.has(fileSystem)) throw refused(path, `on ${fileSystem}, mounted at ${point}`);
    if (isReadOnly) throw refused(path, `on a read-only mount, ${point}`);
    if (!this.#isLocalDisk(source)) throw refused(path, `on ${source}, which is not known to be a disk of this machine`);
  }
}

function thisSystem(): CacheSystem {
  try {
    return { ...systemMounts(), isLocalDisk, writebackMs: writebackTime() };
  } catch (cause) {
    throw new AssayError("CACHE_UNSAFE", "the cache cannot be used: this system does not tell which file systems are mounted", {
      hint: "work without a cache",
      cause,
    });
  }
}

/** A changed page is old enough to be written after `dirty_expire`, and the writer wakes every `dirty_writeback`; 0: never. */
function writebackTime(): number | undefined {
  const interval = milliseconds("dirty_writeback_centisecs");
  return interval > 0 ? milliseconds("dirty_expire_centisecs") + interval : undefined;
}

function milliseconds(setting: string): number {
  return Number(readFileSync(`/proc/sys/vm/${setting}`, "utf8")) * 10;
}

function refused(path: string, where: string): AssayError {
  return new AssayError(
    "CACHE_UNSAFE",
    `the cache cannot be used for ${path}: it is ${where}, where unchanged times do not prove unchanged bytes`,
    {
      hint: "work without a cache, or keep the model on a local disk",
    },
  );
}
