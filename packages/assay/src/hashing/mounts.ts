import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  /** Where it is mounted. */
  readonly point: string;
  readonly fileSystem: string;
  /** A block device, a server's export, or a word. */
  readonly source: string;
  readonly isReadOnly: boolean;
  /** All of it: the mount's number, device and options. */
  readonly line: string;
}

/** In the order of the table: of two at the same place, the later one is seen. A line that cannot be read is left out. */
export function parseMounts(table: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of table.split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , , point, options = ""] = before.split(" ");
    const [fileSystem, source, superOptions = ""] = after.split(" ");
    if (point === undefined || fileSystem === undefined || source === undefined) continue;
    const isReadOnly = [options, superOptions].some((list) => list.split(",").includes("ro"));
    mounts.push({ point: unescape(point), fileSystem, source: unescape(source), isReadOnly, line });
  }
  return mounts;
}

/** The mount that an absolute, resolved path is on. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const isOn = mount.point === sep || path === mount.point || path.startsWith(mount.point + sep);
    if (isOn && mount.point.length >= (found?.point.length ?? 0)) found = mount;
  }
  return found;
}

/** Blanks and the like are written as `\040`. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/**
 * Whether a block device is a disk of this machine, or made of such disks (LVM, LUKS, RAID). A loop device is a file,
 * a network block device another machine's disk: what they hold can be exchanged under the same number.
 */
export function isLocalDisk(source: string, sys = "/sys"): boolean {
  try {
    const { rdev } = statSync(source);
    return isMadeOfDisks(realpathSync(join(sys, "dev", "block", `${major(rdev)}:${minor(rdev)}`)), sys);
  } catch {
    return false;
  }
}

/** `device`: its folder in sysfs. */
export function isMadeOfDisks(device: string, sys: string, depth = 0): boolean {
  if (!device.startsWith(resolve(sys, "devices", "virtual") + sep)) return true;
  const slaves = readdirSync(join(device, "slaves"));
  return (
    depth < 8 && slaves.length > 0 && slaves.every((name) => isMadeOfDisks(realpathSync(join(device, "slaves", name)), sys, depth + 1))
  );
}

// Linux's own packing of the two numbers, makedev(3).
function major(device: number): number {
  return Number((BigInt(device) >> 8n) & 0xfffn);
}

function minor(device: number): number {
  return Number((BigInt(device) & 0xffn) | ((BigInt(device) >> 12n) & 0xfff00n));
}

/** What the system tells about mounts, and which start of the system this is. Throws the system's own errors. */
export function systemMounts(): { readonly table: string; readonly bootId: string } {
  return {
    table: readFileSync("/proc/self/mountinfo", "utf8"),
    bootId: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
  };
}
