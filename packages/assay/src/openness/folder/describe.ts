import { COMPONENTS, type ComponentName } from "../components.ts";
import type { LicenseCatalog } from "../license.ts";
import { emptyModel, type DescribedComponent, type ModelDescription, type ModelLicenses, FRAMEWORK } from "../model.ts";
import { isAddress } from "./claimed-address.ts";
import { shortCount } from "./short-count.ts";
import { contradictionsOf, isSaid } from "./contradictions.ts";
import { localPath } from "./license-scope.ts";
import { allOf, coveringLicenses, namesOfTexts, reachedFolder, titlesOfTexts, withoutKnownPolicies } from "./license-cover.ts";
import { releaseName } from "./release-name.ts";
import { statedLicense } from "./stated-license.ts";
import type { ComponentFindings, ModelFindings, LicenseFile } from "./findings.ts";

/** What a mof.yml writes for a component that has no license. */
const UNLICENSED = "unlicensed";
/** For some of a component's files, where others have one. */
const NO_LICENSE = "LicenseRef-no-license";

/** The model that the folder shows: components that are there, under licenses whose text is there. */
export function describeFound(findings: ModelFindings, catalog: LicenseCatalog, folderName: string): ModelDescription {
  const preferred = preferredIds(findings, catalog);
  const licenses = foundLicenses(findings, preferred);
  const components = findings.components
    .filter(({ state }) => state === "found")
    .map((component) => foundComponent(component, { findings, catalog, inherited: licenses, preferred }));
  return { ...base(findings, folderName), licenses, components };
}

/** The model as it is if everything that the folder's files say is true. `found` is what is in it, which still counts first. */
export function describeClaimed(findings: ModelFindings, found: ModelDescription, folderName: string): ModelDescription {
  const stated = findings.modelFile?.model;
  // What is said of one kind of component is not said of the whole.
  const whole = findings.licenseClaims.filter(({ about }) => about === undefined);
  const [claim] = whole;
  const claims = whole.filter(({ file }) => file === claim?.file);
  const claimed = claim === undefined ? undefined : { name: allOf(claims.map(({ name }) => name)), path: claim.link };
  const licenses: ModelLicenses = {
    distribution: found.licenses.distribution ?? stated?.licenses.distribution ?? claimed,
    code: found.licenses.code ?? stated?.licenses.code,
    data: found.licenses.data ?? stated?.licenses.data,
    document: found.licenses.document ?? stated?.licenses.document,
  };
  const components = findings.components.flatMap((component): DescribedComponent[] => {
    const written = stated?.components.find(({ name }) => name === component.name);
    const shown = found.components.find(({ name }) => name === component.name);
    if (written !== undefined) return [shown === undefined ? written : { ...shown, ...withLicense(written) }];
    if (shown !== undefined) return [withStatement(shown, findings, licenses)];
    return component.state === "claimed" ? [claimedComponent(component, findings)] : [];
  });
  return { ...base(findings, folderName), ...(stated === undefined ? {} : { release: stated.release }), licenses, components };
}

