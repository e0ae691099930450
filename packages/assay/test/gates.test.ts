import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./support/temporary-folder.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = temporaryFolder();
const src = relative(folder, join(root, "packages/assay/src"));

const PRELUDE = `
import type { Bundle } from "${src}/bundle/bundle.ts";
import { compareModel } from "${src}/api/compare-model.ts";
import { FILES_ON_DISK } from "${src}/hashing/files-on-disk.ts";
import type { Inventory, WalkFindings } from "${src}/source/inventory.ts";
import type { VerifiedModel } from "${src}/comparison/difference.ts";
import type { Verification } from "${src}/api/results.ts";
import type { Manifest, ManifestContent } from "${src}/statement/manifest.ts";
import { readManifest, readUnverifiedManifest } from "${src}/statement/read.ts";
import type { VerifiedEnvelope } from "${src}/trust/envelope.ts";
import { verifyEnvelope } from "${src}/trust/verify-envelope.ts";
declare const bundle: Bundle;
declare const envelope: VerifiedEnvelope;
declare const content: ManifestContent;
declare const inventory: Inventory;
declare const findings: WalkFindings;
declare const answer: Verification;
declare function needsVerified(model: VerifiedModel): void;
export const used = [FILES_ON_DISK, bundle, envelope, content, inventory, findings, answer, needsVerified, compareModel, readManifest, readUnverifiedManifest, verifyEnvelope];
export type Used = Manifest;
`;

const shortcuts: Record<string, string> = {
  "a manifest is not read from an unverified bundle": "export const x = readManifest(bundle);",
  "a manifest is not read from an envelope's fields put together by hand":
    "export const { payload, signer, verifiedAt, historical, warnings } = envelope; export const x = readManifest({ payload, signer, verifiedAt, historical, warnings });",
  "a model is not compared with what an unverified bundle says":
    "export const x = readUnverifiedManifest(bundle).then((said) => compareModel(said, inventory, {}, FILES_ON_DISK));",
  "a manifest is not compared with findings that no walk made":
    "export const x = readManifest(envelope).then((m) => compareModel(m, findings, {}, FILES_ON_DISK));",
  "a statement's content does not pass for a manifest": "export const x: Manifest = content;",
  "a comparison with differences is not a verified model":
    "export const x = readManifest(envelope).then((m) => compareModel(m, inventory, {}, FILES_ON_DISK)).then((outcome) => needsVerified(outcome.comparison));",
  "a verified model is not had without looking whether there is one":
    "export const x = readManifest(envelope).then((m) => compareModel(m, inventory, {}, FILES_ON_DISK)).then((outcome) => needsVerified(outcome.verified));",
  "an answer does not give its verified model before it was asked for its outcome": "needsVerified(answer.verifiedModel);",
  "no answer is a bare boolean": "export const x: boolean = answer;",
};
const allowed = `
export const x = verifyEnvelope(bundle, { method: "key", publicKey: "" }, new Date(0))
  .then((proven) => readManifest(proven))
  .then((manifest) => compareModel(manifest, inventory, {}, FILES_ON_DISK))
  .then((outcome) => { if (outcome.verified !== undefined) needsVerified(outcome.verified); });
if (answer.outcome === "verified") needsVerified(answer.verifiedModel);
`;

function compile(): Map<string, string[]> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "allowed.ts"), PRELUDE + allowed);
  Object.values(shortcuts).forEach((code, index) => writeFileSync(join(folder, `shortcut-${index}.ts`), PRELUDE + code));
  const options = { noEmit: true, allowImportingTsExtensions: true, rewriteRelativeImportExtensions: false, noUnusedLocals: false };
  const types = { typeRoots: [join(root, "node_modules/@types")] };
  const config = { extends: join(root, "tsconfig.base.json"), compilerOptions: { ...options, ...types }, include: ["*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  const errors = new Map<string, string[]>();
  for (const [, file = "", message = ""] of stdout.matchAll(/^(\S+?\.ts)\(\d+,\d+\): (error .*)$/gm)) {
    errors.set(file, [...(errors.get(file) ?? []), message]);
  }
  return errors;
}

const errors = compile();

test("the way through every gate compiles", () => {
  assert.deepEqual(
    [...errors].filter(([file]) => !file.startsWith("shortcut-")),
    [],
  );
});

for (const [index, name] of Object.keys(shortcuts).entries()) {
  test(`does not compile: ${name}`, () => {
    const found = errors.get(`shortcut-${index}.ts`) ?? [];
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0] ?? "", /TS2322|TS2339|TS2345|TS27[34]\d/);
  });
}
