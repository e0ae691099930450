import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { evaluate } from "../../src/openness/evaluate.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { everythingFor, evaluateModel, model } from "../support/openness/models.ts";
import { licenseData, LICENSES } from "../support/openness/licenses.ts";

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
  const code = await bundle('import { evaluate, licenseCatalog } from "./index.ts"; globalThis.openness = { evaluate, licenseCatalog };');
  assert.ok(gzipSync(code).length < 30_000, `${gzipSync(code).length} bytes`);
  const context = vm.createContext({
    input: { model: model(everythingFor(2)), data: [licenseData("licenses"), licenseData("licenses-models")] },
  });
  vm.runInContext(code, context);
  const result: unknown = vm.runInContext("openness.evaluate(input.model, openness.licenseCatalog(...input.data))", context);
  assert.deepEqual(JSON.parse(JSON.stringify(result)), JSON.parse(JSON.stringify(evaluateModel(model(everythingFor(2))))));
});

test("a page reads a mof.yml and evaluates it, with licenses that it loads apart", async () => {
  const code = await bundle(`
    import { evaluate, licenseCatalog } from "./index.ts";
    import { readModelFile } from "./yaml.ts";
    globalThis.evaluateModel = (text, ...files) => JSON.stringify(evaluate(readModelFile(text).model, licenseCatalog(...files.map(JSON.parse))));`);
  assert.ok(!code.includes("CDLA-Sharing-1.0"), "no list of licenses is in the bundle");
  const file = `release:
  name: Granite
  license: apache-2.0
  components:
${Object.keys(everythingFor(3))
  .map((name) => `    - { name: ${JSON.stringify(name)} } # there`)
  .join("\n")}
`;
  // What every browser has and JavaScript by itself has not: these two and nothing else.
  const context = vm.createContext({
    TextEncoder,
    TextDecoder,
    file,
    licenses: JSON.stringify(licenseData("licenses")),
    models: JSON.stringify(licenseData("licenses-models")),
  });
  vm.runInContext(code, context);
  const result: unknown = JSON.parse(String(vm.runInContext("evaluateModel(file, licenses, models)", context)));
  assert.deepEqual(result, JSON.parse(JSON.stringify(evaluate(readModelFile(file).model, LICENSES))));
  assert.equal(evaluate(readModelFile(file).model, LICENSES).class, 3);
  assert.throws(() => vm.runInContext('evaluateModel("release: {}", licenses)', context), /release\.name is missing/);
});
