// Signatures that the Go client makes over an OCI manifest, and verifies there. By hand, as the Go module proxy does not
// have that client: ASSAY_GO_CLIENT=FILE node_modules/.bin/node --test packages/assay/test/live/remote/go-client.ts
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { startRegistryWithReferrers } from "../../support/remote-servers/registries.ts";
import { run } from "../sigstore/outcome.ts";
import { GRANITE } from "./granite.ts";
import { Oras } from "./oras.ts";
import { WorkPlace } from "./work-place.ts";

const client = process.env["ASSAY_GO_CLIENT"];
if (client === undefined) throw new Error("ASSAY_GO_CLIENT names no command: build model-signing of github.com/sigstore/model-signing");

const place = new WorkPlace();
const registry = await startRegistryWithReferrers();
await place.sign(writeFiles(place.path("granite"), GRANITE));
const NAMES = Object.keys(GRANITE);
const oras = new Oras(place.path("granite"), place.folder);
const reference = `${registry.host}/acme/granite:v1`;
await oras.push(reference, NAMES);
await oras.run(["manifest", "fetch", "--plain-http", reference, "--output", place.path("manifest.json")]);

async function go(...words: readonly string[]): Promise<string> {
  const { status, text, command } = await run(client ?? "", words, { cwd: place.folder });
  assert.equal(status, 0, `${command}\n${text}`);
  return text;
}

suite("the Go client, on the manifest of a model in a registry", () => {
  test("signs what verifies in the registry, named or attached", async () => {
    await go("sign", "key", "manifest.json", "--private-key", "key.pem", "--signature", "go.sig");
    assert.equal((await place.verify(`oci:${reference}`, 0, ["--signature", "go.sig"])).outcome, "verified");
    await new Oras(place.folder, place.folder).attach(reference, "go.sig");
    assert.equal((await place.verify(`oci:${reference}`, 0)).outcome, "verified");
  });

  test("verifies what Assay signed", async () => {
    await go("verify", "key", "manifest.json", "--public-key", "key.pub", "--signature", "granite/model.sig");
  });
});
