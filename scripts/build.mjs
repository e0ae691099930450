// Bundles the command. The library is what `tsc` emits; the command is one file, because starting from
// some eighty modules costs more than a small verification. CommonJS and not an ES module, and not cut
// into lazily loaded pieces: measured, that is the fastest to start.
import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const dist = "packages/assay/dist";
// Built beside the old one and then put in its place: a build that fails or is stopped leaves that one working.
const bin = `${dist}/bin.new`;
const { version } = JSON.parse(await readFile("packages/assay/package.json", "utf8"));

await rm(bin, { recursive: true, force: true });
await build({
  entryPoints: { assay: "packages/assay/src/cli/main.ts", "hash-worker": "packages/assay/src/model/hash-worker.ts" },
  outdir: bin,
  bundle: true,
  format: "cjs",
  // "neutral" rather than "node": packages that are CommonJS inside would otherwise be bundled with a
  // `require` that does not exist in an ES module.
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["node", "import"],
  target: "node22",
  external: [
    "node:*",
    "@noble/curves",
    "@noble/curves/*",
    "hash-wasm",
    "@napi-rs/blake-hash",
    "oauth4webapi",
    "tuf-js",
    "pkcs11js",
    "re2js",
    "yaml",
    "@resvg/resvg-js",
  ],
  define: { __ASSAY_VERSION__: JSON.stringify(version), "import.meta.url": "__url" },
  banner: { js: 'const __url = require("node:url").pathToFileURL(__filename).href;' },
  legalComments: "none",
  minifySyntax: true,
  logLevel: "warning",
});

await writeFile(`${bin}/package.json`, '{ "type": "commonjs" }\n');
const command = `${bin}/assay.js`;
await writeFile(command, `#!/usr/bin/env node\n${await readFile(command, "utf8")}`);
await chmod(command, 0o755);
await rm(`${dist}/bin`, { recursive: true, force: true });
await rename(bin, `${dist}/bin`);
