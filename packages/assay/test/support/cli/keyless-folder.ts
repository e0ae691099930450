import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SigstoreServers } from "../sigstore/servers.ts";
import { assay, workFolder, type Ran, type RunOptions } from "./command.ts";

/** A whole bundle, as small as one can be: an older signature, which signing may replace. */
export const OLD = JSON.stringify({
  mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
  verificationMaterial: { publicKey: { hint: "" } },
  dsseEnvelope: { payload: "e30=", payloadType: "application/vnd.in-toto+json", signatures: [{ sig: "AAAA" }] },
});

/** Which log a trust configuration offers. */
export type Log = "rekorV1" | "rekorV2";

/**
 * A work folder with the trust configurations of an instance that listens: `rekorV1.json` and `rekorV2.json`
 * offer one log each, `root.json` is the trusted root alone.
 */
export function keylessFolder(servers: SigstoreServers): string {
  const folder = workFolder();
  for (const log of ["rekorV1", "rekorV2"] as const) {
    const config = servers.trustConfig(["fulcio", "oidc", "tsa", log]);
    writeFileSync(join(folder, `${log}.json`), JSON.stringify(config));
    writeFileSync(join(folder, "root.json"), JSON.stringify(config["trustedRoot"]));
  }
  return folder;
}

/** Runs the command with a home of its own, so that no cache and no variable of the machine's plays a part. */
export function assayAtHome(argv: readonly string[], { cwd, env }: RunOptions & { readonly cwd: string }): Promise<Ran> {
  return assay(argv, { cwd, env: { HOME: cwd, XDG_CACHE_HOME: join(cwd, ".cache"), ...env } });
}

/** The words of `sign sigstore` for a token. */
export function signWords(log: Log, token: string): string[] {
  return ["sign", "sigstore", "granite", "--trust-config", `${log}.json`, "--identity-token", token];
}

/** The words of `verify sigstore` for Alice. */
export function verifyWords(servers: SigstoreServers, identity = "alice@example.com"): string[] {
  return ["verify", "granite", "--trusted-root", "root.json", "--identity", identity, "--identity-provider", servers.oidc.url];
}

export async function signed(servers: SigstoreServers, log: Log = "rekorV2"): Promise<string> {
  const cwd = keylessFolder(servers);
  const { exitCode, stderr } = await assayAtHome(signWords(log, servers.token()), { cwd });
  assert.equal(exitCode, 0, stderr);
  return cwd;
}
