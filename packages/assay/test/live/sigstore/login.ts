import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ALICE, succeeded, type Case } from "./scene.ts";

/** Logging in, with a "browser" that is a script: it fetches the address that it is given, as the user's would. */
export const login: readonly Case[] = [
  {
    name: "signs after a login in the browser",
    async check(scene) {
      const bin = scene.file("bin");
      mkdirSync(bin);
      const browser = join(bin, "xdg-open");
      writeFileSync(browser, `#!${process.execPath}\nfetch(process.argv[2]).then((answer) => answer.text());\n`);
      chmodSync(browser, 0o755);
      const desktop = { DISPLAY: ":0", SSH_CONNECTION: "", SSH_CLIENT: "", SSH_TTY: "", PATH: `${bin}:${process.env["PATH"] ?? ""}` };
      const words = ["sign", "sigstore", scene.model, "--signature", scene.file("login.sig"), "--trust-config", scene.config(2)];
      succeeded(await scene.assay(words, { environment: desktop }));
      const outcome = await scene.verify(2, "login.sig");
      succeeded(outcome);
      assert.ok(outcome.stdout.includes(ALICE));
    },
  },
];
