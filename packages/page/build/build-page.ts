import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { contentSecurityPolicy, pageHeaders } from "./policy.ts";
import { pageHtml } from "./template.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const data = join(root, "../assay/data");

/** The page, and what a server says of it: its policy too. */
export interface BuiltPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly script: string;
  readonly worker: string;
}

const SHARED: BuildOptions = {
  bundle: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  write: false,
  absWorkingDir: root,
  logLevel: "warning",
};

/** Builds the page: one HTML file, with the worker's script and the data in it. Two builds are byte-identical. */
export async function buildPage(): Promise<BuiltPage> {
  const worker = await bundle("src/hashing/worker.ts");
  const script = await bundle("src/main.tsx", {
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [embedded(worker)],
  });
  const style = await bundle("src/style.css");
  // A parser would take it for the end of the script.
  for (const text of [script, style]) {
    if (/<\/?script|<\/style/i.test(text)) throw new Error("the page's script or style holds markup that ends or hides it");
  }
  const policy = contentSecurityPolicy(script, style);
  const html = pageHtml({ policy, style, script });
  return { html, headers: pageHeaders(policy), script, worker };
}

/** Builds the page into a file, and returns where that is. */
export async function writePage(): Promise<BuiltPage & { readonly file: string }> {
  const page = await buildPage();
  const file = join(root, "dist/assay.html");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page.html);
  // Not loaded by anything: its size is measured.
  writeFileSync(join(root, "dist/worker.js"), page.worker);
  return { ...page, file };
}

async function bundle(entry: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({ ...SHARED, entryPoints: [entry], outfile: "out", ...options });
  return outputFiles?.[0]?.text.trimEnd() ?? "";
}

interface Instances {
  readonly "sigstore.dev": { readonly date: string };
}

/** What the page carries beside its code: src/embedded.ts. */
function embedded(worker: string): Plugin {
  const instances: Instances = JSON.parse(readFileSync(join(data, "instances.json"), "utf8"));
  const contents = {
    WORKER: worker,
    TRUSTED_ROOT: JSON.stringify(readData("sigstore.dev/trusted_root.json")),
    TRUSTED_ROOT_DATE: instances["sigstore.dev"].date,
    LICENSE_DATA: ["openness/licenses.json", "openness/licenses-models.json"].map(readData),
    EVALUATIONS: readData("openness/catalog.json"),
  };
  const text = Object.entries(contents)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
  return {
    name: "embedded",
    setup(build) {
      build.onResolve({ filter: /\/embedded\.ts$/ }, ({ path }) => ({ path, namespace: "embedded" }));
      build.onLoad({ filter: /.*/, namespace: "embedded" }, () => ({ contents: text, loader: "js" }));
    },
  };
}

function readData(name: string): unknown {
  return JSON.parse(readFileSync(join(data, name), "utf8"));
}
