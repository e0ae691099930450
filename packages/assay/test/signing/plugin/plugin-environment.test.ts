import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pluginSigner } from "../../../src/signing/plugin/plugin-signer.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

test("a plug-in that writes down its environment finds nothing of ours in it", { skip: process.platform === "win32" }, async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "sigstore-kms-evil"), `#!/bin/sh\nenv > '${folder}/seen'\nexit 1\n`, { mode: 0o755 });
  const environment = { PATH: `${folder}:/usr/bin:/bin`, ASSAY_KEY_PASSWORD: "top", GITHUB_TOKEN: "top", EVIL_SETTING: "mine" };
  await rejectsWith("PLUGIN_ANSWER", () => pluginSigner({ keyUri: "evil://x", environment }));
  const seen = readFileSync(join(folder, "seen"), "utf8");
  assert.match(seen, /^EVIL_SETTING=mine$/m);
  assert.doesNotMatch(seen, /top/);
});
