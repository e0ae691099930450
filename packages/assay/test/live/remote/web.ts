// Models at addresses of real web servers, by the names that their signatures list. `npm run test:remote`.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { startGoWebServer, startPythonWebServer, startSecureWebServer } from "../../support/remote-servers/web-servers.ts";
import { GRANITE } from "./granite.ts";
import { WorkPlace } from "./work-place.ts";

const place = new WorkPlace();
const site = place.path("site");
const granite = writeFiles(place.path("site/granite"), GRANITE);
await place.sign(granite);
writeFiles(place.path("site/changed"), GRANITE);
await place.sign(place.path("site/changed"));
writeFileSync(place.path("site/changed/config.json"), "{ }");
writeFiles(place.path("site/missing"), { ...GRANITE, "gone.txt": "gone" });
await place.sign(place.path("site/missing"));
rmSync(place.path("site/missing/gone.txt"));
writeFiles(place.path("site/unsigned"), GRANITE);

const secure = await startSecureWebServer(site);
const trusted = { NODE_EXTRA_CA_CERTS: secure.root };
const servers = {
  "Python's web server": { server: await startPythonWebServer(site), environment: {} },
  "Go's web server": { server: await startGoWebServer(site), environment: {} },
  "Go's web server with TLS": { server: secure, environment: trusted },
} as const;

for (const [name, { server, environment }] of Object.entries(servers)) {
  suite(`a model on ${name}`, () => {
    test("verifies by the names that its signature lists, and the answer says that others are not seen", async () => {
      const given = `${server.address}/granite/`;
      const { outcome, source, warnings } = await place.verify(given, 0, [], environment);
      assert.equal(outcome, "verified");
      assert.deepEqual([source?.kind, source?.given, source?.host], ["https", given, server.host]);
      assert.ok(warnings.some(({ code }) => code === "FILES_NOT_LISTED"));
      await place.verify(given, 3, ["--require-all"], environment);
    });

    test("has the manifest digest of the folder", async () => {
      const there = await place.digest(`${server.address}/granite/`, [], environment);
      assert.equal(there.manifestDigest, (await place.digest(granite)).manifestDigest);
    });

    test("with a changed file fails, and the file is named", async () => {
      for (const [folder, changed] of [
        ["changed", "config.json"],
        ["missing", "gone.txt"],
      ] as const) {
        const { differences } = await place.verify(`${server.address}/${folder}/`, 1, [], environment);
        assert.deepEqual(
          differences?.map((difference) => difference.name),
          [changed],
        );
      }
    });

    test("without a signature is refused, and verifies by one that is here", async () => {
      assert.equal((await place.verify(`${server.address}/unsigned/`, 2, [], environment)).error?.code, "SIGNATURE_NOT_FOUND");
      const { outcome } = await place.verify(`${server.address}/unsigned/`, 0, ["--signature", "site/granite/model.sig"], environment);
      assert.equal(outcome, "verified");
    });
  });
}

test("a server whose certificate is not trusted is not read", async () => {
  assert.equal((await place.verify(`${secure.address}/granite/`, 3)).outcome, "incomplete");
});
