import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { parseTrust, readNamedTrust } from "../../src/roots/named.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { signingConfigJson, trustedRootJson } from "../support/roots/trusted-roots.ts";

const CONFIG = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";

function configJson(mediaType: string, root: Uint8Array, signingConfig?: Uint8Array): Uint8Array {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  const signing = signingConfig === undefined ? "" : `, "signingConfig": ${text(signingConfig)}`;
  return Buffer.from(`{"mediaType": ${JSON.stringify(mediaType)}, "trustedRoot": ${text(root)}${signing}}`);
}

suite("a file that says whom to trust", () => {
  test("is a trusted root, as it is", () => {
    const bytes = trustedRootJson();
    const trust = parseTrust(bytes, "trusted root");
    assert.equal(trust.root.logs.length, 1);
    assert.deepEqual(trust.trustedRoot, bytes);
    assert.equal(trust.signingConfig, undefined);
  });

  test("is a trust configuration, whose parts can be used alone", () => {
    const [root, signing] = [trustedRootJson(), signingConfigJson()];
    const trust = parseTrust(configJson(CONFIG, root, signing), "trust configuration");
    assert.deepEqual(Buffer.from(trust.trustedRoot), root);
    assert.deepEqual(Buffer.from(trust.signingConfig!), signing);
    assert.equal(parseTrust(configJson(CONFIG, root), "trust configuration").signingConfig, undefined);
  });

  test("is refused where it is something else", async () => {
    const root = trustedRootJson();
    for (const bytes of [
      Buffer.from("{}"),
      Buffer.from("[]"),
      Buffer.from('{"mediaType": 7}'),
      Buffer.from('{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json"}'),
      configJson("application/vnd.dev.sigstore.clienttrustconfig.v0.2+json", root),
      configJson(`${CONFIG} `, root),
      configJson(CONFIG, Buffer.from("{}")),
      configJson(CONFIG, Buffer.from('{"mediaType": "x"}')),
      Buffer.from(`{"mediaType": "${CONFIG}"}`),
    ]) {
      await rejectsWith("TRUSTED_ROOT_INVALID", () => parseTrust(bytes, "trusted root"));
    }
    await rejectsWith("JSON_DUPLICATE_KEY", () => parseTrust(Buffer.from('{"mediaType": "a", "mediaType": "b"}'), "trusted root"));
  });

  test("is named relative to the folder that the caller is in", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "root.json"), trustedRootJson());
    assert.equal(readNamedTrust("root.json", cwd).root.logs.length, 1);
    await rejectsWith("FILE_NOT_FOUND", () => readNamedTrust("other.json", cwd));
    await rejectsWith("USAGE", () => readNamedTrust(".", cwd));
  });
});
