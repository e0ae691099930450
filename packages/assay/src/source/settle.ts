import { statfsSync } from "node:fs";
import type { InventoryFile } from "./inventory.ts";

/** Time, as a parameter: milliseconds of Unix time. */
export interface Clock {
  now(): number;
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  // Not that of `node:timers/promises`, which takes longer to load than a small model to hash.
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      // An abort ends the waiting; the next step asks for it.
      signal?.addEventListener("abort", done);
    }),
};

/** The kernel's tick, by which most file systems keep time: at most 10 ms. */
const FINE_MS = 10;
/** FAT keeps seconds in twos, and a server's clock is its own. */
const COARSE_MS = 2000;

/**
 * Linux file systems on a local disk or in memory that keep times by the kernel's tick, by the number that `statfs`
 * gives: ext2 to ext4, XFS, Btrfs, Bcachefs, F2FS, ZFS, tmpfs, ramfs, and overlayfs, whose upper layer is one of them.
 */
const FINE_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xca451a4e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x858458f6, 0x794c7630,
]);

/**
 * Waits until a write to any of these files would show in its change time. A file that was changed within
 * the clock's last tick can be changed again without a new time: it must not be hashed yet.
 */
export async function settle(
  files: readonly Pick<InventoryFile, "path" | "device" | "ctimeNs">[],
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<void> {
  const now = clock.now();
  const freshFrom = BigInt(now - COARSE_MS) * 1_000_000n;
  const ticks = new Map<bigint, number>();
  let until = now;
  for (const { path, device, ctimeNs } of files) {
    if (ctimeNs < freshFrom) continue;
    const tick = ticks.get(device) ?? tickAt(path);
    ticks.set(device, tick);
    // Whole seconds: a file system that keeps no more, or one chance in a billion.
    const coarseness = ctimeNs % 1_000_000_000n === 0n ? COARSE_MS : tick;
    until = Math.max(until, Number(ctimeNs / 1_000_000n) + 1 + coarseness);
  }
  // A time in the future cannot be waited for: the longest wait is that for a time of now.
  if (until > now) await clock.wait(Math.min(until - now, COARSE_MS + 1), signal);
}

function tickAt(path: string): number {
  try {
    return FINE_FILE_SYSTEMS.has(statfsSync(path).type) ? FINE_MS : COARSE_MS;
  } catch {
    return COARSE_MS;
  }
}
