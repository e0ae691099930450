import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "../../../src/api/sign.ts";
import { keySigner } from "../../../src/signing/key-signer.ts";
import { makeKeyPair } from "../keys.ts";
import { APACHE } from "../models/described.ts";
import { writeFiles } from "../models/on-disk.ts";
import { pickleCalling } from "../scan/canaries.ts";
import { safetensors } from "../scan/safetensors.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** 8 kB of weights. */
export const WEIGHTS = safetensors({ "layer.weight": { dtype: "BF16", shape: [64, 64], length: 8192 } });
/** A pickle that runs a command when it is loaded; nothing here loads it. */
export const POISON = pickleCalling("posix", "system", "true");

/** What a small published model has. */
export const MODEL = {
  "model.safetensors": WEIGHTS,
  "config.json": '{ "model_type": "llama", "architectures": ["LlamaForCausalLM"] }\n',
  "README.md": "---\nlicense: apache-2.0\n---\n# A model\n",
  LICENSE: APACHE,
} as const;

/** A folder with a signed model `granite`, the key pair that signed it, and room for policies. */
export interface CheckFolder {
  readonly root: string;
  readonly model: string;
  /** Writes a policy, and returns its name. */
  readonly policy: (rules: string, more?: string) => string;
}

/** Makes that folder; `files` are put in the place of those of `MODEL`, before it is signed. */
export async function checkFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<CheckFolder> {
  const root = temporaryFolder();
  const model = join(root, "granite");
  mkdirSync(model);
  writeFiles(model, { ...MODEL, ...files });
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(root, "ours.pub"), publicKey);
  writeFileSync(join(root, "other.pub"), makeKeyPair("P-256").publicKey);
  await sign(model, { signer: await keySigner({ privateKey }), signature: join(model, "model.sig") });
  return {
    root,
    model,
    policy: (rules, more = "") => {
      writeFileSync(
        join(root, "policy.yml"),
        `version: 1\nname: test\nmodels:\n  - id: all\n    match: { name: "**" }\n    rules:\n${rules.replaceAll(/^(?=.)/gm, "      ")}\n${more}`,
      );
      return "policy.yml";
    },
  };
}
