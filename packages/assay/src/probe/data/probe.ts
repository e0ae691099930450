import { readPart } from "../model-files.ts";
import type { Probe } from "../probe.ts";
import { isForEvaluation } from "../role.ts";
import { dataFormat } from "./data-format.ts";

const HEAD_BYTES = 16 * 1024;

/** Files of data, by their first bytes. */
export const DATA: Probe = {
  name: "data",
  async run({ files, byRole, report }) {
    const names = byRole.names("data");
    const count = byRole.count("data");
    const rest = count > names.length ? `; ${names.length} of ${count.toLocaleString("en-US")} data files were opened` : "";
    for (const name of names) {
      const part = await readPart(files, name, HEAD_BYTES);
      const format = part === undefined ? undefined : dataFormat(name, part);
      if (format === undefined) continue;
      const component = isForEvaluation(name) ? "Evaluation data" : "Datasets";
      report({ probe: "data", outcome: "found", file: name, facts: { kind: "component", component, why: format + rest } });
    }
  },
};
