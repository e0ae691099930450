// Builds what CI platforms fetch by its commit, as a folder that needs nothing else: the entry of the GitHub Action, the hooks of
// pre-commit, the components of GitLab, the command with the packages that it uses, the data that ships, and their licenses. Two
// builds of one commit are byte-identical. `npm run action`; docs/ci.md says how it is published.
//
//   node scripts/build-action.mjs [FOLDER]      default: packages/action/dist
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { buildCommandFolder } from "./command-folder.mjs";
import { thirdPartyText } from "./third-party.mjs";

const out = process.argv[2] ?? "packages/action/dist";
/** Native code for one platform each: BLAKE3 is then computed by WebAssembly, and tokens are refused with the reason. */
const NATIVE = ["@napi-rs/blake-hash", "pkcs11js"];
/** What packages that are CommonJS inside require of Node. */
const BUILT_IN = [
  "assert",
  "crypto",
  "events",
  "fs",
  "fs/promises",
  "http",
  "https",
  "module",
  "os",
  "path",
  "stream",
  "timers",
  "tls",
  "tty",
  "url",
  "util",
  "zlib",
];

await rm(out, { recursive: true, force: true });
await mkdir(`${out}/assay/dist`, { recursive: true });
const modules = await buildCommandFolder(`${out}/assay/dist/bin`, { external: [...NATIVE, ...BUILT_IN] });
for (const folder of ["data", "schemas"]) await cp(`packages/assay/${folder}`, `${out}/assay/${folder}`, { recursive: true });
const { metafile } = await build({
  entryPoints: { index: "packages/action/src/main.ts" },
  outdir: out,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node24",
  define: { "import.meta.dirname": "__dirname" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
const { version, license } = JSON.parse(await readFile("packages/assay/package.json", "utf8"));
const manifest = { name: "assay", version, license, type: "commonjs", bin: { assay: "assay/dist/bin/assay.js" } };
await writeFile(`${out}/package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
for (const name of ["action.yml", "README.md", ".pre-commit-hooks.yaml", "templates"]) {
  await cp(`packages/action/${name}`, `${out}/${name}`, { recursive: true });
}
await cp("LICENSE", `${out}/LICENSE`);
await writeFile(`${out}/THIRD-PARTY.txt`, thirdPartyText([...modules, ...Object.keys(metafile.inputs)]));
