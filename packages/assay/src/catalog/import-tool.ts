import { isMap, isScalar, isSeq, visit, type Document } from "yaml";
import { AssayError } from "../core/error.ts";
import { COMPONENTS } from "../openness/components.ts";
import { readModelFile } from "../openness/read-model.ts";
import type { ImportedModel } from "./imported-model.ts";
import { LICENSE_SCOPES } from "../openness/model.ts";

/**
 * A mof.yml of what the Model Openness Tool wrote, as YAML or as JSON (its model.json): every field is kept, those that
 * the format does not have too, and of YAML the comments and the order. Its older forms become today's: a license that
 * is only a name, an empty list for an empty mapping, a component's license as a mapping.
 *
 * `what` names the file in messages. Throws what `readModelFile` throws; INTERNAL where the result would say anything else.
 */
export function importToolFile(source: Uint8Array, what: string): ImportedModel {
  const { model, yaml } = readModelFile(source, what);
  const { document } = yaml;
  modernize(document);
  spreadOut(document);
  const text = document.toString({ lineWidth: 0 });
  const again = readModelFile(text, "the new mof.yml");
  if (JSON.stringify(again.model) !== JSON.stringify(model)) {
    throw new AssayError("INTERNAL", `the mof.yml made of ${what} would say something else`);
  }
  const named = new Set(model.components.map(({ name }) => name));
  return {
    text,
    taken: [...named],
    toFillIn: [],
    toConfirm: [],
    notSaid: COMPONENTS.map(({ name }) => name).filter((name) => !named.has(name)),
  };
}

function modernize(document: Document): void {
  const release = document.get("release");
  if (!isMap(release)) return;
  const license = release.get("license", true);
  if (isScalar(license) && license.value !== null) release.set("license", document.createNode({ distribution: { name: license } }));
  else if (isSeq(license) && license.items.length === 0) release.set("license", document.createNode({}));
  const licenses = release.get("license");
  for (const scope of isMap(licenses) ? LICENSE_SCOPES : []) {
    const node = isMap(licenses) ? licenses.get(scope, true) : undefined;
    if (isMap(licenses) && isScalar(node) && node.value !== null) licenses.set(scope, document.createNode({ name: node }));
  }
  const components = release.get("components");
  for (const component of isSeq(components) ? components.items : []) {
    const own = isMap(component) ? component.get("license") : undefined;
    if (!isMap(component) || !isMap(own)) continue;
    const [name, path] = [own.get("name", true), own.get("path", true)];
    const known = own.items.every(({ key }) => ["name", "path"].includes(String(key)));
    // A mapping that holds more than the format has would lose it.
    if (!known || !isScalar(name)) continue;
    component.set("license", name);
    if (isScalar(path) && !component.has("license_path")) component.set("license_path", path);
  }
}

/** JSON's brackets and quotes become YAML's lines. */
function spreadOut(document: Document): void {
  if (!isMap(document.contents) || document.contents.flow !== true) return;
  visit(document, {
    Collection: (_, node) => {
      node.flow = node.items.length === 0;
    },
    Scalar: (_, node) => {
      if (typeof node.value === "string") delete node.type;
    },
  });
}
