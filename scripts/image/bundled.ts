// The packages of npm whose code is in the executable, and their licenses.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packagesOf } from "../third-party.mjs";

export interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Of the command's own entry, everything that it may load. */
export async function bundledModules(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: ["packages/assay/src/executable/main.ts", "packages/assay/src/cli/main.ts", "packages/assay/src/hashing/hash-worker.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "cjs",
    outdir: "unused",
    external: ["@napi-rs/blake-hash", "pkcs11js"],
    logLevel: "silent",
  });
  return Object.keys(metafile.inputs);
}

export function bundledPackages(modules: readonly string[]): Bundled[] {
  return packagesOf(modules).map((folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Bundled);
}
