import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openBundleTarget, sealAndWrite, type SealRequest } from "../../src/api/seal-statement.ts";
import { parseBundle } from "../../src/bundle/parse.ts";
import { PAYLOAD_TYPE } from "../../src/bundle/payload-type.ts";
import { AssayError } from "../../src/core/error.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import { makeKeyPair } from "../support/keys.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const statement = {
  _type: "https://in-toto.io/Statement/v1",
  subject: [{ name: "granite", digest: { sha256: "00".repeat(32) } }],
  predicateType: "https://example.org/openness/v1",
  predicate: { class: 2 },
};
const sealed = { payloadType: PAYLOAD_TYPE, payload: new TextEncoder().encode(JSON.stringify(statement)) };

const readBack = (payload: Uint8Array): Promise<unknown> => Promise.resolve(JSON.parse(new TextDecoder().decode(payload)));

async function request(path: string): Promise<SealRequest<unknown>> {
  const signer = await keySigner({ privateKey: Buffer.from(makeKeyPair("P-256").privateKey), password: undefined });
  return { signer, witnesses: undefined, target: openBundleTarget(path, false), signal: undefined, readBack };
}

test("a statement about something else than a model's files is sealed, verified and written as any other", async () => {
  const path = join(temporaryFolder(), "openness.sigstore.json");
  const { content, identity, bundle } = await sealAndWrite(sealed, await request(path));
  assert.deepEqual(content, statement);
  assert.equal(identity.method, "key");
  assert.deepEqual(new Uint8Array(readFileSync(path)), new Uint8Array(bundle));
  assert.deepEqual(await readBack(parseBundle(bundle).envelope.payload), statement);
});

test("a statement that cannot be read back is not written", async () => {
  const path = join(temporaryFolder(), "openness.sigstore.json");
  const refusing = { ...(await request(path)), readBack: () => Promise.reject(new AssayError("STATEMENT_SHAPE", "another predicate")) };
  await assert.rejects(sealAndWrite(sealed, refusing), { code: "STATEMENT_SHAPE" });
  assert.equal(existsSync(path), false);
});
