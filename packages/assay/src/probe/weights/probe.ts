import type { ComponentName } from "../../openness/components.ts";
import { shortCount } from "../../openness/folder/short-count.ts";
import type { FileFacts } from "../../formats/format.ts";
import { readFile, type FileReading } from "../../formats/read-file.ts";
import { readAdapter, type Adapter } from "../configuration.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { isIntermediate } from "../role.ts";
import { smallestStatedSize } from "./stated-size.ts";

const FINAL = "Model parameters (Final)";
const INTERMEDIATE = "Model parameters (Intermediate)";

/** Files of parameters that are opened, near the root first: a model in a thousand parts has fewer. */
const MAX_OPENED = 2_000;

/** Parameters, final and intermediate, by the headers of their files. */
export const WEIGHTS: Probe = {
  name: "weights",
  async run(input) {
    const { byRole, warn } = input;
    const adapter = await readAdapter(input);
    const names = [...byRole.names("weights"), ...byRole.names("gguf")];
    const readings = new Map<string, FileReading | undefined>();
    for (const name of names.slice(0, MAX_OPENED)) readings.set(name, await readWeights(input, name));
    const tooSmall = await shortOfCard(input, readings);
    for (const [name, reading] of readings) reportFile(input, name, reading, adapter, tooSmall);
    if (names.length > MAX_OPENED) {
      const [count, all] = [names.length - MAX_OPENED, names.length].map((number) => number.toLocaleString("en-US"));
      warn("EVIDENCE_NOT_ALL_READ", `not opened: ${count} of ${all} files of parameters`);
    }
    for (const name of [...byRole.fromTests("weights"), ...byRole.fromTests("gguf")].slice(0, 1)) {
      const facts = { kind: "component", component: FINAL, why: `${name}: for tests of the program` } as const;
      input.report({ probe: "weights", outcome: "insufficient", file: name, facts });
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

/** Where a file does not say how many parameters it holds: two bits for each is the least. */
const MAX_PER_BYTE = 4;
/** A name rounds: 6.7 billion are called 7B. */
const ROUNDED = 1.5;

/**
 * Why the final parameters here are not those of the model that the card is about: all of them together are fewer than
 * it states for the smallest one, so that they are a toy's or a test's. Undefined where they may be, or no size is stated.
 */
async function shortOfCard(input: ProbeInput, readings: ReadonlyMap<string, FileReading | undefined>): Promise<string | undefined> {
  let parameters = 0;
  for (const [name, reading] of readings) {
    if (isIntermediate(name) || isAdapter(name) || reading?.kind === "pointer" || reading?.kind === "damaged") continue;
    if (reading?.kind === "facts")
      parameters += (reading.facts.parameters ?? 0) * ROUNDED || (input.files.open(name)?.size ?? 0) * MAX_PER_BYTE;
  }
  if (parameters === 0) return undefined;
  for (const name of input.byRole.names("card")) {
    const stated = smallestStatedSize((await input.readText(name))?.text ?? "");
    if (stated === undefined) continue;
    if (parameters >= stated) return undefined;
    return `at most ${shortCount(parameters)} parameters, and ${name} speaks of ${shortCount(stated)} or more`;
  }
  return undefined;
}

/** Undefined where the file cannot be read. */
async function readWeights({ files }: ProbeInput, name: string): Promise<FileReading | undefined> {
  const file = files.open(name);
  try {
    return file === undefined ? undefined : await readFile(name, file);
  } catch {
    return undefined;
  }
}

function reportFile(
  { report, warn }: ProbeInput,
  name: string,
  reading: FileReading | undefined,
  adapter: Adapter | undefined,
  tooSmall: string | undefined,
): void {
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
      if (tooSmall !== undefined && component === FINAL && !isAdapter(name)) {
        return report({
          probe: "weights",
          outcome: "insufficient",
          file: name,
          facts: { kind: "component", component, why: `${name}: ${tooSmall}` },
        });
      }
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
