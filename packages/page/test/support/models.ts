import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { findTrust, keySigner, sign, type SignOptions, type TrustMaterial } from "assay";
import { makeKeyPair } from "../../../assay/test/support/keys.ts";
import { modelFolder, type Tree } from "../../../assay/test/support/models/planted.ts";

/** A model with a signature in it, and the signer's key beside. */
export interface SignedModel {
  readonly model: string;
  readonly signature: string;
  readonly key: string;
}

/** A real model, signed with a key of its own. `signature`: the file's name in the model. */
export async function signedModel(
  t: TestContext,
  tree: Tree,
  options: Partial<SignOptions> = {},
  signature = "model.sig",
): Promise<SignedModel> {
  const model = modelFolder(t, tree);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  const key = join(dirname(model), "publisher.pub");
  writeFileSync(key, publicKey);
  const path = join(model, signature);
  await sign(model, { signer: await keySigner({ privateKey }), signature: path, ...options });
  return { model, signature: path, key };
}

/** The trusted root that ships, which the page carries too. */
export async function shippedMaterial(): Promise<TrustMaterial> {
  const { material } = await findTrust({ offline: true, now: new Date(), cacheFolder: "/nonexistent" });
  return material;
}
