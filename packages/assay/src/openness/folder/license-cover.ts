import type { ComponentKind, ComponentName } from "../components.ts";
import type { LicenseFile, LicenseScope } from "./findings.ts";
import type { IdentifiedText } from "./identified-text.ts";

interface Covered {
  readonly name: ComponentName;
  readonly kind: ComponentKind;
}

/**
 * The license files that hold for a file of a component, all together: those of the nearest folder, those made for
 * its kind first; besides them the terms in the file itself. For parameters, terms that reach the whole model hold
 * whatever is nearer: else a permissive text beside the weights would hide an agreement in another folder.
 */
export function coveringLicenses(files: readonly LicenseFile[], component: Covered, path: string): readonly LicenseFile[] {
  const applicable = files.filter((file) => file.reach !== "pointer" && folderFor(file, component) !== undefined);
  const inFolders = applicable.filter((file) => file.reach !== "file" && path.startsWith(folderFor(file, component) ?? ""));
  const deepest = inFolders.reduce((length, file) => Math.max(length, (folderFor(file, component) ?? "").length), 0);
  const near = inFolders.filter((file) => (folderFor(file, component) ?? "").length === deepest);
  const always = files.filter(
    (file) => (file.path === path && isForItself(file)) || (file.reach === "model" && isParameters(component) && applicable.includes(file)),
  );
  return withoutKnownPolicies([...new Set([...madeFor(near, component), ...always])]);
}

/** The folder in which a text holds for a component; undefined where it holds for no such component. */
function folderFor(file: LicenseFile, component: Covered): string | undefined {
  const scopes = file.onlyFor ?? [file.scope];
  if (scopes.some((scope) => fits(scope, component))) return reachedFolder(file);
  return isForItsFolder(file) ? file.folder : undefined;
}

/** The license that a maker puts beside a model's code is for that code, too; so are terms that may be about anything. */
function isForItsFolder({ onlyFor, folder, unread, found, about }: LicenseFile): boolean {
  return onlyFor !== undefined && folder !== "" && unread === undefined && (found === "name" || about === undefined);
}

/** Whether a text holds for the file that it is written in, whatever else it is for. */
function isForItself({ reach, about, onlyFor }: LicenseFile): boolean {
  return reach === "file" || (onlyFor !== undefined && about?.includes("file") === true);
}

/** A policy on uses takes openness from an open license; beside one that is not open it adds nothing. */
export function withoutKnownPolicies(files: readonly LicenseFile[]): readonly LicenseFile[] {
  const licenses = files.filter(({ isUsePolicy }) => !isUsePolicy);
  return licenses.some(({ isOpen }) => !isOpen) ? licenses : files;
}

/** The folder that a license file holds for: the root, for one that reaches the whole model. */
export function reachedFolder({ reach, folder }: LicenseFile): string {
  return reach === "model" ? "" : folder;
}

function madeFor(near: readonly LicenseFile[], component: Covered): readonly LicenseFile[] {
  const general = near.filter(({ scope }) => scope === undefined);
  if (isParameters(component)) {
    const own = near.filter(({ scope }) => scope === "parameters");
    // A license for data is for data sets first: it holds for parameters beside the general one, not in its place.
    return own.length > 0 ? own : [...general, ...near.filter(({ scope }) => scope === "data")];
  }
  const kind = near.filter(({ scope }) => scope === component.kind);
  return kind.length > 0 ? kind : general;
}

function isParameters({ name }: Covered): boolean {
  return name.startsWith("Model parameters");
}

function fits(scope: LicenseScope | undefined, component: Covered): boolean {
  if (scope === undefined) return true;
  return scope === "parameters" ? isParameters(component) : scope === component.kind;
}

/** What each of the texts is called. All of them must be kept, for nothing says that one may choose. */
export function namesOfTexts(files: readonly LicenseFile[], preferred: ReadonlySet<string>): string[] {
  return [
    ...new Set(
      files.flatMap(({ text, isOpen }) => {
        // Licenses of others' parts that the same file has are named where they keep it from being open.
        const others = text.kind === "exact" && !isOpen ? (text.appended ?? []) : [];
        return [nameOfText(text, preferred), ...others];
      }),
    ),
  ];
}

/** The names that the texts themselves have over them, where a statement may use those. */
export function titlesOfTexts(files: readonly LicenseFile[]): string[] {
  return files.flatMap(({ text }) => (text.kind === "near" && text.title !== undefined ? [text.title] : []));
}

/** Several statements hold together: a choice within one of them stays within it. */
export function allOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : names.map((name) => (/\sor\s/i.test(name) ? `(${name})` : name)).join(" AND ");
}

/** What a text is called: an identifier only where it is that license, word for word. */
function nameOfText(text: IdentifiedText, preferred: ReadonlySet<string>): string {
  switch (text.kind) {
    case "exact":
      // The text of the GNU licenses leaves "only" or "or later" to the notice: what the card says decides, else the narrower.
      return text.ids.find((id) => preferred.has(id)) ?? text.ids.find((id) => id.endsWith("-only")) ?? text.ids[0] ?? text.name;
    case "named":
      return text.id;
    case "near":
      return `LicenseRef-changed-${text.ids[0] ?? "text"}`;
    case "unknown":
      return "LicenseRef-unknown-text";
  }
}
