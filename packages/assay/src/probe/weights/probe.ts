import type { ComponentName } from "../../openness/components.ts";
import { shortCount } from "../../openness/folder/short-count.ts";
import type { FileFacts } from "../../formats/format.ts";
import { readFile, type FileReading } from "../../formats/read-file.ts";
import { readAdapter, type Adapter } from "../configuration.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { isIntermediate } from "../role.ts";

const FINAL = "Model parameters (Final)";
const INTERMEDIATE = "Model parameters (Intermediate)";

/** Parameters, final and intermediate, by the headers of their files. */
export const WEIGHTS: Probe = {
  name: "weights",
  async run(input) {
    const adapter = await readAdapter(input);
    for (const name of [...input.byRole.names("weights"), ...input.byRole.names("gguf")]) {
      reportFile(input, name, await readWeights(input, name), adapter);
    }
    if (adapter?.base !== undefined) {
      input.report({
        probe: "weights",
        outcome: "claimed",
        file: adapter.file,
        facts: { kind: "release", baseModels: [adapter.base] },
      });
    }
  },
};

/** Undefined where the file cannot be read. */
async function readWeights({ files }: ProbeInput, name: string): Promise<FileReading | undefined> {
  const file = files.open(name);
  try {
    return file === undefined ? undefined : await readFile(name, file);
  } catch {
    return undefined;
  }
}

function reportFile({ report, warn }: ProbeInput, name: string, reading: FileReading | undefined, adapter: Adapter | undefined): void {
  const component: ComponentName = isIntermediate(name) ? INTERMEDIATE : FINAL;
  switch (reading?.kind) {
    case undefined:
    case "unknown":
      return;
    case "damaged":
      warn("EVIDENCE_FILE_DAMAGED", `${name} does not count as parameters: ${reading.why}`);
      return report({ probe: "weights", outcome: "damaged", file: name, facts: { kind: "component", component, why: reading.why } });
    case "pointer": {
      const why = "is a git-LFS pointer: the parameters were not downloaded";
      return report({ probe: "weights", outcome: "not-available", file: name, facts: { kind: "component", component, why } });
    }
    case "facts":
      return reportFacts(report, name, reading.facts, component, adapter);
  }
}

function reportFacts(
  report: ProbeInput["report"],
  name: string,
  facts: FileFacts,
  component: ComponentName,
  adapter: Adapter | undefined,
): void {
  const { statedName, statedLicense, statedArchitecture, parameters } = facts;
  if (statedLicense !== undefined) {
    const statement = { file: name, name: statedLicense, link: undefined, about: "parameters" } as const;
    report({ probe: "weights", outcome: "claimed", file: name, location: "its metadata", facts: { kind: "license-statement", statement } });
  }
  const isPart = adapter !== undefined && component === FINAL && isAdapter(name);
  report({
    probe: "weights",
    outcome: "claimed",
    file: name,
    location: "its metadata",
    facts: {
      kind: "release",
      name: statedName,
      architecture: statedArchitecture,
      parameters: component === FINAL && !isPart ? parameters : undefined,
    },
  });
  if (!isPart)
    return report({ probe: "weights", outcome: "found", file: name, facts: { kind: "component", component, why: describe(facts) } });
  const why = `holds ${adapter.type} weights only; the rest is in ${adapter.base ?? "a base model that is not named"}`;
  report({ probe: "weights", outcome: "claimed", file: name, facts: { kind: "component", component, target: adapter.base, why } });
}

function isAdapter(name: string): boolean {
  return /(?:^|\/)adapter[^/]*$/i.test(name);
}

function describe({ format, tensors, types, parameters }: FileFacts): string {
  const parts: string[] = [format];
  if (parameters !== undefined) parts.push(`${shortCount(parameters)} parameters`);
  else if (tensors !== undefined) parts.push(`${tensors} tensors`);
  if (types.length > 0) parts.push(types.slice(0, 3).join(" "));
  if (format === "GGUF" && types.some((type) => /^(?:I?Q)\d/.test(type))) parts.push("quantized");
  return parts.join(", ");
}