function base({ facts, modelFile }: ModelFindings, folderName: string): ModelDescription {
  const model = emptyModel(modelFile?.model?.release.name ?? releaseName(facts.name) ?? folderName);
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

function foundLicenses({ licenseFiles }: ModelFindings, preferred: ReadonlySet<string>): ModelLicenses {
  const atRoot = licenseFiles.filter(
    (file) => (file.reach === "folder" || file.reach === "model") && reachedFolder(file) === "" && file.onlyFor === undefined,
  );
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
  readonly findings: ModelFindings;
  readonly catalog: LicenseCatalog;
  readonly inherited: ModelLicenses;
  readonly preferred: ReadonlySet<string>;
}

/**
 * A component is under all the licenses that its files are under, wherever they are: else the name of a folder
 * would decide which of them counts. A statement that is less open than the texts holds beside them. One that is
 * under nothing but the model's license inherits it.
 */
function foundComponent({ name, signs, files }: ComponentFindings, surroundings: Surroundings): DescribedComponent {
  const { findings, catalog, inherited, preferred } = surroundings;
  const definition = COMPONENTS.find((component) => component.name === name);
  const kind = definition?.kind ?? "document";
  const described = { name, description: definition?.what, path: signs[0]?.file ?? "" };
  const sets = new Map<string, readonly LicenseFile[]>();
  for (const file of files) {
    const texts = textsFor({ name, kind }, file, findings);
    sets.set(texts.map(({ path }) => path).join("\n"), texts);
  }
  const texts = [...new Set([...sets.values()].flat())];
  if (texts.length === 0) return { ...described, license: undefined, licensePath: undefined };
  const names = [...sets.values()].map((set) => (set.length === 0 ? [NO_LICENSE] : namesOfTexts(set, preferred)));
  const contradictions = contradictionsOf({ name, kind }, findings, catalog)
    .filter(({ name: said }) => !isSaid(said, [...namesOfTexts(texts, preferred), ...titlesOfTexts(texts)], catalog))
    .map(({ id }) => id);
  // Each license once, whatever sets of texts the files are under.
  const all = allOf([...new Set([...names.flat(), ...contradictions])]);
  if (all === (inherited[kind] ?? inherited.distribution)?.name) return { ...described, license: undefined, licensePath: undefined };
  return { ...described, license: all, licensePath: contradictions.length === 0 ? onlyPath(texts) : undefined };
}

/** The license files that hold for a file of a component. One that mof.yml points at adds to them, and replaces none. */
function textsFor(
  component: { readonly name: ComponentFindings["name"]; readonly kind: "code" | "data" | "document" },
  file: string,
  { licenseFiles, modelFile }: ModelFindings,
): readonly LicenseFile[] {
  const path = modelFile?.model?.components.find(({ name }) => name === component.name)?.licensePath;
  const pointedAt = path === undefined ? [] : licenseFiles.filter((text) => text.path === localPath(path));
  return [...new Set([...coveringLicenses(licenseFiles, component, file), ...pointedAt])];
}

/** What has no license by any text is under the one that is said of it. */
function withStatement(
  component: DescribedComponent,
  findings: ModelFindings,
  { distribution, ...ofKinds }: ModelLicenses,
): DescribedComponent {
  const kind = COMPONENTS.find(({ name }) => name === component.name)?.kind ?? "document";
  if (component.license !== undefined || (ofKinds[kind] ?? distribution) !== undefined) return component;
  return { ...component, license: saidOfItself(component.name, findings) };
}

/** What is elsewhere is under the license that is said of it, if any is; what is only described is under the model's. */
function claimedComponent({ name, signs }: ComponentFindings, findings: ModelFindings): DescribedComponent {
  const sign = signs.find(({ target }) => target !== undefined) ?? signs[0];
  const definition = COMPONENTS.find((component) => component.name === name);
  return {
    name,
    description: definition?.what,
    // The name of a library or data set is not a path: one that is written is an address.
    path: isAddress(sign?.target) ? sign.target : undefined,
    license: sign?.target === undefined ? undefined : (saidOfItself(name, findings) ?? UNLICENSED),
    licensePath: undefined,
  };
}

function saidOfItself(name: ComponentName, findings: ModelFindings): string | undefined {
  const kind = COMPONENTS.find((component) => component.name === name)?.kind ?? "document";
  const said = findings.licenseClaims.filter(({ about }) => about !== undefined);
  return statedLicense({ name, kind }, { ...findings, licenseClaims: said })?.name;
}

function preferredIds({ licenseClaims }: ModelFindings, catalog: LicenseCatalog): ReadonlySet<string> {
  return new Set(licenseClaims.flatMap(({ name }) => [name, catalog.find(name)?.id ?? name]));
}
