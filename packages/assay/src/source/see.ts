import { lstatSync, readlinkSync, realpathSync, type BigIntStats } from "node:fs";
import { systemCode } from "../core/system-code.ts";
import type { FileState, Seen, SeenEntry, SeenLink } from "./seen.ts";

/** Notes the signature: its directory entry, and what that leads to. Call it before the signature is read. */
export function seeSignature(seen: Seen, path: string): void {
  const name = `the signature ${path}`;
  const link = seeLink(path, name);
  if (link !== undefined) seen.links.push(link);
  seen.entries.push(seeEntry(link?.target ?? path, name));
}

/** Undefined where the path has no target. */
export function seeLink(path: string, name: string): SeenLink | undefined {
  try {
    // The text first: a link that is changed between the two calls is then seen by the second look.
    const text = linkText(path);
    return { name, path, text, target: realpathSync.native(path) };
  } catch {
    return undefined;
  }
}

/** A link's text, or undefined where the path is not a link. */
export function linkText(path: string): string | undefined {
  try {
    return readlinkSync(path, "latin1");
  } catch (error) {
    // Windows says UNKNOWN of some files.
    if (systemCode(error) === "EINVAL" || systemCode(error) === "UNKNOWN") return undefined;
    throw error;
  }
}

function seeEntry(path: string, name: string): SeenEntry {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return { name, path, state: stats === undefined ? undefined : fileStateOf(stats) };
}

export function fileStateOf({ dev: device, ino: inode, size, mtimeNs, ctimeNs }: BigIntStats): FileState {
  return { device, inode, size: Number(size), mtimeNs, ctimeNs };
}
