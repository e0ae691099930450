import type { ComponentKind, ComponentName } from "../openness/components.ts";
import type { LicenseFile } from "./evidence.ts";
import type { IdentifiedText } from "./license-text/identify.ts";

/** The license files that hold for a file of a component: those of the nearest folder, those made for its kind first. */
export function coveringLicenses(
  files: readonly LicenseFile[],
  component: { readonly name: ComponentName; readonly kind: ComponentKind },
  path: string,
): readonly LicenseFile[] {
  const applicable = files.filter(({ folder, scope }) => path.startsWith(folder) && (scope === undefined || fits(scope, component)));
  const deepest = applicable.reduce((length, { folder }) => Math.max(length, folder.length), 0);
  const near = applicable.filter(({ folder }) => folder.length === deepest);
  const own = near.filter(({ scope }) => scope === "parameters");
  const kind = near.filter(({ scope }) => scope === component.kind);
  if (own.length > 0) return own;
  return kind.length > 0 ? kind : near.filter(({ scope }) => scope === undefined);
}

function fits(
  scope: NonNullable<LicenseFile["scope"]>,
  { name, kind }: { readonly name: ComponentName; readonly kind: ComponentKind },
): boolean {
  // A license for data is for data sets; for parameters only where nothing is made for them.
  return scope === "parameters" ? name.startsWith("Model parameters") : scope === kind;
}

/**
 * The license of several files that hold together, as an SPDX expression: all of them must be kept, for
 * nothing says that one may choose. Undefined where there is no file.
 */
export function licenseOf(files: readonly LicenseFile[], preferred: ReadonlySet<string>): string | undefined {
  const names = new Set(files.map(({ text }) => nameOfText(text, preferred)));
  const [first, ...others] = names;
  return first === undefined || others.length === 0 ? first : [...names].join(" AND ");
}

/** What a text is called: an identifier only where it is that license, word for word. */
function nameOfText(text: IdentifiedText, preferred: ReadonlySet<string>): string {
  switch (text.kind) {
    case "exact":
      // The text of the GNU licenses leaves "only" or "or later" to the notice: what the card says decides, else the narrower.
      return text.ids.find((id) => preferred.has(id)) ?? text.ids.find((id) => id.endsWith("-only")) ?? text.ids[0] ?? text.name;
    case "named":
      return text.id;
    case "near":
      return `LicenseRef-changed-${text.ids[0] ?? "text"}`;
    case "unknown":
      return "LicenseRef-unknown-text";
  }
}
