import type { TrustMaterial } from "../trust/sigstore/trust-source.ts";
import { readNamedTrust } from "./named.ts";

/** The trusted root in a file that the caller names. Throws what `readNamedTrust` throws. */
export function readTrustMaterial(path: string, cwd?: string): TrustMaterial {
  return { root: readNamedTrust(path, cwd).root, source: { kind: "named", name: path, date: undefined, isCurrent: true } };
}
