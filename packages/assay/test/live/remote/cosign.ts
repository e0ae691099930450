// Signatures of images beside signatures of models: cosign and Assay on one manifest. `npm run test:remote`.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { startDistribution, startRegistryWithReferrers } from "../../support/remote-servers/registries.ts";
import { cosign } from "../evidence/tools.ts";
import { run } from "../sigstore/outcome.ts";
import { GRANITE } from "./granite.ts";
import { Oras } from "./oras.ts";
import { WorkPlace } from "./work-place.ts";

const place = new WorkPlace();
const granite = writeFiles(place.path("granite"), GRANITE);
await place.sign(granite, [], "granite.sig");

async function runCosign(...words: readonly string[]): Promise<void> {
  const environment = { HOME: place.folder, COSIGN_PASSWORD: "" };
  const { status, text, command } = await run(cosign(), words, { cwd: place.folder, environment });
  assert.equal(status, 0, `${command}\n${text}`);
}

await runCosign("import-key-pair", "--key", "key.pem", "--output-key-prefix", "cosign");
const registries = {
  "a registry with the referrers API": await startRegistryWithReferrers(),
  "distribution 3": await startDistribution(),
} as const;

for (const [name, { host }] of Object.entries(registries)) {
  const reference = `${host}/acme/granite:v1`;
  const image = `${host}/acme/granite@${await new Oras(granite, place.folder).push(reference, Object.keys(GRANITE))}`;

  suite(`a manifest in ${name} that cosign signed as an image`, () => {
    test("is not a signed model: the signature is named, and said to list no files", async () => {
      const plain = ["--allow-http-registry", "--yes", image];
      await runCosign("sign", "--key", "cosign.key", "--tlog-upload=false", "--use-signing-config=false", ...plain);
      const { error } = await place.verify(`oci:${reference}`, 2);
      assert.equal(error?.code, "SIGNATURE_NOT_FOUND");
      assert.match(error.message, /about the manifest as an image, and lists no files of a model: sha256:/);
    });

    test("verifies as a model by the signature that is attached beside it, and as an image still", async () => {
      await new Oras(place.folder, place.folder).attach(reference, "granite.sig");
      assert.equal((await place.verify(`oci:${reference}`, 0)).outcome, "verified");
      await runCosign("verify", "--key", "key.pub", "--insecure-ignore-tlog", "--allow-http-registry", image);
    });
  });
}
