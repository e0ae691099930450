import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";

const entry = fileURLToPath(new URL("../../src/risk/index.ts", import.meta.url));

test("assay/risk grades findings in a browser's world", async () => {
  // esbuild fails on any `node:` import, and the context has nothing of Node.
  const { outputFiles } = await build({
    stdin: { contents: `import * as risk from ${JSON.stringify(entry)}; globalThis.risk = risk;`, resolveDir: "/", loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const context = vm.createContext({});
  vm.runInContext(outputFiles[0]?.text ?? "", context);
  const outcome: unknown = vm.runInContext(
    `risk.gradeLoad([{ file: "a", size: 1, format: "x", isLoaded: true, leftOut: [], members: [], facts: {},
      findings: [{ reason: "file/malformed", what: "ends early" }] }]).outcome`,
    context,
  );
  assert.equal(outcome, "invalid");
});
