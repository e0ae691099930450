import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, transform } from "esbuild";
import type { examineFile } from "../../packages/assay/src/probe/load/examine-file.ts";
import type { SCAN_CASES } from "../../packages/assay/test/scan/cases/index.ts";

/** What the bundled code exports: the readers, and the generated set to start with. */
export interface Instrumented {
  readonly examineFile: typeof examineFile;
  readonly SCAN_CASES: typeof SCAN_CASES;
}

/** Counters of the branches of one file: `b` of istanbul's coverage, one count for each way of each branch. */
export type Counters = Readonly<Record<string, { readonly b: Readonly<Record<string, number[]>>; readonly f: Record<string, number> }>>;

interface Istanbul {
  createInstrumenter(options: { readonly esModules: boolean; readonly compact: boolean; readonly coverageVariable: string }): {
    instrumentSync(code: string, filename: string): string;
  };
}

const COUNTED = /packages\/assay\/src\/(?:formats|probe\/load|encoding)\/.*\.ts$/;

/**
 * Bundles the readers with a counter at each branch (istanbul-lib-instrument, installed in tools/fuzz), as one CommonJS text.
 * The counters are in the global `assayCounters`.
 */
export async function instrumentedReaders(root: string): Promise<string> {
  const istanbul = createRequire(join(root, "tools/fuzz/package.json"))("istanbul-lib-instrument") as Istanbul;
  const instrumenter = istanbul.createInstrumenter({ esModules: true, compact: true, coverageVariable: "assayCounters" });
  const contents = `
    export { examineFile } from "./packages/assay/src/probe/load/examine-file.ts";
    export { SCAN_CASES } from "./packages/assay/test/scan/cases/index.ts";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    write: false,
    logLevel: "error",
    define: { "import.meta.dirname": JSON.stringify(join(root, "packages/assay/test/scan/cases")), "import.meta.url": "__url" },
    banner: { js: 'const __url = require("node:url").pathToFileURL("/").href;' },
    plugins: [
      {
        name: "counters",
        setup: (builder) => {
          builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const { code } = await transform(readFileSync(path, "utf8"), { loader: "ts", target: "es2024", sourcefile: path });
            const contents = COUNTED.test(path) ? instrumenter.instrumentSync(code, relative(root, path)) : code;
            const here = JSON.stringify(path);
            return {
              contents: contents
                .replaceAll("import.meta.dirname", `require("node:path").dirname(${here})`)
                .replaceAll("import.meta.filename", here)
                .replaceAll("import.meta.url", `require("node:url").pathToFileURL(${here}).href`),
              loader: "js",
            };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}
