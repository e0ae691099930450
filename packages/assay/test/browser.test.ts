import assert from "node:assert/strict";
import { generateKeyPairSync, webcrypto } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";
import { keySigner, sign } from "../src/index.ts";
import type { Decision } from "../src/policy/decision.ts";
import type { DecisionKnowledge, Facts } from "../src/policy/facts.ts";
import { CLEAN, KNOWLEDGE, NOW, policyText } from "./support/policy/facts.ts";
import { ALICE, ISSUER, makeInstance } from "./support/sigstore/instance.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** The pure core as one script for a browser; esbuild fails on any `node:` import. */
async function bundleForBrowser(): Promise<string> {
  const contents = `
    import { parseBundle } from "${src}/bundle/index.ts";
    import { compileIdentityPattern, readTrustedRoot, verifyEnvelope } from "${src}/trust/index.ts";
    import { readManifest } from "${src}/statement/index.ts";
    import { compare } from "${src}/comparison/compare.ts";
    import { compareDigests } from "${src}/comparison/compare-digests.ts";
    import { compareManifests } from "${src}/comparison/compare-manifests.ts";
    import { pairFiles, renameCandidates } from "${src}/comparison/pair-files.ts";
    import { decide, readPolicy } from "${src}/policy/index.ts";
    globalThis.decideBy = async (text, facts, time, knowledge) =>
      decide(facts, await readPolicy(text, "policy", { formats: ["safetensors"] }), time, knowledge);
    globalThis.comparison = { compare, compareDigests, compareManifests, pairFiles, renameCandidates };
    globalThis.check = async (bundle, publicKey, time) => {
      const envelope = await verifyEnvelope(parseBundle(bundle), { method: "key", publicKey }, time);
      const manifest = await readManifest(envelope);
      return { rootDigest: manifest.rootDigest, names: [...manifest.files.keys()], algorithm: envelope.signer.algorithm };
    };
    globalThis.checkKeyless = async (bundle, trustedRoot, pattern, identityProvider) => {
      const source = { kind: "named", name: "a page's own", date: undefined, isCurrent: true };
      const material = { root: readTrustedRoot(trustedRoot), source };
      const identity = await compileIdentityPattern(pattern);
      const trust = { method: "sigstore", material, identity, identityProvider };
      const { signer, verifiedAt } = await verifyEnvelope(parseBundle(bundle), trust, new Date());
      return { identity: signer.identity, source: verifiedAt.source };
    };`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: src, loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/** A context with what every browser has and nothing of Node. */
function browserContext(): vm.Context {
  const names = ["TextEncoder", "TextDecoder", "atob", "btoa", "URL"] as const;
  const globals = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
  return vm.createContext({ ...globals, crypto: webcrypto });
}

test("a policy is read and decides in a browser's world", async () => {
  const context = browserContext();
  vm.runInContext(await bundleForBrowser(), context);
  const { decideBy } = context as { decideBy: (text: string, facts: Facts, time: Date, knowledge: DecisionKnowledge) => Promise<Decision> };
  const decision = await decideBy(policyText("formats: [safetensors]"), CLEAN, NOW, KNOWLEDGE);
  assert.equal(decision.decision, "allow");
});

for (const kind of ["ec", "ed25519"] as const) {
  test(`the pure core verifies a real signature in a browser's world (${kind})`, async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "model"));
    writeFileSync(join(folder, "model", "weights.bin"), "weights");
    const { privateKey, publicKey } = kind === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
    const signer = await keySigner({ privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) });
    const { bundle, manifest, algorithm } = await sign(join(folder, "model"), { signer });

    const context = browserContext();
    vm.runInContext(await bundleForBrowser(), context);
    context["input"] = { bundle: Array.from(bundle), publicKey: publicKey.export({ type: "spki", format: "pem" }) };
    const result: unknown = await vm.runInContext("check(new Uint8Array(input.bundle), input.publicKey, new Date())", context);
    assert.deepEqual(JSON.parse(JSON.stringify(result)), { rootDigest: manifest.rootDigest, names: ["weights.bin"], algorithm });
  });
}

test("the pure core verifies keyless signatures in a browser's world", async () => {
  const instance = makeInstance();
  const context = browserContext();
  vm.runInContext(await bundleForBrowser(), context);
  for (const [rekor, timestamp, source] of [
    ["v1", false, "log"],
    ["v2", true, "timestamp"],
  ] as const) {
    const { bytes } = instance.sign({ rekor, timestamp });
    const root = new TextEncoder().encode(JSON.stringify(instance.trustedRoot()));
    context["input"] = { bundle: Array.from(bytes), root: Array.from(root), issuer: ISSUER };
    const call = 'checkKeyless(new Uint8Array(input.bundle), new Uint8Array(input.root), "alice@.*", input.issuer)';
    const result: unknown = await vm.runInContext(call, context);
    assert.deepEqual(JSON.parse(JSON.stringify(result)), { identity: ALICE, source });
  }
});
