import type { ServerDigest } from "./remote-model.ts";

/** Whether a server's digest can take the place of one that is computed: SHA-256 that all it says of the file leads to. */
export function attests(digest: ServerDigest | undefined): digest is Extract<ServerDigest, { readonly kind: "sha256" }> {
  return digest?.kind === "sha256" && digest.isUnbound !== true;
}
