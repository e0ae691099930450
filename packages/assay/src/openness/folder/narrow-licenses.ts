import type { LicenseFile, LicenseScope } from "./findings.ts";
import { reachedFolder } from "./license-cover.ts";

/**
 * Says of texts that are not open what they are for, where that is not the whole model: its parameters always, besides
 * them what the text speaks of. So an agreement on weights, or one that cannot be read, does not close code that has an
 * open license; and since every class of openness needs parameters, none opens by it.
 *
 * A text narrows only beside an open license for everything at the root. One that a maker puts in a folder below is for what
 * is in it in any case, and one there that cannot be read for the parameters: nothing else opens by that.
 * Nor do the terms of a service in the code of its server reach anything else.
 */
export function narrowLicenses(files: readonly LicenseFile[]): LicenseFile[] {
  const isOpenAtRoot = files.some(isOpenForAll);
  return files.map((file) => {
    if (file.isOpen || file.scope !== undefined || file.reach !== "model") return file;
    const isBelow = (file.found === "name" && file.folder !== "") || file.about?.includes("service") === true;
    const about = aboutOf(file);
    return about === undefined || !(isOpenAtRoot || isBelow) ? file : { ...file, onlyFor: ["parameters", ...about] };
  });
}

/** What a text is for besides parameters, and besides its own folder; undefined for everything. */
function aboutOf({ about, path, folder, found, unread }: LicenseFile): LicenseScope[] | undefined {
  // The license file of the root is for everything, whatever it speaks of, and whether it can be read or not.
  if (GENERAL_NAME.test(path)) return undefined;
  if (unread !== undefined) return [];
  // Words that no name calls terms, in a folder that is not for documents, are about what is there.
  if (about === undefined && found === "content" && folder !== "" && !FOR_DOCUMENTS.test(folder)) return [];
  return about?.filter((subject) => subject !== "file" && subject !== "service" && subject !== "parameters");
}

const FOR_DOCUMENTS = /^(?:\.github|docs?|documents?|documentation|wiki|pages?|site|website|info|about)\//i;
const GENERAL_NAME = /^(?:licen[sc]e|copying)(?:\.[a-z0-9]{1,5})?$/i;

function isOpenForAll(file: LicenseFile): boolean {
  return file.isOpen && file.found === "name" && file.reach === "folder" && file.scope === undefined && reachedFolder(file) === "";
}
