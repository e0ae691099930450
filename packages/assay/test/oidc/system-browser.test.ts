import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { suite, test } from "node:test";
import { systemBrowser } from "../../src/oidc/system-browser.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const URL_WITH_EVERYTHING = "https://id.example.com/a?b=c&d=$(touch x);`e`%20'\"|f";

suite("the browser of this machine", { skip: process.platform === "win32" ? "shell scripts" : false }, () => {
  test("is not tried where no one would see it", () => {
    assert.equal(systemBrowser({ platform: "linux", environment: {} }), undefined);
    assert.equal(systemBrowser({ platform: "linux", environment: { DISPLAY: "" } }), undefined);
    for (const platform of ["linux", "darwin", "win32"] as const) {
      for (const name of ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"]) {
        assert.equal(systemBrowser({ platform, environment: { DISPLAY: ":0", [name]: "x" } }), undefined);
      }
    }
    assert.notEqual(systemBrowser({ platform: "linux", environment: { DISPLAY: ":0" } }), undefined);
    assert.notEqual(systemBrowser({ platform: "linux", environment: { WAYLAND_DISPLAY: "wayland-0" } }), undefined);
    assert.notEqual(systemBrowser({ platform: "darwin", environment: {} }), undefined);
    assert.notEqual(systemBrowser({ platform: "win32", environment: {} }), undefined);
  });

  for (const [platform, program, parameters] of [
    ["linux", "xdg-open", []],
    ["darwin", "open", []],
    ["win32", "rundll32", ["url.dll,FileProtocolHandler"]],
  ] as const) {
    test(`is opened by ${program} on ${platform}, with the address as one word and no shell`, async () => {
      const bin = temporaryFolder();
      writeFileSync(`${bin}/${program}`, `#!/bin/sh\nprintf '%s\\n' "$@" > ${bin}/words\n`);
      chmodSync(`${bin}/${program}`, 0o755);
      const open = systemBrowser({ platform, environment: { DISPLAY: ":0", PATH: `${bin}:/usr/bin:/bin` } });
      assert.equal(await open?.(URL_WITH_EVERYTHING), true);
      assert.deepEqual(readFileSync(`${bin}/words`, "utf8").trimEnd().split("\n"), [...parameters, URL_WITH_EVERYTHING]);
      assert.ok(!existsSync("x"));
    });
  }

  test("is known to have failed where its opener is missing or says so", async () => {
    const bin = temporaryFolder();
    const open = systemBrowser({ platform: "linux", environment: { DISPLAY: ":0", PATH: bin } });
    assert.equal(await open?.("https://id.example.com"), false);
    writeFileSync(`${bin}/xdg-open`, "#!/bin/sh\nexit 3\n");
    chmodSync(`${bin}/xdg-open`, 0o755);
    assert.equal(await open?.("https://id.example.com"), false);
  });
});
