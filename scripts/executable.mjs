// Builds the single executable: Node with the command inside of it, as one file that needs nothing beside it. It starts from a
// snapshot of Node's memory with the code of a verification in it; the other parts of the command, the thread that hashes,
// license data, schemas and trusted roots are assets. For the machine that it runs on:
//
//   node scripts/executable.mjs [--output FILE]
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { inject } from "postject";
import { buildCommand, COMMAND_PARTS } from "./command-parts.mjs";
import { ONLY_ITS_OWN_CODE } from "./executable/only-its-own-code.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packageFolder = join(root, "packages", "assay");
const source = "packages/assay/src";
const EXECUTABLE = `${source}/executable`;
/** What Node looks for to see that there is something inside of it. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Modules that need files beside the command, by what is in their place; packages with native code. */
const REPLACED = {
  [`${source}/files/package-file.ts`]: `${EXECUTABLE}/package-file.ts`,
  [`${source}/hashing/start-worker.ts`]: `${EXECUTABLE}/start-worker.ts`,
  [`${source}/signing/pkcs11/native-module.ts`]: `${EXECUTABLE}/native-module.ts`,
};
const NATIVE_PACKAGES = new Set(["@napi-rs/blake-hash", "pkcs11js"]);

const replacements = {
  name: "replacements",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const other = REPLACED[relative(root, path).replaceAll("\\", "/")];
      if (other === undefined) return undefined;
      return { contents: readFileSync(join(root, other), "utf8"), loader: "ts", resolveDir: join(root, EXECUTABLE) };
    });
    onResolve({ filter: /^[@p]/ }, ({ path }) =>
      NATIVE_PACKAGES.has(path) ? { path: join(root, EXECUTABLE, "no-package.ts") } : undefined,
    );
  },
};

const { values } = parseArgs({ options: { output: { type: "string" } } });
const output = resolve(
  values.output ?? join(root, "build", `assay-${process.platform}-${process.arch}${process.platform === "win32" ? ".exe" : ""}`),
);
process.chdir(root);

const work = mkdtempSync(join(tmpdir(), "assay-executable-"));
try {
  await bundle();
  const blob = makeBlob();
  await assemble(blob);
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${relative(root, output)}: ${(statSync(output).size / 1e6).toFixed(1)} MB`);

/** The command, in parts, and the thread that hashes. */
async function bundle() {
  const options = {
    bundle: true,
    format: "cjs",
    platform: "node",
    mainFields: ["module", "main"],
    conditions: ["node", "import"],
    target: "node24",
    charset: "ascii",
    // In a snapshot `import` fails.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": '"file:///dev/null/assay/dist/bin/assay.js"' },
    legalComments: "none",
    minify: true,
    logLevel: "warning",
    plugins: [replacements],
  };
  await buildCommand(options, join(work, "assay"), {
    main: `${EXECUTABLE}/main.ts`,
    loadPart: (part) => `require("./${EXECUTABLE}/parts.ts").loadPart("${part}", require)`,
  });
  await build({
    ...options,
    entryPoints: { "hash-worker": `${source}/hashing/hash-worker.ts` },
    outdir: join(work, "assay"),
    external: ["internal/test/binding"],
    alias: { "node:crypto": "./scripts/executable/thread-crypto.cjs" },
  });
  // Read as Latin-1, as the launcher does; esbuild leaves other characters in regular expressions.
  for (const name of ["command", "hash-worker", ...COMMAND_PARTS]) {
    const path = join(work, "assay", `${name}.js`);
    const text = readFileSync(path, "utf8").replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    writeFileSync(path, text);
  }
}

/** Runs the command's main module, and returns the snapshot and the assets. */
function makeBlob() {
  const files = [...globSync("data/**/*.{json,zst}", { cwd: packageFolder }), ...globSync("schemas/*.json", { cwd: packageFolder })].sort();
  const code = ["hash-worker", ...COMMAND_PARTS].map((name) => `assay/${name}.js`);
  // The snapshot has the path of the main module in it: on Linux one that is the same wherever the work is done.
  const here = process.platform === "linux" ? "/proc/self/cwd" : work;
  const config = {
    ...ONLY_ITS_OWN_CODE,
    main: `${here}/assay/command.js`,
    output: "blob",
    disableExperimentalSEAWarning: true,
    useSnapshot: true,
    useCodeCache: false,
    assets: Object.fromEntries([...files.map((name) => [name, join(packageFolder, name)]), ...code.map((name) => [name, name])]),
  };
  writeFileSync(join(work, "sea.json"), JSON.stringify(config));
  cpSync("scripts/executable/warm-up", join(work, "warm-up"), { recursive: true });
  // The seeds make two builds the same; a start has its own, which a test looks at. What was compiled for the verification stays.
  const seeds = ["--hash-seed=1", "--random-seed=1"];
  const flags = ["--no-warnings", ...seeds, "--no-flush-bytecode", "--experimental-sea-config", "sea.json"];
  run(process.execPath, flags, { ASSAY_WARM_UP: `${here}/warm-up` });
  return readFileSync(join(work, "blob"));
}

async function assemble(blob) {
  mkdirSync(dirname(output), { recursive: true });
  const unfinished = `${output}.new`;
  copyFileSync(process.execPath, unfinished);
  chmodSync(unfinished, 0o755);
  // macOS does not run a file that is not what its signature says: the changed one gets another, without a name.
  const isSigned = process.platform === "darwin";
  if (isSigned) run("codesign", ["--remove-signature", unfinished], { PATH: process.env["PATH"] });
  await inject(unfinished, "NODE_SEA_BLOB", blob, {
    sentinelFuse: FUSE,
    ...(process.platform === "darwin" ? { machoSegmentName: "NODE_SEA" } : {}),
  });
  if (isSigned) run("codesign", ["--sign", "-", unfinished], { PATH: process.env["PATH"] });
  copyFileSync(unfinished, output);
  rmSync(unfinished);
  chmodSync(output, 0o755);
  run(output, ["--version"], {});
}

function run(program, argv, environment) {
  const { status, stdout, stderr, error } = spawnSync(program, argv, { cwd: work, env: { ...environment }, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${argv.join(" ")}: ${stdout}${stderr}`);
}
