import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pluginArguments } from "../../../src/signing/plugin/protocol.ts";
import { writeFiles } from "../../support/models/on-disk.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { softHsm } from "../pkcs11/soft-hsm.ts";
import { EXAMPLE_FOLDER } from "../../support/signing/plugin.ts";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));
const page = readFileSync(join(root, "docs/signers.md"), "utf8");
const hsm = softHsm();

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);
}

const folder = temporaryFolder();
writeFiles(join(folder, "granite"), { "config.json": "{}", "weights.bin": new Uint8Array(5000) });
writeFiles(join(folder, "bin"), {});
symlinkSync(join(root, "packages/assay/dist/bin/assay.js"), join(folder, "bin", "assay"));
const PATH = [join(folder, "bin"), EXAMPLE_FOLDER, dirname(process.execPath), process.env["PATH"] ?? ""].join(":");

test("the commands of docs/signers.md run as written, one after another", () => {
  const script = blocks("sh").join("\n").replaceAll("/usr/lib/softhsm/libsofthsm2.so", hsm.module);
  const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", script], {
    cwd: folder,
    env: { ...process.env, PATH },
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  assert.equal(blocks("sh").length, 3);
  assert.equal(stdout.match(/✔ Verified: all 2 files/g)?.length, 2);
});

test("the signer in JavaScript of docs/signers.md runs as written", () => {
  writeFiles(join(folder, "node_modules"), {});
  symlinkSync(join(root, "packages/assay"), join(folder, "node_modules", "assay"));
  const [code = "", ...others] = blocks("ts");
  assert.deepEqual(others, []);
  writeFileSync(join(folder, "signer.mts"), code);
  const { stdout, stderr } = spawnSync(process.execPath, ["signer.mts"], { cwd: folder, encoding: "utf8" });
  assert.equal(stdout.trim(), "verified function", stderr);
});

test("the plug-in protocol's requests are in docs/signers.md as they are sent", () => {
  const [publicKey = "", signMessage = ""] = blocks("json");
  const deadline = new Date("2026-06-15T12:02:00Z");
  assert.deepEqual(JSON.parse(pluginArguments("publicKey", "/alias/models", "SHA-256", deadline)[1] ?? ""), JSON.parse(publicKey));
  assert.deepEqual(JSON.parse(pluginArguments("signMessage", "/alias/models", "SHA-256", deadline)[1] ?? ""), JSON.parse(signMessage));
});
