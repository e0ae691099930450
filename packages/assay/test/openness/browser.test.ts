import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { everythingFor, judge, model } from "./models.ts";
import { licenseData } from "./licenses.ts";

const src = fileURLToPath(new URL("../../src/openness", import.meta.url));

/** As a page would carry it; esbuild fails on any `node:` import. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: src, loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

test("a page evaluates a model without anything of Node, in under 30 kB gzipped, licenses apart", async () => {
  const code = await bundle(
    'import { evaluate, licenseCatalogue } from "./index.ts"; globalThis.openness = { evaluate, licenseCatalogue };',
  );
  assert.ok(gzipSync(code).length < 30_000, `${gzipSync(code).length} bytes`);
  const context = vm.createContext({
    input: { model: model(everythingFor(2)), data: [licenseData("licenses"), licenseData("licenses-models")] },
  });
  vm.runInContext(code, context);
  const result: unknown = vm.runInContext("openness.evaluate(input.model, openness.licenseCatalogue(...input.data))", context);
  assert.deepEqual(JSON.parse(JSON.stringify(result)), JSON.parse(JSON.stringify(judge(model(everythingFor(2))))));
});

test("a page reads a mof.yml, too, from a bundle of its own", async () => {
  const code = await bundle(
    'import { readModelFile } from "./yaml.ts"; globalThis.read = (text) => readModelFile(text).model.release.name;',
  );
  const context = vm.createContext({ TextEncoder, TextDecoder });
  vm.runInContext(code, context);
  assert.equal(vm.runInContext('read("release: { name: granite }")', context), "granite");
});
