import type { RekorVersion } from "../../../../../scripts/sigstore/trust-config.ts";
import { refused, succeeded, type Case, type Scene } from "./scene.ts";

/** What a signature must still prove when nothing is left of the servers, on a machine without a network. */
export const offline: readonly Case[] = [
  ...([1, 2] as const).flatMap((rekor) => [
    verifies(rekor, `assay-${rekor}.sig`, "what it signed"),
    verifies(rekor, `python-${rekor}.sig`, "what the Python reference signed"),
  ]),
  {
    name: "verifies a key's signature with log entry and timestamp, with no network at all",
    async check(scene) {
      const trust = ["--trusted-root", scene.stack.trust[2].trustedRoot];
      const words = ["verify", "key", scene.model, "--public-key", scene.file("key.pub"), "--signature", scene.file("key-2.sig"), ...trust];
      succeeded(await scene.assayCutOff(words));
    },
  },
  {
    name: "refuses another identity with no network at all",
    async check(scene) {
      const trust = ["--trusted-root", scene.stack.trust[2].trustedRoot, "--offline"];
      const words = scene.verifyWords(2, "assay-2.sig", { identity: "bob@example.com", trust });
      refused(await scene.assayCutOff(words), 1, /alice@example\.com/);
    },
  },
];

function verifies(rekor: RekorVersion, signature: string, what: string): Case {
  return {
    name: `verifies ${what} on Rekor ${rekor}, with no network and no server left`,
    async check(scene: Scene) {
      const trust = ["--trusted-root", scene.stack.trust[rekor].trustedRoot, "--offline"];
      succeeded(await scene.assayCutOff(scene.verifyWords(rekor, signature, { trust })));
      succeeded(await scene.assayCutOff([...scene.verifyWords(rekor, signature), "--offline"]));
    },
  };
}
