import { COMPONENTS, type ComponentName } from "../../openness/components.ts";
import type { DescribedComponent, ModelDescription } from "../../openness/model.ts";
import { readPart } from "../folder.ts";
import type { Gathering } from "../gathering.ts";
import { localPath } from "../../openness/folder/license-scope.ts";
import { roleOf, type FileRole } from "../role.ts";

/** What a person wrote into mof.yml: a path that is there is evidence, everything else a claim. */
export function gatherModelClaims(gathering: Gathering, file: string, model: ModelDescription): void {
  const files = new Set(gathering.listing.files);
  const notShown: string[] = [];
  for (const component of model.components) {
    const before = gathering.collector.stateOf(component.name);
    gatherOne(gathering, file, component, files);
    if (before === "unknown" && gathering.collector.stateOf(component.name) !== "found") notShown.push(component.name);
  }
  if (notShown.length > 0) {
    const what = notShown.length === 1 ? "a component" : `${notShown.length} components`;
    const message = `${file} lists ${what} of which the folder shows nothing: ${notShown.join(", ")}`;
    gathering.warnings.push({ code: "EVIDENCE_CLAIM_NOT_FOUND", message });
  }
  const { distribution } = model.licenses;
  if (distribution?.name !== undefined) gathering.licenseClaims.push({ file, name: distribution.name, link: distribution.path });
}

function gatherOne(
  { collector, listing, warnings }: Gathering,
  file: string,
  component: DescribedComponent,
  files: ReadonlySet<string>,
): void {
  const { name, path } = component;
  if (path === undefined || path.trim() === "") return collector.claimed(name, file, undefined, "lists it, and not where it is");
  if (/^[a-z][a-z0-9+.-]{1,20}:/i.test(path)) return collector.claimed(name, file, path, `says that it is at ${path}`);
  const local = localPath(path);
  const prefix = `${local}/`;
  const below = local === "." ? [] : files.has(local) ? [local] : listing.files.filter((other) => other.startsWith(prefix));
  if (local !== "." && below.length === 0) {
    warnings.push({ code: "EVIDENCE_CLAIM_NOT_FOUND", message: `${file} says that ${name} is at ${path}, and nothing is there` });
    return collector.claimed(name, file, undefined, `says that it is at ${path}, where nothing is`);
  }
  if (collector.stateOf(name) === "found") return;
  if (/parameters/.test(name))
    return collector.claimed(name, file, undefined, `says that it is at ${path}, which holds no parameters that can be read`);
  const shown = below.slice(0, MOST_LOOKED_AT).filter((other) => canBe(name, other) && (readPart(listing, other, 1)?.size ?? 0) > 0);
  if (shown.length === 0) {
    return collector.claimed(name, file, undefined, `says that it is at ${path}, which shows nothing of it`);
  }
  collector.found(name, local, `${file} names it, and it is there`, shown);
}

/** Files of a folder that are asked whether they hold anything. */
const MOST_LOOKED_AT = 1_000;

/** Files that only speak of a model, and are no component whatever is said of them. */
const SPEAKING: ReadonlySet<FileRole | undefined> = new Set<FileRole>(["mof", "license", "use-policy", "citation"]);
/** A text about code or data is neither. */
const ABOUT: ReadonlySet<FileRole | undefined> = new Set<FileRole>(["card", "data-card", "paper", "report"]);

function canBe(name: ComponentName, path: string): boolean {
  const role = roleOf(path);
  if (SPEAKING.has(role)) return false;
  return COMPONENTS.some((component) => component.name === name && component.kind === "document") || !ABOUT.has(role);
}
