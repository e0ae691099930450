import type { ComponentName } from "../../../src/openness/components.ts";
import type { ComponentFindings, ModelFindings } from "../../../src/openness/folder/findings.ts";
import { gatherFindings } from "../../../src/probe/gather.ts";
import type { ModelFiles } from "../../../src/probe/model-files.ts";
import { LICENSES } from "./licenses.ts";

/** The findings of files that are in memory: names from the model's root, with their text or bytes. */
export async function findingsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<ModelFindings> {
  const bytes = new Map(
    Object.entries(files).map(([name, content]) => [name, typeof content === "string" ? Buffer.from(content) : content]),
  );
  const model: ModelFiles = {
    root: "/model",
    names: [...bytes.keys()],
    links: [],
    others: [],
    isPartial: false,
    open: (name) => {
      const content = bytes.get(name);
      return content === undefined
        ? undefined
        : { size: content.length, read: (from, length) => Promise.resolve(content.subarray(from, from + length)) };
    },
    targetOf: () => undefined,
  };
  const noModelFile = (): never => {
    throw new Error("not asked for");
  };
  return gatherFindings(model, noModelFile, {
    isOpen: (id) => LICENSES.find(id)?.isOpen === true,
    isClosedName: (name) => LICENSES.find(name)?.isOpen === false,
    find: (name) => LICENSES.find(name),
  });
}

/** What findings say of one component. */
export function component(findings: ModelFindings, name: ComponentName): ComponentFindings {
  const found = findings.components.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
}

/** Whether it was found, claimed or is unknown. */
export function stateOf(findings: ModelFindings, name: ComponentName): ComponentFindings["state"] {
  return component(findings, name).state;
}
