import { COMPONENTS } from "../openness/components.ts";
import type { LicenseCatalogue } from "../openness/license.ts";
import { emptyModel, type DescribedComponent, type ModelDescription, type ModelLicenses, FRAMEWORK } from "../openness/model.ts";
import { shortCount } from "./gather-weights.ts";
import { contradictionsOf, isSaid } from "./contradictions.ts";
import { localPath } from "./license-scope.ts";
import { allOf, coveringLicenses, namesOfTexts, reachedFolder, withoutKnownPolicies } from "./license-cover.ts";
import type { ComponentEvidence, FolderEvidence, LicenseFile } from "./evidence.ts";

/** What a mof.yml writes for a component that has no license. */
const UNLICENSED = "unlicensed";
/** For some of a component's files, where others have one. */
const NO_LICENSE = "LicenseRef-no-license";

/** The model that the folder shows: components that are there, under licenses whose text is there. */
export function describeFound(evidence: FolderEvidence, catalogue: LicenseCatalogue, folderName: string): ModelDescription {
  const preferred = preferredIds(evidence, catalogue);
  const licenses = foundLicenses(evidence, preferred);
  const components = evidence.components
    .filter(({ state }) => state === "found")
    .map((component) => foundComponent(component, { evidence, catalogue, inherited: licenses, preferred }));
  return { ...base(evidence, folderName), licenses, components };
}

/** The model as it is if everything that the folder's files say is true. `found` is what lies in it, which still counts first. */
export function describeClaimed(evidence: FolderEvidence, found: ModelDescription, folderName: string): ModelDescription {
  const stated = evidence.modelFile?.model;
  const [claim] = evidence.licenseClaims;
  const claims = evidence.licenseClaims.filter(({ file }) => file === claim?.file);
  const claimed = claim === undefined ? undefined : { name: allOf(claims.map(({ name }) => name)), path: claim.link };
  const licenses: ModelLicenses = {
    distribution: found.licenses.distribution ?? stated?.licenses.distribution ?? claimed,
    code: found.licenses.code ?? stated?.licenses.code,
    data: found.licenses.data ?? stated?.licenses.data,
    document: found.licenses.document ?? stated?.licenses.document,
  };
  const components = evidence.components.flatMap((component): DescribedComponent[] => {
    const written = stated?.components.find(({ name }) => name === component.name);
    const shown = found.components.find(({ name }) => name === component.name);
    if (written !== undefined) return [shown === undefined ? written : { ...shown, ...withLicense(written) }];
    if (shown !== undefined) return [shown];
    return component.state === "claimed" ? [claimedComponent(component)] : [];
  });
  return { ...base(evidence, folderName), ...(stated === undefined ? {} : { release: stated.release }), licenses, components };
}

function base({ facts, modelFile }: FolderEvidence, folderName: string): ModelDescription {
  const model = emptyModel(modelFile?.model?.release.name ?? facts.name ?? folderName);
  const release = {
    ...model.release,
    version: facts.parameters === undefined ? undefined : shortCount(facts.parameters),
    origin: facts.baseModels[0],
  };
  return { ...model, framework: FRAMEWORK, release };
}

function withLicense({ license, licensePath }: DescribedComponent): Partial<DescribedComponent> {
  return license === undefined ? {} : { license, licensePath };
}

function foundLicenses({ licenseFiles }: FolderEvidence, preferred: ReadonlySet<string>): ModelLicenses {
  const atRoot = licenseFiles.filter((file) => (file.reach === "folder" || file.reach === "model") && reachedFolder(file) === "");
  const of = (scope: LicenseFile["scope"]): ModelLicenses["code"] => {
    const files = withoutKnownPolicies(atRoot.filter((file) => file.scope === scope));
    const name = allOf(namesOfTexts(files, preferred));
    return name === "" ? undefined : { name, path: onlyPath(files) };
  };
  return { distribution: of(undefined), code: of("code"), data: of("data"), document: of("document") };
}

/** A path can be written for one text: where several hold, the path of one would be taken for all of them. */
function onlyPath(files: readonly LicenseFile[]): string | undefined {
  const [first, second] = files;
  return second === undefined && first?.unread === undefined ? first?.path : undefined;
}

interface Surroundings {
  readonly evidence: FolderEvidence;
  readonly catalogue: LicenseCatalogue;
  readonly inherited: ModelLicenses;
  readonly preferred: ReadonlySet<string>;
}

/**
 * A component is under all the licenses that its files are under, wherever they are: else the name of a folder
 * would decide which of them counts. A statement that is less open than the texts holds beside them. One that is
 * under nothing but the model's license inherits it.
 */
function foundComponent({ name, signs, files }: ComponentEvidence, surroundings: Surroundings): DescribedComponent {
  const { evidence, catalogue, inherited, preferred } = surroundings;
  const definition = COMPONENTS.find((component) => component.name === name);
  const kind = definition?.kind ?? "document";
  const described = { name, description: definition?.what, path: signs[0]?.file ?? "" };
  const sets = new Map<string, readonly LicenseFile[]>();
  for (const file of files) {
    const texts = textsFor({ name, kind }, file, evidence);
    sets.set(texts.map(({ path }) => path).join("\n"), texts);
  }
  const texts = [...new Set([...sets.values()].flat())];
  if (texts.length === 0) return { ...described, license: undefined, licensePath: undefined };
  const names = [...sets.values()].map((set) => allOf(namesOfTexts(set, preferred)) || NO_LICENSE);
  const contradictions = contradictionsOf({ name, kind }, evidence, catalogue)
    .filter(({ name: said }) => !isSaid(said, namesOfTexts(texts, preferred), catalogue))
    .map(({ id }) => id);
  const all = [...new Set([...names, ...contradictions])];
  const whole = inherited[kind] ?? inherited.distribution;
  const [only] = all;
  if (all.length === 1 && only === whole?.name) return { ...described, license: undefined, licensePath: undefined };
  return { ...described, license: allOf(all), licensePath: contradictions.length === 0 ? onlyPath(texts) : undefined };
}

/** The license files that hold for a file of a component. One that mof.yml points at adds to them, and replaces none. */
function textsFor(
  component: { readonly name: ComponentEvidence["name"]; readonly kind: "code" | "data" | "document" },
  file: string,
  { licenseFiles, modelFile }: FolderEvidence,
): readonly LicenseFile[] {
  const path = modelFile?.model?.components.find(({ name }) => name === component.name)?.licensePath;
  const pointedAt = path === undefined ? [] : licenseFiles.filter((text) => text.path === localPath(path));
  return [...new Set([...coveringLicenses(licenseFiles, component, file), ...pointedAt])];
}

/** What lies elsewhere is under a license that nothing here states; what is only described is under the model's. */
function claimedComponent({ name, signs }: ComponentEvidence): DescribedComponent {
  const sign = signs.find(({ target }) => target !== undefined) ?? signs[0];
  const definition = COMPONENTS.find((component) => component.name === name);
  return {
    name,
    description: definition?.what,
    // The name of a library or data set is no path: one that is written is an address.
    path: sign?.target !== undefined && /^[a-z][a-z0-9+.-]{1,20}:/i.test(sign.target) ? sign.target : undefined,
    license: sign?.target === undefined ? undefined : UNLICENSED,
    licensePath: undefined,
  };
}

function preferredIds({ licenseClaims }: FolderEvidence, catalogue: LicenseCatalogue): ReadonlySet<string> {
  return new Set(licenseClaims.flatMap(({ name }) => [name, catalogue.find(name)?.id ?? name]));
}
