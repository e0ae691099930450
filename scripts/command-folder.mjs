// Builds the command as a folder that a launcher starts: `packages/assay/dist/bin`, and the same for what is installed elsewhere.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { buildCommand, COMMAND_PARTS } from "./command-parts.mjs";

/** Modules of Node, as we name them and as packages do. */
const BUILT_IN = ["node:*", "buffer", "process"];
/** Packages that the npm package depends on, and npm installs beside it. */
export const OWN_PACKAGES = [
  "@noble/ciphers/*",
  "@noble/curves",
  "@noble/curves/*",
  "hash-wasm",
  "@napi-rs/blake-hash",
  "oauth4webapi",
  "tuf-js",
  "pkcs11js",
  "re2js",
];

const OPTIONS = {
  bundle: true,
  format: "cjs",
  // "neutral" rather than "node": packages that are CommonJS inside would otherwise be bundled with a
  // `require` that does not exist in an ES module.
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["node", "import"],
  target: "node22",
  // As the launcher decodes it.
  charset: "ascii",
  // The launcher compiles the command by itself, and Node has no way yet for such code to call `import`:
  // what is loaded later is required, ES modules too.
  supported: { "dynamic-import": false },
  define: { "import.meta.url": "__url" },
  banner: { js: 'const __url = require("node:url").pathToFileURL(__filename).href;' },
  legalComments: "none",
  minifySyntax: true,
  logLevel: "warning",
};

/** Writes the launcher, the command in its parts, and the hash worker to `bin`. Returns the paths of the modules that are in them. */
export async function buildCommandFolder(bin, { external }) {
  const options = { ...OPTIONS, external: [...BUILT_IN, ...external] };
  const modules = await buildCommand(options, bin);
  await build({ ...options, entryPoints: { "hash-worker": "packages/assay/src/hashing/hash-worker.ts" }, outdir: bin });

  // As the launcher compiles it: a wrapper that is added at each start would copy all of it.
  // It is ASCII only, for the launcher decodes it as Latin-1; esbuild leaves other characters in regular expressions.
  for (const part of ["command", ...COMMAND_PARTS]) {
    const code = (await readFile(`${bin}/${part}.js`, "utf8")).replace(/[^\0-\x7f]/g, escaped);
    await writeFile(`${bin}/${part}.js`, `(function (exports, require, module, __filename, __dirname) {\n${code}})\n`);
  }
  await writeFile(`${bin}/package.json`, '{ "type": "commonjs" }\n');
  await writeFile(`${bin}/assay.js`, await readFile("scripts/launcher.cjs", "utf8"));
  await chmod(`${bin}/assay.js`, 0o755);
  return modules;
}

/** A UTF-16 unit as strings and regular expressions write it. */
function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
