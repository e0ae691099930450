import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseBundle } from "../../../src/bundle/index.ts";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { certificateSigner, sign } from "../../../src/index.ts";
import { type VerifiedEnvelope, verifyEnvelope } from "../../../src/trust/index.ts";
import { writeFiles } from "../../support/models/on-disk.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { makeCa, makeCertificate, NOW } from "../../support/x509/make.ts";
import { makeList, NEXT_UPDATE } from "../../support/x509/make-crl.ts";

const root = makeCa();
const ca = makeCa({ issuer: root, serial: 100 });
const leaf = makeCertificate({ subject: "team", issuer: ca, serial: 200 });
const model = writeFiles(`${temporaryFolder()}/model`, { "weights.bin": "weights" });
const signer = await certificateSigner({
  privateKey: leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  signingCertificate: leaf.pem,
  certificateChain: [ca.pem],
});
const { bundle } = await sign(model, { signer });

function verify(revocationLists: readonly (Uint8Array | string)[] | undefined, now = NOW): Promise<VerifiedEnvelope> {
  const trust = {
    method: "certificate" as const,
    certificates: [root.pem],
    ...(revocationLists && { revocationLists }),
  };
  return verifyEnvelope(parseBundle(bundle), trust, now);
}
const refused = (code: ErrorCode, ...question: Parameters<typeof verify>): Promise<void> => refusedWith(code, () => verify(...question));

suite("the method certificate with revocation lists", () => {
  const rootList = makeList({ issuer: root });
  const caList = makeList({ issuer: ca });
  test("claims nothing without them", async () => assert.equal((await verify(undefined)).revocation, undefined));
  test("says which lists it rests on, from PEM and DER", async () => {
    for (const lists of [[rootList.pem + caList.pem], [rootList.der, caList.pem]]) {
      const { revocation } = await verify(lists);
      assert.deepEqual(
        revocation?.lists.map(({ issuer }) => issuer),
        ["CN=intermediate", "CN=root"],
      );
    }
  });
  test("refuses a signer who was revoked", async () => {
    const error = await rejectsWith("CERTIFICATE_REVOKED", () =>
      verify([rootList.pem, makeList({ issuer: ca, entries: [{ serial: 200, reason: 1 }] }).pem]),
    );
    assert.match(error.message, /"CN=team" was revoked/);
  });
  test("cannot tell without a list for each certificate", async () => {
    await refused("CRL_MISSING", []);
    await refused("CRL_MISSING", [caList.pem]);
  });
  test("cannot tell by lists that are too old", () =>
    refused("CRL_EXPIRED", [rootList.pem, caList.pem], new Date(NEXT_UPDATE.getTime() + 1000)));
  test("rejects files that are not revocation lists", () => refused("CRL_INVALID", [root.pem]));
});
