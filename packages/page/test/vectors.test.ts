import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { verify, type Trust } from "assay";
import { verifyDocument } from "assay/report";
import { readFileSync } from "node:fs";
import { corpusFolder, loadVectors, prepareModel, type Vector } from "../../assay/test/corpus/vectors.ts";
import { closePage, openPage } from "./support/browser.ts";
import { shippedMaterial } from "./support/models.ts";
import { assertSameAnswer, askPage, type Asked } from "./support/verify.ts";

const corpus = corpusFolder();
// Throws where the vectors are not there: nothing would be compared.
const vectors = loadVectors(corpus);

for (const vector of vectors) {
  test(`the page answers as the command does: ${vector.name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-vector-"));
    try {
      const model = prepareModel(vector, folder);
      const { asked, trust } = await question(vector);
      const { bundle: signature, ignorePaths, ignoreUnsignedFiles } = vector;
      const answer = await verify(model, { trust, signature, ignorePaths, ignoreUnsignedFiles, cwd: model });
      const page = await openPage();
      const evidence = await askPage(page, { model, isFile: statSync(model).isFile(), signature, asked, ignorePaths, ignoreUnsignedFiles });
      await closePage(page);
      assert.ok(typeof evidence === "object", typeof evidence === "string" ? evidence : "");
      assertSameAnswer(evidence.verification, verifyDocument(answer));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** The same question for both. A vector that names a key which the corpus lacks gets another: its bundle is not for keys at all. */
async function question(vector: Vector): Promise<{ readonly asked: Asked; readonly trust: Trust }> {
  const { method, certificates, identity, identityProvider } = vector;
  if (method === "sigstore") {
    const material = await shippedMaterial();
    return { asked: { method, identity, provider: identityProvider }, trust: { method, material, identity, identityProvider } };
  }
  if (method === "certificate") {
    return { asked: { method, certificates }, trust: { method, certificates: certificates.map((path) => readFileSync(path)) } };
  }
  const other = join(corpus, "oms/assets/keys/certificate/signing-key-pub.pem");
  const key = vector.publicKey !== undefined && existsSync(vector.publicKey) ? vector.publicKey : other;
  return { asked: { method, key }, trust: { method, publicKey: readFileSync(key) } };
}
