import type { RandomAccess } from "../../formats/random-access.ts";
import type { FileExamination, LoadFinding } from "../../risk/findings.ts";
import { asClaimed } from "./claimed-data.ts";
import { examineFile } from "./examine-file.ts";
import type { Examiner } from "./examiner.ts";
import { EXAMINERS } from "./examiners.ts";
import { FOLDER_RULES } from "./folder-rules.ts";

/** The files of a model, as examiners see them. */
export interface ExaminedFiles {
  readonly names: readonly string[];
  readonly open: (name: string) => RandomAccess | undefined;
  /** Called before each file is read. */
  readonly onFile?: (name: string) => void;
  /** Default: all there are. */
  readonly examiners?: readonly Examiner[];
}

/** Examines each file of a model, then what only all of them together show. */
export async function examineModel({ names, open, onFile, examiners }: ExaminedFiles): Promise<FileExamination[]> {
  const claimed = new Set<string>();
  const byName = new Map<string, FileExamination>();
  for (const name of names) {
    onFile?.(name);
    const file = open(name);
    if (file === undefined) continue;
    byName.set(
      name,
      await examineFile(name, file, {
        sizeOf: (other) => open(other)?.size,
        claimAsData: (other) => void claimed.add(other),
        ...(examiners && { examiners }),
      }),
    );
  }
  for (const name of claimed) {
    const examined = byName.get(name);
    const file = open(name);
    if (examined !== undefined && file !== undefined) byName.set(name, await asClaimed(examined, file, examiners ?? EXAMINERS));
  }
  const added = new Map<string, LoadFinding[]>();
  for (const rule of FOLDER_RULES) {
    await rule.examine({
      names,
      open,
      examination: (name) => byName.get(name),
      report: (file, reason, what, place = {}) => void added.set(file, [...(added.get(file) ?? []), { reason, what, ...place }]),
    });
  }
  for (const [name, findings] of added) {
    const examined = byName.get(name);
    if (examined === undefined) throw new Error(`a folder rule reports ${name}, which is not a file of the model`);
    byName.set(name, { ...examined, findings: [...examined.findings, ...findings] });
  }
  return [...byName.values()];
}
