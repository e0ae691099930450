import { Document, isMap, isSeq, type YAMLMap, type YAMLSeq } from "yaml";
import type { ComponentName } from "./components.ts";
import { LICENSE_SCOPES, type DescribedComponent, type LicenseStatement, type ModelDescription, type ReleaseFacts } from "./model.ts";
import { readModelFile } from "./read-model.ts";

/**
 * A mof.yml with what a person changed in its description: the old text, or a new one. Whatever is not changed stays as it is
 * written: comments, order, unknown fields, and the older forms of a license. Only blanks may differ.
 *
 * Throws what `readModelFile` throws for the old text.
 */
export function editModelFile(old: string | undefined, edited: ModelDescription): string {
  if (old === undefined) return newText(edited);
  const { model, yaml } = readModelFile(old, "mof.yml");
  if (JSON.stringify(model) === JSON.stringify(edited)) return old;
  const { document } = yaml;
  const release = document.get("release");
  if (!isMap(release)) return newText(edited);
  editFields(release, model.release, edited.release);
  editLicenses(document, release, model, edited);
  editComponents(document, release, model.components, edited.components);
  return document.toString({ lineWidth: 0 });
}

function newText({ framework, release, licenses, components }: ModelDescription): string {
  const document = new Document({
    framework: withoutEmpty({ ...framework }),
    release: {
      ...withoutEmpty({ ...release }),
      license: Object.fromEntries(
        LICENSE_SCOPES.flatMap((scope) => {
          const statement = licenses[scope];
          return statement === undefined ? [] : [[scope, withoutEmpty({ ...statement })]];
        }),
      ),
      components: components.map((component) => componentFields(component)),
    },
  });
  return document.toString({ lineWidth: 0 });
}

function editFields(release: YAMLMap, before: ReleaseFacts, after: ReleaseFacts): void {
  for (const [field, value] of Object.entries(after)) {
    const old: unknown = Object.entries(before).find(([name]) => name === field)?.[1];
    if (same(old, value)) continue;
    if (isEmpty(value)) release.delete(field);
    else release.set(field, value);
  }
}

function editLicenses(document: Document, release: YAMLMap, before: ModelDescription, after: ModelDescription): void {
  const changed = LICENSE_SCOPES.filter((scope) => !sameLicense(before.licenses[scope], after.licenses[scope]));
  if (changed.length === 0) return;
  // The older form, one license for all, becomes the form that can say more.
  const old = release.get("license");
  const all = isMap(old) ? changed : LICENSE_SCOPES;
  if (!isMap(old)) release.set("license", document.createNode({}));
  const licenses = release.get("license");
  if (!isMap(licenses)) return;
  licenses.flow = false;
  for (const scope of all) {
    const statement = after.licenses[scope];
    const node = licenses.get(scope);
    if (statement === undefined || isEmpty(statement.name)) licenses.delete(scope);
    else if (isMap(node)) setOrDelete(node, "name", statement.name);
    else licenses.set(scope, document.createNode(withoutEmpty({ name: statement.name, path: statement.path })));
  }
}

function editComponents(
  document: Document,
  release: YAMLMap,
  before: readonly DescribedComponent[],
  after: readonly DescribedComponent[],
): void {
  const list = listOf(document, release);
  const wanted = new Map<ComponentName, DescribedComponent>(after.map((component) => [component.name, component]));
  // From the back: what is deleted moves what follows it.
  for (const [index, old] of [...before.entries()].toReversed()) {
    const component = wanted.get(old.name);
    const node = list.items[index];
    if (component === undefined) list.delete(index);
    else if (isMap(node)) editComponent(node, old, component);
  }
  const known = new Set(before.map(({ name }) => name));
  for (const component of after) if (!known.has(component.name)) list.add(document.createNode(componentFields(component)));
}

function editComponent(node: YAMLMap, before: DescribedComponent, after: DescribedComponent): void {
  // The older form has name and path of the license in one mapping.
  const license = node.get("license");
  if (before.license !== after.license) {
    if (isMap(license) && after.license !== undefined) setOrDelete(license, "name", after.license);
    // An empty license means without one; an absent one inherits.
    else if (after.license === undefined) node.delete("license");
    else node.set("license", after.license);
  }
  if (!same(before.path, after.path)) setOrDelete(node, "component_path", after.path);
  if (!same(before.description, after.description)) setOrDelete(node, "description", after.description);
}

function listOf(document: Document, release: YAMLMap): YAMLSeq {
  const old = release.get("components");
  if (isSeq(old)) {
    old.flow = false;
    return old;
  }
  const list = document.createNode([]);
  list.flow = false;
  release.set("components", list);
  return list;
}

function componentFields({ name, description, license, licensePath, path }: DescribedComponent): Readonly<Record<string, string>> {
  return {
    ...withoutEmpty({ name, description, component_path: path }),
    ...(license === undefined ? {} : { license }),
    ...withoutEmpty({ license_path: licensePath }),
  };
}

function setOrDelete(node: YAMLMap, key: string, value: string | undefined): void {
  if (isEmpty(value)) node.delete(key);
  else node.set(key, value);
}

function sameLicense(a: LicenseStatement | undefined, b: LicenseStatement | undefined): boolean {
  return same(a?.name, b?.name);
}

/** An empty field says as little as an absent one. */
function same(a: unknown, b: unknown): boolean {
  return a === b || (isEmpty(a) && isEmpty(b));
}

function isEmpty(value: unknown): value is undefined | "" {
  return value === undefined || value === "";
}

function withoutEmpty(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (isEmpty(value) ? [] : [[name, value]])));
}
