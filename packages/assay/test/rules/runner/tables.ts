import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../rule.ts";

export interface NamedRule extends Rule {
  readonly area: string;
}

/** Every rule of every table. A table is a file of the folder above that exports `rules`; its name is the area. */
export async function loadTables(): Promise<NamedRule[]> {
  const folder = join(import.meta.dirname, "..");
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && name !== "rule.ts")
    .sort();
  const all: NamedRule[] = [];
  for (const name of names) {
    const table = (await import(join(folder, name))) as { rules: readonly Rule[] };
    const area = name.slice(0, -".ts".length);
    all.push(...table.rules.map((rule) => ({ ...rule, area })));
  }
  return all;
}

/** The rules of an area, or those whose sentence holds the words; every rule where nothing is asked for. */
export function selectRules(rules: readonly NamedRule[], wanted: string | undefined): NamedRule[] {
  if (wanted === undefined) return [...rules];
  const ofArea = rules.filter(({ area }) => area === wanted);
  if (ofArea.length > 0) return ofArea;
  return rules.filter(({ rule }) => rule.toLowerCase().includes(wanted.toLowerCase()));
}
