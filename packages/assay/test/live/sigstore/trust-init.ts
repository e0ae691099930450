import type { RekorVersion } from "../../../../../scripts/sigstore/trust-config.ts";
import { succeeded, type Case, type Scene } from "./scene.ts";

/** The file that `assay trust init` writes from addresses, certificates and keys is as good as the stack's own. */
export const trustInit: readonly Case[] = ([1, 2] as const).map((rekor) => ({
  name: `signs on Rekor ${rekor} with the file that \`assay trust init\` wrote, and verifies with what \`assay trust export\` makes of it`,
  async check(scene: Scene) {
    const file = scene.file(`acme-${rekor}.json`);
    succeeded(await scene.assay(["trust", "init", file, ...instanceWords(scene, rekor)]));
    const signature = scene.file(`acme-${rekor}.sig`);
    const words = ["--trust-config", file, "--identity-token", await scene.token()];
    succeeded(await scene.assay(["sign", "sigstore", scene.model, "--signature", signature, ...words]));
    const root = scene.file(`acme-root-${rekor}.json`);
    succeeded(await scene.assay(["trust", "export", root, "--trust-config", file]));
    succeeded(await scene.verify(rekor, `acme-${rekor}.sig`, { trust: ["--trusted-root", root] }));
    succeeded(await scene.pythonReference(scene.pythonVerifyWords(rekor, `acme-${rekor}.sig`, file)));
  },
}));

function instanceWords(scene: Scene, rekor: RekorVersion): string[] {
  const { urls, authorities } = scene.stack;
  const [url, key] = rekor === 1 ? [urls.rekor1, authorities.rekor1PublicKey] : [urls.rekor2, authorities.rekor2PublicKey];
  return Object.entries({
    "fulcio-url": urls.fulcio,
    "fulcio-chain": authorities.fulcioChain,
    "ct-url": urls.ctLog,
    "ct-key": authorities.ctPublicKey,
    "rekor-url": url,
    "rekor-key": key,
    "tsa-url": urls.tsa,
    "tsa-chain": authorities.tsaChain,
    "oidc-issuer": urls.issuer,
  }).flatMap(([name, value]) => [`--${name}`, value]);
}
