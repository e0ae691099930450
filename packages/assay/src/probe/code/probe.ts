import type { ComponentName } from "../../openness/components.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { readAll } from "../read-all.ts";
import { FineTuning } from "../fine-tuning.ts";
import { signsOfCode, type CodeSign } from "./signs.ts";

const MAX_CODE = 1024 * 1024;
/** A notebook holds its pictures. */
const MAX_NOTEBOOK = 8 * 1024 * 1024;

/** What counts only where it made the model: to adapt the model is not to make it. */
const OF_THE_MODEL: ReadonlySet<ComponentName> = new Set(["Model architecture", "Training code", "Data preprocessing code"]);

/** Code by what it is called and what it calls, and the files that name the libraries it needs. */
export const CODE: Probe = {
  name: "code",
  async run(input) {
    const { byRole, report } = input;
    const seen: { readonly name: string; readonly sign: CodeSign }[] = [];
    const look = (name: string, text: string): void => void seen.push(...signsOfCode(name, text).map((sign) => ({ name, sign })));
    const code = byRole.names("code");
    await readAll(
      input,
      code.filter((name) => !isNotebook(name)),
      { what: "files of code", limit: MAX_CODE },
      look,
    );
    await readAll(input, code.filter(isNotebook), { what: "notebooks", limit: MAX_NOTEBOOK }, look);
    // The file whose name says most is named first.
    seen.sort((a, b) => a.sign.rank - b.sign.rank);
    const fineTuning = new FineTuning(input);
    for (const { name, sign } of seen) {
      const { component, line } = sign;
      const isAside = OF_THE_MODEL.has(component) && (await fineTuning.covers(name));
      const outcome = isAside ? "insufficient" : "found";
      const why = isAside ? `${name}: adapts a model that exists` : sign.why;
      report({ probe: "code", outcome, file: name, location: `line ${line}`, facts: { kind: "component", component, why } });
    }
    await reportLibraries(input);
  },
};

async function reportLibraries(input: ProbeInput): Promise<void> {
  await readAll(input, input.byRole.names("requirements"), { what: "lists of libraries", limit: MAX_CODE }, (name, text) => {
    if (text.trim() === "") return;
    const facts = { kind: "component", component: "Supporting libraries and tools", why: "names the libraries" } as const;
    input.report({ probe: "code", outcome: "found", file: name, facts });
  });
}

function isNotebook(name: string): boolean {
  return name.toLowerCase().endsWith(".ipynb");
}
