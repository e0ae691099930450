import type { Warning } from "../core/warning.ts";
import type { Allowlist } from "../risk/allowed/allowlist.ts";
import { ALLOWLISTS } from "../risk/allowed/allowlists.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { examineModel } from "../probe/load/examine-model.ts";
import { notExamined } from "../probe/load/not-examined.ts";
import { gradeLoad, type LoadRisk } from "../risk/grade.ts";
import type { Model } from "../source/open-model.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import type { SourceFacts } from "../source/remote/remote-model.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { throwIfAborted, Turns } from "../source/turns.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import { sourceOf, type AnyModel, type OpenedModel } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";

/** How a model is scanned. */
export interface ScanOptions extends WalkOptions, Pick<WorkOptions, "signal" | "onProgress">, RemoteOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** Exact names that may be imported, `sklearn.tree._tree.Tree`: what they do is shown, and counts for nothing. */
  readonly allow?: readonly string[];
}

/** What a scan accepts: every list of names, with its source. Whatever is on none of them is not data-only. */
export function allowedByScan(): readonly Allowlist[] {
  return ALLOWLISTS;
}

/** What happens when a model is loaded. */
export interface Scan {
  /** Absolute path of the model, or its pinned reference. */
  readonly model: string;
  /** Where it was read, of one on a server. */
  readonly source?: SourceFacts;
  readonly kind: "directory" | "file";
  readonly risk: LoadRisk;
  readonly warnings: readonly Warning[];
}

/**
 * What happens when this model is loaded? The answer is read from the bytes of its files: nothing is loaded, imported or
 * executed, every read has a bound, and weights are not read where their header says enough. What is not understood in full is
 * `unknown`, and unknown is not safe.
 *
 * `model` is a folder, a file, or the reference of a model on a hub, of which little more than headers is fetched; it is hostile input. Git's own files are examined like all others; links are followed only where
 * the caller allows them. Throws FILE_NOT_FOUND, FILE_NOT_REGULAR, LINK_LOOP, USAGE for a path that cannot be one,
 * FILE_CHANGED where the model changes meanwhile, ABORTED.
 */
export async function scan(model: AnyModel, options: ScanOptions = {}): Promise<Scan> {
  return withOpened(model, options, async (opened) => scanOpened(opened, options));
}

async function scanOpened<File extends FileInModel>(model: OpenedModel<File>, options: ScanOptions): Promise<Scan> {
  const inventory = await model.inventory({ ...options, ignoreGitPaths: options.ignoreGitPaths ?? false });
  const scanned = await scanWalked(model, inventory, options);
  await checkUnchanged(model, inventory, new Turns(options.signal));
  return { ...scanned, ...sourceOf(model) };
}

/** Scans a model that was walked, by any question. The second look is the caller's, before the answer. */
export async function scanWalked(
  model: Pick<Model, "kind" | "read">,
  inventory: Inventory<FileInModel>,
  { signal, onProgress, allow = [] }: Pick<ScanOptions, "signal" | "onProgress" | "allow">,
): Promise<Scan> {
  const turns = new Turns(signal);
  const files = new Map(inventory.files.map((file) => [file.name, file]));
  const [filesTotal, bytesTotal] = [files.size, inventory.files.reduce((sum, { size }) => sum + size, 0)];
  let [filesDone, bytesDone] = [0, 0];
  const examinations = await examineModel({
    names: [...files.keys()],
    open: (name) => {
      const file = files.get(name);
      if (file === undefined) return undefined;
      const read = async (from: number, length: number): Promise<Uint8Array> => {
        // Readers work between two reads: here an interrupt gets through.
        if (turns.due()) await turns.take();
        return model.read(file, from, length);
      };
      return { size: file.size, read };
    },
    onFile: (current) => {
      throwIfAborted(signal);
      onProgress?.({ work: "scanning", bytesDone, bytesTotal, filesDone, filesTotal, current });
      filesDone += 1;
      bytesDone += files.get(current)?.size ?? 0;
    },
  });
  return {
    model: inventory.given,
    kind: model.kind,
    risk: gradeLoad([...examinations, ...notExamined(inventory)], allow),
    warnings: inventory.warnings,
  };
}
