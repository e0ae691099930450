import { COMPONENTS, RESEARCH_PAPER, TECHNICAL_REPORT, type ComponentName } from "../components.ts";
import type { Evaluation, Step } from "../evaluation.ts";
import type { ModelDescription } from "../model.ts";
import { claimOf, type Claim } from "./claimed-address.ts";
import type { ModelFindings } from "./findings.ts";

/** In place of a license that no file states: not an identifier, so that it is not taken for an answer. */
const ITS_LICENSE = "<its license>";

/**
 * The steps for what is missing, as the folder shows it: what is there and too little says so, and what a file says
 * is elsewhere needs its address and license, not a file. `claimed` is the model as its files describe it.
 */
export function withFolderSteps(
  evaluation: Evaluation,
  { components }: Pick<ModelFindings, "components">,
  claimed: ModelDescription,
): Evaluation {
  const find = (name: ComponentName): ReturnType<typeof components.find> => components.find((component) => component.name === name);
  const steps = evaluation.steps.map((step): Step => {
    if (step.problem !== "missing") return step;
    const component = find(step.component);
    if (component?.shortfall !== undefined) return { ...step, text: component.shortfall };
    const claim = claimOf(component);
    if (claim !== undefined) return claimedStep(step, claim, claimed);
    if (component?.state !== "unknown") return step;
    if (step.component !== TECHNICAL_REPORT) return { ...step, text: "not found, and no file says where it is" };
    const paper = claimOf(find(RESEARCH_PAPER));
    const instead = paper === undefined ? "a research paper would do in its place" : `the paper that ${paper.file} names would do`;
    return { ...step, text: `not found; ${instead}` };
  });
  return { ...evaluation, steps };
}

function claimedStep(step: Step, { file, address }: Claim, claimed: ModelDescription): Step {
  const license = claimed.components.find(({ name }) => name === step.component)?.license;
  const written = license === undefined || license === "unlicensed" || license === "" ? undefined : license;
  const what = written === undefined ? "its address and license" : "its address";
  const path = address ?? COMPONENTS.find(({ name }) => name === step.component)?.example ?? "";
  return {
    ...step,
    text: `claimed by ${file}: give ${what}${address === undefined ? "" : ` (${address})`}`,
    example: `{ name: ${step.component}, component_path: ${JSON.stringify(path)}, license: ${JSON.stringify(written ?? ITS_LICENSE)} }`,
  };
}
