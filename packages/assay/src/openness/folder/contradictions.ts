import type { ComponentKind, ComponentName } from "../components.ts";
import { effectiveLicense } from "../effective-license.ts";
import type { LicenseCatalog } from "../license.ts";
import { evaluateLicense } from "../license-verdict.ts";
import type { ModelFindings, LicenseClaim, LicenseFile, LicenseSubject } from "./findings.ts";
import { localPath } from "./license-scope.ts";
import { sameLicense } from "./same-license.ts";

/** A statement that is less open than the license text beside it. */
export interface Contradiction {
  readonly file: string;
  /** The license as the statement writes it. */
  readonly name: string;
  /** The same as an identifier that an expression can hold. */
  readonly id: string;
}

/** For a mof.yml that says `unlicensed`. */
const NO_LICENSE = "LicenseRef-no-license";

/**
 * The statements in the folder's files that give a component a license that is not open, whatever a license file
 * says. Where text and statement contradict each other, it cannot be told which holds: both count.
 * What a card says of itself is not a statement on anything else.
 */
export function contradictionsOf(
  component: { readonly name: ComponentName; readonly kind: ComponentKind },
  { licenseClaims, licenseFiles, modelFile }: Pick<ModelFindings, "licenseClaims" | "licenseFiles" | "modelFile">,
  catalog: LicenseCatalog,
): readonly Contradiction[] {
  const statements = licenseClaims
    .filter((claim) => claim.file !== modelFile?.path && isAbout(claim.about, component) && !isLeftToText(claim, licenseFiles))
    .map(({ file, name }) => ({ file, name }));
  const model = modelFile?.model;
  if (modelFile !== undefined && model !== undefined) {
    const described = model.components.find(({ name }) => name === component.name);
    const blank = { name: component.name, description: undefined, license: undefined, licensePath: undefined, path: undefined };
    const { written, from } = effectiveLicense(model, described ?? blank, component.kind, { strict: false });
    if (written !== undefined) statements.push({ file: modelFile.path, name: written });
    else if (from !== null) statements.push({ file: modelFile.path, name: NO_LICENSE });
  }
  return statements
    .filter(({ name }) => !evaluateLicense(name, component.kind, catalog).isOpen)
    .map(({ file, name }) => ({ file, name, id: idOf(name, catalog) }));
}

/** A card that says `other` and points at a text in the folder leaves it to that text. */
function isLeftToText({ name, link }: LicenseClaim, files: readonly LicenseFile[]): boolean {
  if (link === undefined || !/^other$/i.test(name.trim())) return false;
  const local = localPath(link.replace(/^https:\/\/huggingface\.co\/[^/]+\/[^/]+\/(?:blob|resolve|raw)\/[^/]+\//, ""));
  return files.some(({ path, unread }) => path === local && unread === undefined);
}

/** Whether texts of these names say what a statement does; one that names several says it where each is there. */
export function isSaid(statement: string, texts: readonly string[], catalog: LicenseCatalog): boolean {
  const parts = catalog.find(statement) === undefined ? statement.split(/\s+AND\s+/i) : [statement];
  return parts.every((part) => texts.some((text) => sameLicense(text, part.replace(/^\(|\)$/g, ""), catalog)));
}

/** Whether what is said of a subject is said of a component; what is said of nothing in particular is said of all. */
export function isAbout(
  about: LicenseSubject | undefined,
  { name, kind }: { readonly name: ComponentName; readonly kind: ComponentKind },
): boolean {
  switch (about) {
    case undefined:
      return true;
    case "parameters":
      return name.startsWith("Model parameters");
    case "data":
      return name === "Datasets" || name === "Evaluation data" || name === "Data card";
    case "code":
      return kind === "code";
    case "card":
      return name === "Model card";
  }
}

function idOf(name: string, catalog: LicenseCatalog): string {
  const trimmed = name.trim();
  const known = catalog.find(trimmed)?.id;
  if (known !== undefined) return known;
  return /^[A-Za-z0-9.+-]+$/.test(trimmed) ? trimmed : `LicenseRef-${trimmed.replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 80)}`;
}
