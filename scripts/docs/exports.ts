import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const assay = join(root, "packages/assay");

/** Something that an entry point of the package exports. */
export interface Exported {
  readonly name: string;
  readonly kind: "function" | "class" | "constant" | "type";
  /** Where it is declared, from the repository's root. */
  readonly file: string;
  /** The text of its doc comment, without the marks; empty where it has none. */
  readonly comment: string;
}

export interface EntryPoint {
  /** As it is imported: `assay/trust`. */
  readonly specifier: string;
  /** From the repository's root. */
  readonly file: string;
  readonly exports: readonly Exported[];
}

/** The entry points of the package with types of their own source, as package.json lists them. */
export function entryPoints(): readonly EntryPoint[] {
  const manifest = JSON.parse(readFileSync(join(assay, "package.json"), "utf8")) as {
    exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
  return Object.entries(manifest.exports).flatMap(([path, target]): EntryPoint[] => {
    const types = typeof target === "string" ? "" : target.types;
    const source = /^\.\/dist\/(.+)\.d\.ts$/.exec(types)?.[1];
    if (source === undefined) return [];
    const file = join(assay, "src", `${source}.ts`);
    const exported = [...exportsOf(file).values()].sort((a, b) => compare(a.name, b.name));
    return [{ specifier: `assay${path.slice(1)}`, file: relative(root, file), exports: exported }];
  });
}

const read = new Map<string, ReadonlyMap<string, Exported>>();

/** What a module exports by name: its own declarations, and what it passes on from others. */
function exportsOf(file: string): ReadonlyMap<string, Exported> {
  const known = read.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, "utf8");
  const found = new Map(declarations(file, text));
  for (const [, from = ""] of text.matchAll(/^export (?:type )?\* from "(\.[^"]+)";/gm)) {
    for (const [name, exported] of exportsOf(join(dirname(file), from))) found.set(name, exported);
  }
  for (const [, names = "", from = ""] of text.matchAll(/^export (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm)) {
    const source = exportsOf(join(dirname(file), from));
    for (const name of names.split(",").map((part) => part.trim().replace(/^type /, ""))) {
      if (name === "") continue;
      const exported = source.get(name);
      if (exported === undefined) throw new Error(`${relative(root, file)} exports ${name}, and ${from} declares no such name`);
      found.set(name, exported);
    }
  }
  read.set(file, found);
  return found;
}

const KINDS: Readonly<Record<string, Exported["kind"]>> = {
  function: "function",
  class: "class",
  const: "constant",
  interface: "type",
  type: "type",
};
const DECLARATION =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(?:\/\/.*\n)*^export (?:async )?(?:declare )?(function|class|const|interface|type) (\w+)/gm;

function declarations(file: string, text: string): [string, Exported][] {
  return [...text.matchAll(DECLARATION)].map(([, comment = "", keyword = "", name = ""]) => {
    return [name, { name, kind: KINDS[keyword] ?? "constant", file: relative(root, file), comment: plain(comment) }];
  });
}

function plain(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join("\n")
    .trim();
}

function compare(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
