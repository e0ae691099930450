// Builds the command in files: `command.js` with what signing, verifying and digests need, `scan.js` and `check.js` with what
// a scan and a decision need beside it, and `later.js` with the rest. Those are read when one of their modules is imported
// for the first time; what several need is in each. Reading and compiling code is most of
// what a small verification costs, and two thirds of the code are for other questions.
import { join, relative, sep } from "node:path";
import { build } from "esbuild";

const SOURCE = "packages/assay/src";
/** Loaded on use, and used by what people do every day. */
const EVERYDAY = [
  "cli/commands/verify/run.ts",
  "cli/commands/sign/run.ts",
  "cli/commands/digest/run.ts",
  "cli/commands/help/run.ts",
  "signing/key-signer.ts",
  "signing/certificate-signer.ts",
  "hashing/hash-threads.ts",
].map((name) => `${SOURCE}/${name}`);

/** The parts that are loaded on use, by their file; the first that lists a module as its entry has it. */
const SCAN = `${SOURCE}/cli/commands/scan/run.ts`;
const CHECK = `${SOURCE}/cli/commands/check/run.ts`;
const PARTS = { scan: (path) => path === SCAN, check: (path) => path === CHECK, later: () => true };
/** What a decision needs only where a policy asks: it is not in `check.js`, which finds it in `later.js`. */
const ASKED_FOR = ["api/inspect-folder.ts", "api/instance.ts", "cli/commands/check/evidence.ts"].map((name) => `${SOURCE}/${name}`);

export const COMMAND_PARTS = Object.keys(PARTS);

/**
 * `options`: esbuild's, for every file. `main`: the module that starts the command. `loadPart`: the expression that loads a
 * part by its name. Returns the paths of the modules that are in the files.
 */
export async function buildCommand(
  options,
  outdir,
  { main = `${SOURCE}/cli/main.ts`, loadPart = (part) => `require("./${part}.js")` } = {},
) {
  const { plugins = [] } = options;
  const { metafile } = await build({ ...options, entryPoints: [main], outdir, write: false, metafile: true });
  const modules = metafile.inputs;
  const core = closure([main, ...EVERYDAY], modules);
  for (const path of ASKED_FOR) if (modules[path] === undefined || core.has(path)) throw new Error(`${path} is not loaded on use`);
  const late = new Set(ASKED_FOR);
  const shared = new Set();
  for (const [path, { imports }] of Object.entries(modules)) {
    for (const imported of imports) {
      if (imported.external || modules[imported.path] === undefined) continue;
      if (core.has(path) && !core.has(imported.path)) late.add(imported.path);
      if (!core.has(path) && core.has(imported.path)) shared.add(imported.path);
    }
  }
  const external = [...(options.external ?? []), ...COMMAND_PARTS.map((part) => `./${part}.js`)];
  await build({
    ...options,
    external,
    entryPoints: { command: main },
    outdir,
    plugins: [redirect("late", late, lateModule, registryOf(shared, loadPart)), ...plugins],
  });
  for (const part of COMMAND_PARTS) {
    const entries = [...late].filter((path) => partOf(path) === part);
    const entry = `module.exports = (core) => {\n  require("assay:core").modules = core;\n  return {\n${requires(entries)}  };\n};\n`;
    await build({
      ...options,
      stdin: { contents: entry, resolveDir: process.cwd(), sourcefile: `${part}.js`, loader: "js" },
      outfile: join(outdir, `${part}.js`),
      plugins: [
        redirect("core", shared, coreModule, "exports.modules = undefined;\n"),
        ...(part === "later" ? [] : [redirect("asked", new Set(ASKED_FOR), askedModule, 'module.exports = require("assay:core");\n')]),
        ...plugins,
      ],
    });
  }
  return Object.keys(modules);
}

function partOf(path) {
  return Object.keys(PARTS).find((part) => PARTS[part](path));
}

/** The modules that these import before anything runs, themselves included. */
function closure(entries, modules) {
  const found = new Set();
  const pending = [...entries];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path) || modules[path] === undefined) continue;
    found.add(path);
    for (const imported of modules[path].imports) if (imported.kind !== "dynamic-import" && !imported.external) pending.push(imported.path);
  }
  return found;
}

/** Puts a module of the other file in the place of each of `paths`; `assay:<name>` is the way there. */
function redirect(name, paths, contentsOf, way) {
  return {
    name,
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: new RegExp(`^assay:${name}$`) }, () => ({ path: name, namespace: "way" }));
      onLoad({ filter: /.*/, namespace: "way" }, () => ({ contents: way, loader: "js", resolveDir: process.cwd() }));
      onResolve({ filter: /^[./@a-z]/ }, async ({ path, importer, resolveDir, kind, pluginData, namespace }) => {
        // The list of the other file's own modules names the real ones.
        if (pluginData === "resolved" || namespace !== "file" || importer === "" || path.startsWith("node:")) return undefined;
        const found = await resolve(path, { importer, resolveDir, kind, pluginData: "resolved" });
        if (found.external) return undefined;
        const key = relative(process.cwd(), found.path).split(sep).join("/");
        return paths.has(key) ? { path: key, namespace: name } : undefined;
      });
      onLoad({ filter: /.*/, namespace: name }, ({ path }) => ({ contents: contentsOf(path), loader: "js", resolveDir: process.cwd() }));
    },
  };
}

const lateModule = (path) => `module.exports = require("assay:late").${partOf(path)}(${JSON.stringify(path)});\n`;
/** The way there is in the core, which has the one place for each part. */
const askedModule = (path) => `module.exports = require("assay:core").modules[":late"].later(${JSON.stringify(path)});\n`;
const coreModule = (path) => `module.exports = require("assay:core").modules[${JSON.stringify(path)}]();\n`;

function registryOf(paths, loadPart) {
  const loaders = Object.keys(PARTS).map(
    (part) => `let ${part};\nexports.${part} = (path) => (${part} ??= ${loadPart(part)}(core))[path]();\n`,
  );
  return `const core = {\n${requires(paths)}};\ncore[":late"] = exports;\n${loaders.join("")}`;
}

function requires(paths) {
  return [...paths].map((path) => `    ${JSON.stringify(path)}: () => require(${JSON.stringify(`./${path}`)}),\n`).join("");
}
