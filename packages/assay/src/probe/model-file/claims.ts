import { COMPONENTS, type ComponentName } from "../../openness/components.ts";
import { componentState } from "../../openness/folder/component-findings.ts";
import { localPath } from "../../openness/folder/license-scope.ts";
import type { DescribedComponent } from "../../openness/model.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { roleOf, type FileRole } from "../role.ts";

/** What mof.yml lists: a component whose path leads to a file that can be it is found, every other is claimed. */
export const MODEL_FILE_CLAIMS: Probe = {
  name: "model-file",
  async run(input) {
    for (const { file, facts } of input.findings.filter((finding) => finding.probe === "model-file")) {
      if (facts.kind !== "model-file" || facts.model === undefined) continue;
      const { components, licenses } = facts.model;
      const notShown: string[] = [];
      for (const component of components) {
        const before = componentState(input.findings, component.name);
        reportComponent(input, file, component);
        if (before === "unknown" && componentState(input.findings, component.name) !== "found") notShown.push(component.name);
      }
      if (notShown.length > 0) {
        const what = notShown.length === 1 ? "a component" : `${notShown.length} components`;
        input.warn("EVIDENCE_CLAIM_NOT_FOUND", `${file} lists ${what} that no other file shows: ${notShown.join(", ")}`);
      }
      const { distribution } = licenses;
      if (distribution?.name === undefined) continue;
      const statement = { file, name: distribution.name, link: distribution.path };
      input.report({
        probe: "model-file",
        outcome: "claimed",
        file,
        location: "release.license.distribution",
        facts: { kind: "license-statement", statement },
      });
    }
  },
};

function reportComponent(input: ProbeInput, file: string, { name, path }: DescribedComponent): void {
  const { findings, files, report, warn } = input;
  const claimed = (target: string | undefined, why: string): void =>
    report({ probe: "model-file", outcome: "claimed", file, location: name, facts: { kind: "component", component: name, target, why } });
  if (path === undefined || path.trim() === "") return claimed(undefined, "lists it without a path");
  if (/^[a-z][a-z0-9+.-]{1,20}:/i.test(path)) return claimed(path, `gives its address: ${path}`);
  const local = localPath(path);
  const below = filesBelow(files.names, local);
  if (local !== "." && below.length === 0) {
    warn("EVIDENCE_CLAIM_NOT_FOUND", `${file} gives ${name} the path ${path}, which does not exist`);
    return claimed(undefined, `gives the path ${path}, which does not exist`);
  }
  if (componentState(findings, name) === "found") return;
  if (/parameters/.test(name)) return claimed(undefined, `gives the path ${path}, which has no readable parameters`);
  const shown = below.slice(0, MAX_OPENED).filter((other) => canBe(name, other) && (files.open(other)?.size ?? 0) > 0);
  if (shown.length === 0) return claimed(undefined, `gives the path ${path}, which has no file that can be it`);
  const why = `${file} names it, and it exists`;
  report({ probe: "model-file", outcome: "found", file: local, facts: { kind: "component", component: name, why, files: shown } });
}

/** The file of that name, or the files in the folder of that name. */
function filesBelow(names: readonly string[], path: string): readonly string[] {
  if (path === ".") return [];
  return names.includes(path) ? [path] : names.filter((name) => name.startsWith(`${path}/`));
}

/** Files of a folder that are opened to see whether they hold anything. */
const MAX_OPENED = 1_000;

/** Files that only describe a model, and never are a component. */
const SPEAKING: ReadonlySet<FileRole | undefined> = new Set<FileRole>(["mof", "license", "use-policy", "citation"]);
/** A text about code or data is neither code nor data. */
const ABOUT: ReadonlySet<FileRole | undefined> = new Set<FileRole>(["card", "data-card", "paper", "report"]);

function canBe(name: ComponentName, path: string): boolean {
  const role = roleOf(path);
  if (SPEAKING.has(role)) return false;
  return COMPONENTS.some((component) => component.name === name && component.kind === "document") || !ABOUT.has(role);
}
