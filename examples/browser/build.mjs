// Bundles the page for a browser: node examples/browser/build.mjs FOLDER
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: build.mjs FOLDER");
await mkdir(folder, { recursive: true });
await build({
  entryPoints: [join(import.meta.dirname, "page.mjs")],
  outfile: join(folder, "page.js"),
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  logLevel: "warning",
});
await copyFile(join(import.meta.dirname, "page.html"), join(folder, "page.html"));
