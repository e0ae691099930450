import type { Probe } from "../probe.ts";
import { signsOfCode } from "./signs.ts";

const MAX_CODE = 256 * 1024;

/** Code by what it is called and what it calls, and the files that name the libraries it needs. */
export const CODE: Probe = {
  name: "code",
  async run({ byRole, readText, report }) {
    for (const name of byRole.names("code")) {
      const file = await readText(name, MAX_CODE);
      if (file === undefined) continue;
      for (const { component, why } of signsOfCode(name, file.text)) {
        report({ probe: "code", outcome: "found", file: name, facts: { kind: "component", component, why } });
      }
    }
    for (const name of byRole.names("requirements")) {
      const text = (await readText(name, MAX_CODE))?.text.trim() ?? "";
      if (text === "") continue;
      const why = "names the libraries";
      report({
        probe: "code",
        outcome: "found",
        file: name,
        facts: { kind: "component", component: "Supporting libraries and tools", why },
      });
    }
  },
};
