import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bundle } from "../../src/bundle/bundle.ts";
import type { LogEntry } from "../../src/bundle/log-entry.ts";
import { detailsOf, type AssayError } from "../../src/core/error.ts";
import { requireMethod } from "../../src/trust/method.ts";

const entry = {} as LogEntry;
const chain: Bundle["material"] = { kind: "x509CertificateChain", certificates: [] };

function signedBy(version: Bundle["version"], material: Bundle["material"], tlogEntries: readonly LogEntry[]): unknown {
  try {
    requireMethod({ version, material, tlogEntries } as unknown as Bundle, "key");
  } catch (error) {
    return detailsOf(error as AssayError, "METHOD_MISMATCH");
  }
  return undefined;
}

test("a bundle of another method carries in the error the method that fits: the bundle is not read again", () => {
  assert.deepEqual(signedBy("0.3", chain, [entry]), { asked: "key", signedBy: "certificate" });
  assert.deepEqual(signedBy("0.2", chain, [entry]), { asked: "key", signedBy: "sigstore" });
  assert.deepEqual(signedBy("0.2", chain, []), { asked: "key", signedBy: "certificate" });
  assert.deepEqual(signedBy("0.3", { kind: "certificate", certificate: new Uint8Array() }, []), { asked: "key", signedBy: "sigstore" });
});
