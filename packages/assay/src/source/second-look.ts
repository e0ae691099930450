import { Buffer } from "node:buffer";
import { lstatSync, realpathSync, type BigIntStats } from "node:fs";
import type { Change } from "./change.ts";
import { systemCode } from "../core/system-code.ts";
import { fileSystemError } from "./file-system-error.ts";
import type { IgnoreRules } from "./ignore-rules.ts";
import type { FileInModel, Inventory, InventoryFile } from "./inventory.ts";
import { sortByName } from "../statement/name-order.ts";
import { linkText } from "./see.ts";
import { Seen, type FileState, type SeenFolder, type SeenLink } from "./seen.ts";
import type { Turns } from "./turns.ts";
import { escapeForeignName, readFolder } from "./undecodable-names.ts";

/** What a walk found and recorded. */
export interface Walked {
  readonly files: readonly InventoryFile[];
  readonly seen: Seen;
  /** What these cover was not examined, and is not now. */
  readonly ignoreRules: IgnoreRules["reasons"];
}

/** A second look at files that were just hashed, by the threads that hashed them. */
export interface FileLook {
  /** Those of `files` that are not known to be as the walk saw them: a few that changed, or that were not hashed. Throws ABORTED. */
  rest(files: readonly InventoryFile[], turns: Turns): Promise<readonly InventoryFile[]>;
}

/**
 * Compares a model with what the walk saw of it, after the last byte was hashed: a file that changed after it
 * was read, or was added since, is found here. Each file's state is compared by path, each folder listed
 * again, each followed link read again; no byte is read. In the order of names; empty: nothing changed.
 *
 * `look`: that of the files that were just hashed, which several threads take. Throws ABORTED.
 */
export async function secondLook({ files, seen, ignoreRules }: Walked, turns: Turns, look?: FileLook): Promise<readonly Change[]> {
  const changes = new Map<string, Change>();
  const note = (name: string, what: string | undefined, isFolder = false): void => {
    if (what !== undefined && !changes.has(name)) changes.set(name, { name, what, isFolder });
  };
  for (const { name, path, state } of seen.entries) note(name, changeOfEntry(path, state));
  for (const link of seen.links) note(link.name, changeOfLink(link));
  for (const file of look === undefined ? files : await look.rest(files, turns)) {
    if (turns.due()) await turns.take();
    note(file.name, changeOfEntry(file.path, file));
  }
  for (const folder of seen.folders) {
    if (turns.due()) await turns.take();
    note(folder.name === "" ? "the model's folder" : folder.name, changeOfFolder(folder), true);
    for (const { name, what } of changesInFolder(folder, ignoreRules)) note(name, what);
  }
  return sortByName([...changes.values()]);
}

/** What a walk saw without one name, which the program itself writes. */
export function withoutName<File extends FileInModel>(walked: Inventory<File>, name: string): Inventory<File> {
  const { files, seen, ignoreRules } = walked;
  const rest = new Seen();
  rest.folders.push(...seen.folders);
  rest.links.push(...seen.links);
  rest.entries.push(...seen.entries.filter((entry) => entry.name !== name));
  return {
    ...walked,
    files: files.filter((file) => file.name !== name),
    seen: rest,
    ignoreRules: new Map([...ignoreRules, [name, "caller-ignore-path"]]),
  };
}

function changeOfEntry(path: string | Buffer, before: FileState | undefined): string | undefined {
  let now: BigIntStats | undefined;
  try {
    now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    return unreachable(error);
  }
  if (before === undefined) return now === undefined ? undefined : "was added";
  if (now === undefined) return "was removed";
  if (now.dev !== before.device || now.ino !== before.inode) return "was replaced";
  const isSame = now.size === BigInt(before.size) && now.mtimeNs === before.mtimeNs && now.ctimeNs === before.ctimeNs;
  return isSame ? undefined : "changed";
}

function changeOfLink({ path, text, target }: SeenLink): string | undefined {
  try {
    return linkText(path) === text && realpathSync.native(path) === target ? undefined : "has another target";
  } catch (error) {
    return unreachable(error);
  }
}

/** Only which folder it is: what is in it is compared name by name. */
function changeOfFolder({ path, device, inode }: SeenFolder): string | undefined {
  try {
    const now = lstatSync(path, { bigint: true });
    return now.dev === device && now.ino === inode ? undefined : "was replaced";
  } catch (error) {
    return unreachable(error);
  }
}

function changesInFolder(folder: SeenFolder, rules: IgnoreRules["reasons"]): { name: string; what: string }[] {
  const now = listAgain(folder);
  if (now === undefined) return [];
  const prefix = folder.name === "" ? "" : `${folder.name}/`;
  const changes: { name: string; what: string }[] = [];
  const compare = (before: readonly string[], after: readonly string[], shown: (name: string) => string): void => {
    // The order is the file system's, and most often the same as before.
    if (before.length === after.length && before.every((name, index) => name === after[index])) return;
    const [old, current] = [new Set(before), new Set(after)];
    for (const name of after) if (!old.has(name)) changes.push({ name: shown(name), what: "was added" });
    for (const name of before) if (!current.has(name)) changes.push({ name: shown(name), what: "was removed" });
  };
  compare(folder.names, now.names, (name) => prefix + name);
  compare(folder.undecodable.map(latin1), now.undecodable.map(latin1), (name) => prefix + escapeForeignName(Buffer.from(name, "latin1")));
  return changes.filter(({ name }) => !rules.has(name));
}

/** Undefined where it cannot be listed: that is a change of the folder itself. */
function listAgain({ path, name }: SeenFolder): { names: readonly string[]; undecodable: readonly Buffer[] } | undefined {
  try {
    return readFolder(path, name);
  } catch {
    return undefined;
  }
}

const latin1 = (bytes: Buffer): string => bytes.toString("latin1");

function unreachable(error: unknown): string {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return "was removed";
  return `cannot be looked at again (${code ?? fileSystemError(error, "").message})`;
}
