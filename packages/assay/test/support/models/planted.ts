import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

/** Files by name: their content, `{ link: target }` for a symbolic link, `null` for an empty folder. */
export type Tree = Readonly<Record<string, string | Uint8Array | { readonly link: string } | null>>;

/** A folder of its own for one test, removed when that ends. */
export function temporaryFolder(t: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "assay-model-")));
  t.after(() => {
    // Tests close files and folders to everybody, and who is not root needs a key to remove them.
    execFileSync("chmod", ["-R", "u+rwX", path]);
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** A model with real files: `<temporary>/model`. Returns its absolute path. */
export function modelFolder(t: TestContext, tree: Tree): string {
  const root = join(temporaryFolder(t), "model");
  mkdirSync(root);
  plant(root, tree);
  return root;
}

export function plant(root: string, tree: Tree): void {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(root, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (content === null) continue;
    if (typeof content === "string" || content instanceof Uint8Array) writeFileSync(path, content);
    else symlinkSync(content.link, path);
  }
}
