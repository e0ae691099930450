import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";

const report = fileURLToPath(new URL("../../src/report/index.ts", import.meta.url));

test("assay/report makes documents in a browser", async () => {
  // esbuild fails on any `node:` import.
  const { outputFiles } = await build({
    entryPoints: [report],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "report",
    write: false,
    logLevel: "silent",
  });
  const context = vm.createContext({ TextDecoder, TextEncoder });
  vm.runInContext(outputFiles[0]?.text ?? "", context);
  const document: unknown = vm.runInContext(
    `report.errorDocument({ code: "USAGE", outcome: "usage", message: "no model", hint: "name one" }, { command: "verify" })`,
    context,
  );
  assert.deepEqual((JSON.parse(JSON.stringify(document)) as { error: unknown }).error, {
    code: "USAGE",
    outcome: "usage",
    message: "no model",
    hint: "name one",
    details: null,
  });
  assert.match(String(vm.runInContext("report.badgeSvg(3)", context)), /^<svg /);
});
