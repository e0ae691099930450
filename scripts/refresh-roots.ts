// Writes packages/assay/data: the trusted roots that ship with the package.
//
// Usage: node scripts/refresh-roots.ts                   asks the TUF repositories, from the roots that ship now
//        node scripts/refresh-roots.ts --python-store DIR  takes what two packages ship, without a network:
//
// the root of sigstore.dev from the seeds of the installed npm package @sigstore/tuf, everything else
// from the folder `sigstore/_store` of the Python package sigstore (`pip download --no-deps sigstore`,
// unpacked). Prints what changed; the dates in instances.json are those of the sources and are set by hand.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { httpClient } from "../packages/assay/src/network/http.ts";
import { retryingClient } from "../packages/assay/src/network/retry.ts";
import { refreshTrust } from "../packages/assay/src/roots/refresh.ts";
import { type ShippedName, shippedInstance } from "../packages/assay/src/roots/shipped.ts";
import { TrustCache } from "../packages/assay/src/roots/trust-cache.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

const DATA = fileURLToPath(new URL("../packages/assay/data/", import.meta.url));
const NAMES: readonly ShippedName[] = ["sigstore.dev", "sigstage.dev"];

type Files = Readonly<Record<"root.json" | "trusted_root.json" | "signing_config.json", Uint8Array>>;

const [option, folder] = process.argv.slice(2);
if (option === undefined) {
  for (const name of NAMES) write(name, await fromRepository(name));
} else if (option === "--python-store" && folder !== undefined) {
  for (const name of NAMES) write(name, fromPackages(name, folder));
} else {
  process.stderr.write("usage: node scripts/refresh-roots.ts [--python-store FOLDER]\n");
  process.exitCode = 2;
}

async function fromRepository(name: ShippedName): Promise<Files> {
  const work = mkdtempSync(join(tmpdir(), "refresh-roots-"));
  try {
    const cache = TrustCache.open(work, name, true);
    const instance = shippedInstance(name);
    const { trustedRoot, signingConfig } = await refreshTrust({ instance, cache, http: retryingClient(httpClient()), now: new Date() });
    if (signingConfig === undefined) throw new Error(`${name} has no signing configuration`);
    return {
      "root.json": cache?.read("root.json") ?? instance.tufRoot,
      "trusted_root.json": trustedRoot,
      "signing_config.json": signingConfig,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function fromPackages(name: ShippedName, store: string): Files {
  const { repository } = JSON.parse(readFileSync(join(DATA, "instances.json"), "utf8"))[name] as { readonly repository: string };
  const python = (file: string): Uint8Array => readFileSync(join(store, encodeURIComponent(repository), file));
  const files = {
    "root.json": python("root.json"),
    "trusted_root.json": python("trusted_root.json"),
    "signing_config.json": python("signing_config.v0.2.json"),
  };
  const seeds = createRequire(import.meta.url)("@sigstore/tuf/seeds.json") as Readonly<Record<string, Seed>>;
  const seed = seeds[repository];
  if (seed === undefined) return files;
  return {
    ...files,
    "root.json": Buffer.from(seed["root.json"], "base64"),
    "trusted_root.json": Buffer.from(seed.targets["trusted_root.json"], "base64"),
  };
}

interface Seed {
  readonly "root.json": string;
  readonly targets: { readonly "trusted_root.json": string };
}

function write(name: ShippedName, files: Files): void {
  mkdirSync(join(DATA, name), { recursive: true });
  for (const [file, bytes] of Object.entries(files)) {
    const path = join(DATA, name, file);
    const [before, after] = [digest(readOrEmpty(path)), digest(bytes)];
    writeFileSync(path, bytes);
    process.stdout.write(`${name}/${file}  ${after}${before === after ? "" : "  changed"}\n`);
  }
}

function readOrEmpty(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    return new Uint8Array();
  }
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
