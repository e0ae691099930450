// Packs the package twice, installs it into an empty folder as a user would, and uses the command and the library there.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "assay-pack-"));
// npm runs on whatever Node it finds; this Node must come first.
const env = { ...process.env, PATH: `${join(process.execPath, "..")}:${process.env["PATH"] ?? ""}` };
try {
  const [tarball, again] = [pack("once"), pack("again")];
  if (!readFileSync(tarball).equals(readFileSync(again))) throw new Error("two packs differ");
  console.log(`the package: ${readFileSync(tarball).length} bytes, the same when packed again`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", tarball], { cwd: folder, env, stdio: "inherit" });

  const installed = join(folder, "node_modules", "assay");
  // Compiled code decides instead of the source that people read: it is not for publishing, and the launcher would not run it.
  if (readdirSync(join(installed, "dist", "bin")).some((name) => name.endsWith(".cache")))
    throw new Error("the package holds compiled code");
  if (!readFileSync(join(installed, "dist", "bin", "assay.js"), "utf8").includes("const DIGESTS = {};"))
    throw new Error("the published launcher would run compiled code");
  const { man } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { man: string[] };
  for (const page of man) if (!existsSync(join(installed, page))) throw new Error(`no ${page}`);
  const relative = /\]\((?![a-z]+:|#)[^)]*\)/.exec(readFileSync(join(installed, "README.md"), "utf8"));
  if (relative !== null) throw new Error(`a relative link in the README: ${relative[0]}`);
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const npx = ["--yes", `--package=${tarball}`, "--", "assay", "--version"];
  process.stdout.write(`npx in an empty folder: ${execFileSync("npx", npx, { cwd: empty, env, encoding: "utf8" })}`);

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

/** The path of the package, packed into a folder of its own. */
function pack(name: string): string {
  const destination = join(folder, name);
  mkdirSync(destination);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", destination], {
    cwd: "packages/assay",
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [tarball = ""] = readdirSync(destination);
  return join(destination, tarball);
}

function run(command: string, commandArguments: readonly string[]): void {
  process.stdout.write(execFileSync(command, commandArguments, { cwd: folder, env, encoding: "utf8" }));
}
