import { withoutUnconfirmed } from "../../openness/write-model.ts";
import type { Probe } from "../probe.ts";

const MAX_MODEL_FILE = 1024 * 1024;

/** An existing mof.yml, without the claims to confirm that Assay wrote into it. */
export const MODEL_FILE: Probe = {
  name: "model-file",
  async run({ byRole, readText, readModelFile, report, warn }) {
    const [name] = byRole.names("mof");
    const file = name === undefined ? undefined : await readText(name, MAX_MODEL_FILE);
    if (name === undefined || file === undefined) return;
    const { bytes, isWhole } = file.part;
    try {
      if (!isWhole) throw new Error(`more than ${MAX_MODEL_FILE} bytes`);
      const model = withoutUnconfirmed(readModelFile(bytes), file.text);
      report({ probe: "model-file", outcome: "claimed", file: name, facts: { kind: "model-file", bytes, model } });
    } catch (error) {
      warn("EVIDENCE_MOF_BROKEN", `${name} was not used: ${error instanceof Error ? error.message : String(error)}`);
      report({ probe: "model-file", outcome: "damaged", file: name, facts: { kind: "model-file", bytes, model: undefined } });
    }
  },
};
