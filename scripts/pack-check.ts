// Packs the package, installs it into an empty folder as a user would, and uses the command and the library there.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "assay-pack-"));
// npm runs on whatever Node it finds; this Node must come first.
const env = { ...process.env, PATH: `${join(process.execPath, "..")}:${process.env["PATH"] ?? ""}` };
try {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
    cwd: "packages/assay",
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [tarball = ""] = readdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `./${tarball}`], { cwd: folder, env, stdio: "inherit" });

  // Compiled code decides instead of the source that people read: it is not for publishing.
  if (readdirSync(join(folder, "node_modules", "assay", "dist", "bin")).some((name) => name.endsWith(".cache")))
    throw new Error("the package holds compiled code");

  mkdirSync(join(folder, "model"));
  writeFileSync(join(folder, "model", "weights.bin"), "weights");
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(join(folder, "key.pub"), publicKey.export({ type: "spki", format: "pem" }));
  const command = join(folder, "node_modules", ".bin", "assay");
  run(command, ["sign", "key", "model", "--private-key", "key.pem"]);
  run(command, ["verify", "key", "model", "--public-key", "key.pub"]);

  writeFileSync(
    join(folder, "use.js"),
    `import { readFile } from "node:fs/promises";
import { verify, digest, inspect } from "assay";
import { validateCertificatePath } from "assay/trust";
import { parseBundle } from "assay/bundle";
import { readStatement } from "assay/statement";
import schema from "assay/schemas/verify.v1.json" with { type: "json" };
const publicKey = await readFile("key.pub");
const answer = await verify("model", { trust: { method: "key", publicKey }, signature: "model.sig" });
if (answer.outcome !== "verified") throw answer.error;
if ((await digest("model")).rootDigest !== answer.manifest.rootDigest) throw new Error("the digest differs");
if ((await inspect("model.sig")).method !== "key") throw new Error("inspect");
const bundle = parseBundle(await readFile("model.sig"));
await readStatement(bundle.envelope.payload);
if (typeof validateCertificatePath !== "function" || schema.$schema === undefined) throw new Error("exports");
console.log("the library works");
`,
  );
  run(process.execPath, ["use.js"]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, commandArguments: readonly string[]): void {
  process.stdout.write(execFileSync(command, commandArguments, { cwd: folder, env, encoding: "utf8" }));
}
