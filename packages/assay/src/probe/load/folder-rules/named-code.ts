import type { FolderRule } from "../folder-rule.ts";

/** Files that a library finds and runs by their names alone, and which. */
const BY_CONVENTION: readonly (readonly [pattern: RegExp, who: string])[] = [
  [/^handler\.py$/, "the inference toolkit of Hugging Face runs it"],
  [/^pipeline\.py$/, "diffusers runs it as a pipeline of its own"],
  [/(?:^|\/)custom_generate\/generate\.py$/, "transformers runs it to generate"],
  [/^hubconf\.py$/, "torch.hub runs it"],
];

/** A Python file that configuration names, or that has a name by which a library runs it, is code of the model. */
export const NAMED_CODE: FolderRule = {
  name: "code that the model names",
  async examine({ names, examination, report }) {
    const programs = names.filter((name) => name.endsWith(".py"));
    if (programs.length === 0) return;
    const modules = new Map<string, string>();
    for (const name of names)
      for (const { reason, name: imported } of examination(name)?.findings ?? [])
        if (imported !== undefined && (reason === "config/remote-code" || reason === "config/imported-name"))
          for (const module of modulesOf(imported)) modules.set(module, name);
    for (const name of programs) {
      const by = modules.get(name.slice(name.lastIndexOf("/") + 1, -3));
      const convention = BY_CONVENTION.find(([pattern]) => pattern.test(name))?.[1];
      if (by !== undefined) report(name, "code/named", `is the program that ${by} names`);
      else if (convention !== undefined) report(name, "code/named", `is a program, and ${convention}`);
    }
  },
};

/** What may be a module in `owner/repository--package.modeling_x.XModel`, `modeling_x.py` or `pipeline`: its last parts. */
function modulesOf(imported: string): readonly string[] {
  const local = imported.slice(imported.lastIndexOf("--") + 1).replace(/^-/, "");
  const path = local.replace(/\.py$/, "").split(/[./]/);
  return path.slice(-2).filter((part) => part !== "");
}
