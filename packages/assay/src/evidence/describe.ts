import { COMPONENTS } from "../openness/components.ts";
import type { LicenseCatalogue } from "../openness/license.ts";
import { emptyModel, type DescribedComponent, type ModelDescription, type ModelLicenses, FRAMEWORK } from "../openness/model.ts";
import { shortCount } from "./gather-weights.ts";
import { folderOf } from "./license-scope.ts";
import { coveringLicenses, licenseOf } from "./license-cover.ts";
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
    .map((component) => foundComponent(component, evidence, licenses, preferred));
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

/** Several statements hold together: a choice within one of them stays within it. */
function allOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : names.map((name) => (/\sor\s/i.test(name) ? `(${name})` : name)).join(" AND ");
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
  const atRoot = licenseFiles.filter(({ folder }) => folder === "");
  const of = (scope: LicenseFile["scope"]): ModelLicenses["code"] => {
    const files = atRoot.filter((file) => file.scope === scope);
    const name = licenseOf(files, preferred);
    return name === undefined ? undefined : { name, path: files[0]?.path };
  };
  return { distribution: of(undefined), code: of("code"), data: of("data"), document: of("document") };
}

/**
 * A component is under all the licenses that its files are under, wherever they lie: else the name of a folder
 * would decide which of them counts. One that says nothing of its own inherits the model's.
 */
function foundComponent(
  { name, signs, files }: ComponentEvidence,
  evidence: FolderEvidence,
  inherited: ModelLicenses,
  preferred: ReadonlySet<string>,
): DescribedComponent {
  const definition = COMPONENTS.find((component) => component.name === name);
  const own = [...new Set(files.map(folderOf))].map((folder) => ownLicense(name, folder, evidence));
  const whole = inherited[definition?.kind ?? "document"] ?? inherited.distribution;
  const names = own.map((texts) => licenseOf(texts, preferred) ?? whole?.name ?? NO_LICENSE);
  const license = own.every((texts) => texts.length === 0) ? undefined : allOf([...new Set(names)]);
  return { name, description: definition?.what, path: signs[0]?.file ?? "", license, licensePath: own.flat()[0]?.path };
}

/** The license files that are for this component more than for the whole: what is for the whole is inherited. */
function ownLicense(name: ComponentEvidence["name"], path: string, { licenseFiles, modelFile }: FolderEvidence): readonly LicenseFile[] {
  const named = modelFile?.model?.components.find((component) => component.name === name)?.licensePath?.replace(/^(?:\.\/)+/, "");
  const pointedAt = licenseFiles.filter((file) => file.path === named);
  if (pointedAt.length > 0) return pointedAt;
  const kind = COMPONENTS.find((component) => component.name === name)?.kind ?? "document";
  return coveringLicenses(licenseFiles, { name, kind }, path).filter(({ folder, scope }) => folder !== "" || scope === "parameters");
}

/** What lies elsewhere is under a license that nothing here states; what is only described is under the model's. */
function claimedComponent({ name, signs }: ComponentEvidence): DescribedComponent {
  const sign = signs.find(({ target }) => target !== undefined) ?? signs[0];
  const definition = COMPONENTS.find((component) => component.name === name);
  return {
    name,
    description: definition?.what,
    path: sign?.target,
    license: sign?.target === undefined ? undefined : UNLICENSED,
    licensePath: undefined,
  };
}

function preferredIds({ licenseClaims }: FolderEvidence, catalogue: LicenseCatalogue): ReadonlySet<string> {
  return new Set(licenseClaims.flatMap(({ name }) => [name, catalogue.find(name)?.id ?? name]));
}
