import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { ImportedModel } from "../catalog/imported-model.ts";
import { shippedLicenses } from "../catalog/licenses.ts";
import { AssayError } from "../core/error.ts";
import { decodeUtf8 } from "../encoding/utf8.ts";
import { openTarget } from "../files/output-target.ts";
import { readBounded } from "../files/read-bounded.ts";
import { writeExactly } from "../files/write-atomically.ts";
import type { LicenseCatalog } from "../openness/license.ts";

/** Where a mof.yml is written. */
export interface ImportOptions {
  /** The file to write, such as mof.yml, whole or not at all. Default: none. */
  readonly file?: string | undefined;
  /** Replaces any regular file. Default false: an existing file is an error. */
  readonly force?: boolean;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** What is known of licenses. Default: the data in this package. */
  readonly licenses?: LicenseCatalog;
  readonly signal?: AbortSignal;
}

/** A mof.yml made from another file. */
export interface ImportedModelFile extends ImportedModel {
  /** The file that was read, absolute. */
  readonly source: string;
  /** A model card, or a file of the Model Openness Tool. */
  readonly from: "card" | "tool";
  /** The file that was written, absolute; undefined where none was asked for. */
  readonly written: string | undefined;
}

/**
 * Makes a mof.yml of a model card (a file, or a folder with one), or of the Model Openness Tool's YAML or JSON. What
 * the source does not say is left empty and marked; nothing is guessed.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, YAML_TOO_LARGE, YAML_ENCODING and what reading YAML throws for the source;
 * OUTPUT_EXISTS, OUTPUT_WRITE and ABORTED for `file`; INTERNAL where the installation lacks its data.
 */
export async function importModelFile(source: string, options: ImportOptions = {}): Promise<ImportedModelFile> {
  const { file, force = false, cwd = process.cwd(), licenses = shippedLicenses(), signal } = options;
  const target = file === undefined ? undefined : openTarget(resolve(cwd, file), { what: "description", force });
  const path = cardIn(source, cwd);
  const isCard = /\.(?:md|markdown)$/i.test(path);
  const imported = await (isCard ? readCardFile(path, source, licenses) : readToolFile(path, source));
  if (target !== undefined) await writeExactly(target, new TextEncoder().encode(imported.text), signal);
  return { ...imported, source: path, from: isCard ? "card" : "tool", written: target?.path };
}

const CARDS = ["README.md", "MODEL_CARD.md", "model_card.md"];

/** The file itself; in a folder, its card. */
function cardIn(source: string, cwd: string): string {
  const path = resolve(cwd, source);
  if (!isFolder(path)) return path;
  const card = CARDS.find((name) => isFile(join(path, name)));
  if (card !== undefined) return join(path, card);
  throw new AssayError("FILE_NOT_FOUND", `the folder ${source} has no model card: neither ${CARDS.slice(0, 2).join(" nor ")}`, {
    remedy: "assess-folder",
    details: { folder: source },
  });
}

// The reader of YAML is loaded on use: it is not for a program that only signs or verifies.

async function readCardFile(path: string, source: string, licenses: LicenseCatalog): Promise<ImportedModel> {
  const [{ importCard }, { MAX_YAML_BYTES }] = await Promise.all([import("../catalog/import-card.ts"), import("../encoding/yaml.ts")]);
  const bytes = readBounded(path, "model card", MAX_YAML_BYTES, "YAML_TOO_LARGE");
  return importCard(decodeUtf8(bytes, "YAML_ENCODING", source), basename(path), licenses);
}

async function readToolFile(path: string, source: string): Promise<ImportedModel> {
  const [{ importToolFile }, { MAX_YAML_BYTES }] = await Promise.all([import("../catalog/import-tool.ts"), import("../encoding/yaml.ts")]);
  return importToolFile(readBounded(path, "file", MAX_YAML_BYTES, "YAML_TOO_LARGE"), source);
}

function isFolder(path: string): boolean {
  return kindOf(path) === "folder";
}

function isFile(path: string): boolean {
  return kindOf(path) === "file";
}

/** "other" also where it cannot be told: reading it says why. */
function kindOf(path: string): "folder" | "file" | "other" {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isDirectory() === true ? "folder" : stats?.isFile() === true ? "file" : "other";
  } catch {
    return "other";
  }
}
