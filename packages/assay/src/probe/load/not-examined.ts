import type { FileExamination, LoadFinding } from "../../risk/findings.ts";
import type { FileInModel, Inventory } from "../../source/inventory.ts";

/** What the walk met and nothing reads: links, pipes, unreadable folders, names that are not UTF-8, what rules leave out. */
export function notExamined({ unfollowedLinks, unexamined, undecodable, leftOut }: Inventory<FileInModel>): FileExamination[] {
  return [
    ...unfollowedLinks.map(({ name }) => examination(name, "folder/link", "is a link, which was not followed")),
    ...unexamined.map(({ name, kind }) =>
      kind === "link"
        ? examination(name, "folder/link", "is a link without a target, or with one that is not followed")
        : examination(name, "folder/not-regular", `is a ${kind === "folder" ? "folder that cannot be listed" : "pipe, socket or device"}`),
    ),
    ...undecodable.map(({ name }) => examination(name, "folder/name-not-utf8", "has a name that is not UTF-8, and was not read")),
    ...leftOut.map(({ name, fileCount, kind }) =>
      examination(name, "model/left-out", kind === "directory" ? `was left out, with ${fileCount} files in it` : "was left out"),
    ),
  ];
}

function examination(file: string, reason: LoadFinding["reason"], what: string): FileExamination {
  return { file, size: 0, format: undefined, isLoaded: true, findings: [{ reason, what }], leftOut: [], members: [], facts: {} };
}
