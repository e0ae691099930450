import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Service } from "../../../../../scripts/sigstore/supervisor.ts";
import { notWritten, refused, succeeded, type Case, type Scene } from "./scene.ts";

/** What can go wrong while signing: nothing is written, the reason is said, and no token is. */
export const failures: readonly Case[] = [
  {
    name: "refuses a token that has expired before it asks any server",
    async check(scene) {
      const token = await scene.token({ ttl: "-60" });
      await scene.stack.stop("fulcio");
      try {
        refused(await scene.sign(2, "expired.sig", token), 1, /expired/);
      } finally {
        await scene.stack.restart("fulcio");
      }
      notWritten(scene.file("expired.sig"));
    },
  },
  {
    name: "refuses a token that is for another audience",
    check: (scene) => refusesToken(scene, { aud: "another" }, /is for "another", expected "sigstore"/),
  },
  {
    name: "refuses a token whose e-mail the provider has not verified",
    check: (scene) => refusesToken(scene, { verified: "false" }, /has not verified the e-mail address alice@example\.com/),
  },
  {
    name: "writes nothing when the certificate authority is down",
    check: (scene) => withServiceDown(scene, "fulcio", 2, /certificate authority .*could not be reached/),
  },
  {
    name: "finds out that Rekor 2 is down before anything is public",
    check: (scene) => withServiceDown(scene, "rekor2", 2, /transparency log .*could not be reached(?!.*was issued)/),
  },
  {
    name: "writes nothing when Rekor 1 is down, and says what is public already",
    check: (scene) =>
      withServiceDown(scene, "rekor1", 1, /transparency log .*could not be reached.*in its authority's public log of certificates/),
  },
  {
    name: "writes nothing when the timestamp authority is down",
    check: (scene) => withServiceDown(scene, "tsa", 2, /timestamp authority .*could not be reached.*the signature is in no log/),
  },
  {
    name: "signs again when all servers are back",
    async check(scene) {
      succeeded(await scene.sign(2, "back.sig"));
      succeeded(await scene.verify(2, "back.sig"));
    },
  },
  {
    name: "leaves an older signature as it is when signing fails",
    async check(scene) {
      writeFileSync(scene.file("older.sig"), "an older signature");
      refused(await scene.sign(2, "older.sig", await scene.token({ ttl: "-60" }), ["--force"]), 1, /expired/);
      assert.equal(readFileSync(scene.file("older.sig"), "utf8"), "an older signature");
    },
  },
];

async function refusesToken(scene: Scene, claims: Readonly<Record<string, string>>, said: RegExp): Promise<void> {
  refused(await scene.sign(2, "refused.sig", await scene.token(claims)), 1, said);
  notWritten(scene.file("refused.sig"));
}

async function withServiceDown(scene: Scene, service: Service, rekor: 1 | 2, said: RegExp): Promise<void> {
  await scene.stack.stop(service);
  try {
    refused(await scene.sign(rekor, "down.sig"), 3, said);
    notWritten(scene.file("down.sig"));
  } finally {
    await scene.stack.restart(service);
  }
}
