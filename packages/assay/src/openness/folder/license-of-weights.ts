import type { Evaluation } from "../evaluation.ts";
import type { LicenseCatalog } from "../license.ts";
import { allOf, coveringLicenses, namesOfTexts } from "./license-cover.ts";
import type { LicenseFile, ModelFindings } from "./findings.ts";
import { statedLicense } from "./stated-license.ts";

/** The license of a model's weights: by a text, and by what is said. */
export interface LicenseOfWeights {
  /** By texts that are recognized; undefined where none is there. Several hold together: `A AND B`. */
  readonly found: string | undefined;
  /** By a card, mof.yml or header. */
  readonly claimed: string | undefined;
  /** Whether a text that is not recognized, or was not read, holds for them too. */
  readonly hasUnknownText: boolean;
}

const WEIGHTS = { name: "Model parameters (Final)", kind: "data" } as const;
const OTHER_WEIGHTS = "Model parameters (Intermediate)";

/**
 * Which license the weights of a folder are under. A text counts before what a card says of it; where the folder shows no
 * weights, what holds at its root does. `claimed` is the evaluation in which everything that the files say is true.
 */
export function licenseOfWeights(findings: ModelFindings, claimed: Evaluation, catalog: LicenseCatalog): LicenseOfWeights {
  const files = findings.components
    .filter(({ name, state }) => (name === WEIGHTS.name || name === OTHER_WEIGHTS) && state === "found")
    .flatMap((component) => component.files);
  const texts = (files.length === 0 ? [""] : files).map((file) => coveringLicenses(findings.licenseFiles, WEIGHTS, file));
  const all = [...new Set(texts.flat())];
  const known = all.filter(isRecognized);
  const said = findings.licenseClaims.map(({ name }) => catalog.find(name)?.id ?? name);
  // Weights of which a part has no text are not under that of the others.
  const isWhole = texts.every((set) => set.some(isRecognized));
  return {
    found: known.length === 0 || !isWhole ? undefined : allOf(namesOfTexts(known, new Set(said))),
    claimed: claimedName(findings, claimed, catalog),
    hasUnknownText: known.length < all.length,
  };
}

function isRecognized({ text, unread }: LicenseFile): boolean {
  return unread === undefined && (text.kind === "exact" || text.kind === "named");
}

/** As an identifier where the license is known: cards write `apache-2.0`. */
function claimedName(findings: ModelFindings, claimed: Evaluation, catalog: LicenseCatalog): string | undefined {
  const evaluated = claimed.components.find(({ name }) => name === WEIGHTS.name);
  const said = statedLicense(WEIGHTS, findings)?.name;
  const ofModelFile = evaluated?.status === "missing" || evaluated?.status === "unlicensed" ? null : evaluated?.license;
  const name = said ?? ofModelFile ?? findings.modelFile?.model?.licenses.distribution?.name;
  if (name === undefined || name === "" || name === "unlicensed") return undefined;
  return catalog.find(name)?.id ?? name;
}
