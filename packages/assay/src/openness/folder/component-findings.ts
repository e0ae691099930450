import { COMPONENTS, type ComponentName } from "../components.ts";
import type { ComponentFacts, ComponentFindings, ComponentSign, OpennessFinding } from "./findings.ts";

/** The first signs of each kind say enough; a folder may hold a hundred thousand. */
const MAX_SIGNS = 6;

/** What the findings say of each of the 17 components, in the order of COMPONENTS. */
export function componentFindings(findings: readonly OpennessFinding[]): ComponentFindings[] {
  return COMPONENTS.map(({ name }) => oneComponent(name, findings.filter(isAbout(name))));
}

/** What the findings so far say of one component. */
export function componentState(findings: readonly OpennessFinding[], component: ComponentName): ComponentFindings["state"] {
  return oneComponent(component, findings.filter(isAbout(component))).state;
}

type Seen = OpennessFinding & { readonly facts: ComponentFacts };

function isAbout(component: ComponentName): (finding: OpennessFinding) => finding is Seen {
  return (finding): finding is Seen => finding.facts.kind === "component" && finding.facts.component === component;
}

function oneComponent(name: ComponentName, seen: readonly Seen[]): ComponentFindings {
  const found = seen.filter(({ outcome }) => stateOfOutcome(outcome) === "found");
  const claimed = seen.filter(({ outcome }) => stateOfOutcome(outcome) === "claimed");
  const tooLittle = seen.find(({ outcome }) => outcome === "insufficient");
  return {
    name,
    state: found.length > 0 ? "found" : claimed.length > 0 ? "claimed" : "unknown",
    signs: [...found.slice(0, MAX_SIGNS).map(signOf("found")), ...claimed.slice(0, MAX_SIGNS).map(signOf("claimed"))],
    shortfall: found.length > 0 || tooLittle === undefined ? undefined : tooLittle.facts.why,
    files: found.flatMap(({ file, facts }) => facts.files ?? [file]),
  };
}

/** A file whose content is elsewhere is a claim that there is one. */
function stateOfOutcome(outcome: OpennessFinding["outcome"]): ComponentFindings["state"] {
  if (outcome === "found") return "found";
  return outcome === "claimed" || outcome === "not-available" ? "claimed" : "unknown";
}

function signOf(state: ComponentSign["state"]): (seen: Seen) => ComponentSign {
  return ({ file, facts }) => ({ state, file, target: facts.target, why: facts.why });
}
