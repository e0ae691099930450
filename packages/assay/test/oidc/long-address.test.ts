import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { systemBrowser } from "../../src/oidc/system-browser.ts";
import { runPlugin } from "../../src/signing/plugin/run-plugin.ts";
import { rejectsWith } from "../support/rejects.ts";

const isPosix = process.platform !== "win32";

suite("what is longer than a program's argument may be", { skip: !isPosix }, () => {
  test("opens no browser, and causes no crash: a provider chooses its address", async () => {
    const open = systemBrowser({ platform: "linux", environment: { DISPLAY: ":0", PATH: process.env["PATH"] } });
    assert.equal(await open?.(`https://issuer.example.com/${"a".repeat(3_000_000)}`), false);
  });

  test("asks no plug-in, and causes no crash", async () => {
    const run = { executable: process.execPath, input: new Uint8Array(), environment: {}, timeoutMs: 1000, signal: undefined };
    await rejectsWith("PLUGIN_ANSWER", () => runPlugin({ ...run, arguments: ["v1", "x".repeat(3_000_000)], onMessage: undefined }));
  });
});
