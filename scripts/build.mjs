// Bundles the command. The library is what `tsc` emits; the command is one file for what people do every day and one
// for the rest, because starting from some hundred modules costs more than a small verification, and so does reading
// code that is not used. CommonJS and not an ES module: measured, that is the fastest to start.
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildCommandFolder, OWN_PACKAGES } from "./command-folder.mjs";

const dist = "packages/assay/dist";
// Built beside the old one and then put in its place: a build that fails or is stopped leaves that one working.
const bin = `${dist}/bin.new`;

await rm(bin, { recursive: true, force: true });
/** One number, as safetensors. */
const SMALLEST_WEIGHTS = `${String.fromCharCode(64, 0, 0, 0, 0, 0, 0, 0)}${'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'.padEnd(64)}\0\0\0\0`;
const SMALL_POLICY = `version: 1
name: small
models:
  - match: { name: "*" }
    rules: { load: data-only, signers: [{ key: { file: key.pub } }], formats: [safetensors], coverage: weights }
`;

await buildCommandFolder(bin, { external: OWN_PACKAGES });
const launcher = await readFile(`${bin}/assay.js`, "utf8");
// A published package has no compiled code: it would decide instead of the source that people read.
if (!process.argv.includes("--without-compiled-code")) await writeFile(`${bin}/assay.js`, launcherFor(await leaveCompiledCode()));
await rm(`${dist}/bin`, { recursive: true, force: true });
await rename(bin, `${dist}/bin`);

/** The launcher with the digests of the compiled code that it may run. */
function launcherFor(digests) {
  return launcher.replace("const DIGESTS = {};", `const DIGESTS = ${JSON.stringify(digests)};`);
}

/**
 * Verifies, scans and checks a small model by the launcher, and keeps what V8 compiled for each part. Returns the digests for
 * the launcher. The command works without; so where this fails, the build continues.
 */
async function leaveCompiledCode() {
  const folder = await mkdtemp(join(tmpdir(), "assay-build-"));
  const keeping = resolve(bin, "keep-compiled-code.js");
  const kept = join(folder, "digests.json");
  const keep = `process.on("exit", () => {
  const { writeFileSync } = require("node:fs");
  const digests = { ...DIGESTS };
  for (const [name, { script, source }] of loaded) {
    if (name === "command" && process.argv[2] !== "verify") continue;
    const code = script.createCachedData();
    writeFileSync(join(__dirname, name + ".cache"), code);
    digests[name] = digestOf(source, code);
  }
  writeFileSync(${JSON.stringify(kept)}, JSON.stringify(digests));
});\n`;
  let digests = {};
  try {
    await mkdir(join(folder, "model"));
    for (const name of ["a", "b"]) await writeFile(join(folder, "model", name), name);
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    await writeFile(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    await writeFile(join(folder, "key.pub"), publicKey.export({ type: "spki", format: "pem" }));
    await writeFile(join(folder, "model", "model.safetensors"), SMALLEST_WEIGHTS);
    await writeFile(join(folder, "policy.yml"), SMALL_POLICY);
    for (const words of [
      ["sign", "key", "model", "--private-key", "key.pem"],
      ["verify", "key", "model", "--public-key", "key.pub"],
      ["scan", "model"],
      ["openness", "model"],
      ["check", "model", "--policy", "policy.yml", "--signature", "model.sig"],
    ]) {
      // With what the runs before have left: what is kept adds up.
      await writeFile(keeping, launcherFor(digests) + keep);
      spawnSync(process.execPath, [keeping, ...words], { cwd: folder, stdio: "ignore" });
      digests = JSON.parse(await readFile(kept, "utf8").catch(() => "{}"));
    }
  } finally {
    await rm(keeping, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
  return digests;
}
