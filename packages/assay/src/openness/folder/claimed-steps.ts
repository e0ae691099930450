import type { Evaluation, Step } from "../evaluation.ts";
import type { ComponentFindings, ComponentSign } from "./findings.ts";

/** What is elsewhere is not to be added to the folder: the step for it asks for its address and license. */
export function withClaimedSteps(evaluation: Evaluation, components: readonly ComponentFindings[]): Evaluation {
  const steps = evaluation.steps.map((step) => {
    const sign = components.find(({ name }) => name === step.component)?.signs.find(isElsewhere);
    return step.problem === "missing" && sign !== undefined ? stepFor(step, sign, sign.target ?? "") : step;
  });
  return { ...evaluation, steps };
}

function isElsewhere({ state, target }: ComponentSign): boolean {
  return state === "claimed" && target !== undefined && /^[a-z][a-z0-9+.-]{1,20}:/i.test(target);
}

function stepFor(step: Step, { file }: ComponentSign, address: string): Step {
  const text = `claimed by ${file}: give its address and license (${address})`;
  const example = /component_path: "(?:[^"\\]|\\.)*"/.test(step.example)
    ? step.example.replace(/component_path: "(?:[^"\\]|\\.)*"/, () => `component_path: ${JSON.stringify(address)}`)
    : step.example.replace(", license:", () => `, component_path: ${JSON.stringify(address)}, license:`);
  return { ...step, text, example };
}
