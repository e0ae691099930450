import { shortCount } from "../../openness/folder/short-count.ts";
import { readAdapter } from "../configuration.ts";
import { namesOf, type Gathering } from "../gathering.ts";
import { isIntermediate } from "../role.ts";
import type { WeightsFacts } from "../../formats/reading.ts";
import { readWeights } from "./read-weights.ts";

/** Parameters, final and intermediate, by the headers of their files. */
export function gatherWeights(gathering: Gathering): void {
  const { collector, warnings, clues, listing } = gathering;
  const adapter = readAdapter(gathering);
  let parameters = 0;
  for (const name of [...namesOf(gathering, "weights"), ...namesOf(gathering, "gguf")]) {
    const reading = readWeights(listing, name);
    if (reading.kind === "damaged") {
      warnings.push({ code: "EVIDENCE_FILE_DAMAGED", message: `${name} does not count as parameters: ${reading.why}` });
      continue;
    }
    const component = isIntermediate(name) ? "Model parameters (Intermediate)" : "Model parameters (Final)";
    if (reading.kind === "pointer") {
      collector.claimed(component, name, undefined, "is a pointer of Git LFS: the parameters themselves are not here");
      continue;
    }
    if (reading.kind === "unreadable") continue;
    const { facts } = reading;
    if (facts.statedLicense !== undefined) {
      gathering.licenseClaims.push({ file: name, name: facts.statedLicense, link: undefined, about: "parameters" });
    }
    clues.name ??= facts.statedName;
    clues.architecture ??= facts.statedArchitecture;
    if (adapter !== undefined && component === "Model parameters (Final)" && isAdapter(name)) {
      const base = adapter.base === undefined ? "a base model that is not named" : adapter.base;
      collector.claimed(component, name, adapter.base, `holds ${adapter.type} weights only; the rest is in ${base}`);
      continue;
    }
    if (component === "Model parameters (Final)") parameters += facts.parameters ?? 0;
    collector.found(component, name, describe(facts));
  }
  if (adapter?.base !== undefined) clues.baseModels.push(adapter.base);
  if (parameters > 0) clues.parameters = parameters;
}

function isAdapter(name: string): boolean {
  return /(?:^|\/)adapter[^/]*$/i.test(name);
}

function describe({ format, tensors, types, parameters }: WeightsFacts): string {
  const parts: string[] = [format];
  if (parameters !== undefined) parts.push(`${shortCount(parameters)} parameters`);
  else if (tensors !== undefined) parts.push(`${tensors} tensors`);
  if (types.length > 0) parts.push(types.slice(0, 3).join(" "));
  if (format === "GGUF" && types.some((type) => /^(?:I?Q)\d/.test(type))) parts.push("quantized");
  return parts.join(", ");
}
