import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import { signingConfigJson, trustedRootJson } from "../support/roots/trusted-roots.ts";
import { tufFiles } from "../support/roots/tuf-repository.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeCertificate } from "../support/x509/make.ts";
import { assay } from "../support/cli/command.ts";
import { runHere } from "../support/cli/run-here.ts";
import { cacheFolderOf, document, first, instance, place, refused, second, serve, shown, trust } from "../support/cli/trust-folder.ts";

suite("assay trust show", () => {
  test("says which trusted root keyless signatures are verified with, without a network", async () => {
    const cwd = temporaryFolder();
    const text = await shown(cwd, "show", {}, undefined, 60);
    assert.match(text, /^· Trusted for keyless signatures: sigstore\.dev, as of\s+2026-11-05 \(\d+ days ago\)/);
    assert.match(text, /source {6}bundled with this version of Assay/);
    assert.match(text, /log {9}https:\/\/rekor\.sigstore\.dev\n\s+since 2021-01-12, ECDSA P-256, id c0d2…801d/);
    assert.match(text, /issuer {6}https:\/\/fulcio\.sigstore\.dev\n\s+2021-03-07 to 2022-12-31,\s+CN=sigstore,O=sigstore\.dev/);
    assert.ok(!existsSync(join(cwd, "caches")), "nothing was made");
    assert.equal((await document(cwd, "show")).members.length, 7);
  });

  test("says it as the built command too, which brings its roots along", async () => {
    for (const options of [[], ["--use-staging"]]) {
      const { exitCode, stdout } = await assay(["trust", "show", ...options], { env: { XDG_CACHE_HOME: temporaryFolder() } });
      assert.equal(exitCode, 0, stdout);
      assert.match(stdout, /bundled with this version of Assay/);
    }
  });

  test("shows staging, a file, and every digit where more is wanted", async () => {
    const cwd = temporaryFolder();
    assert.equal((await document(cwd, "show", { "use-staging": true })).source!.name, "sigstage.dev");
    assert.match(await shown(cwd, "show", { "use-staging": true }), /assay trust update --use-staging\n/);
    writeFileSync(join(cwd, "root.json"), trustedRootJson({ instance }));
    const options = { "trusted-root": "root.json", verbose: true };
    assert.match(await shown(cwd, "show", options), /^· Trusted for keyless signatures: root\.json\n/);
    assert.match(await shown(cwd, "show", options), /Ed25519, id [0-9a-f]{64}\n/);
    assert.equal((await document(cwd, "show", options)).source!.kind, "named");
  });

  test("fits a terminal of 60 columns", async () => {
    for (const options of [{}, { "use-staging": true }]) {
      for (const line of (await shown(temporaryFolder(), "show", options, undefined, 60)).split("\n"))
        assert.ok(textWidth(line) <= 60, line);
    }
  });

  test("cannot show what was never fetched", async () => {
    const { cwd, options } = await place();
    assert.match(await refused("TRUST_UNAVAILABLE", cwd, "show", options), /not fetched yet/);
  });
});

suite("assay trust update", () => {
  test("fetches a root for the first time, and keeps it for use without a network", async () => {
    const { cwd, options, mirror } = await place();
    const { exitCode, stdout } = await trust(cwd, "update", options);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✔ Fetched: the trusted root of 127\.0\.0\.1:\d+\n$/);
    mirror.files.clear();
    assert.equal((await document(cwd, "show", options)).source!.kind, "cached");
    assert.match(await shown(cwd, "show", options), /assay trust update --tuf-url http:\S+ --tuf-root tuf-root\.json\n/);
  });

  test("asks although the last refresh is fresh, and says that nothing has changed", async () => {
    const { cwd, options, mirror } = await place();
    await trust(cwd, "update", options);
    mirror.asked.length = 0;
    assert.match(await shown(cwd, "update", options), /^✔ Up to date/);
    assert.ok(mirror.asked.includes("/timestamp.json"));
    assert.equal((await document(cwd, "update", options)).source!.kind, "refreshed");
  });

  test("says what came, what went and what ended", async () => {
    const here = await place();
    await trust(here.cwd, "update", here.options);
    serve(here, { logs: [{ ...first, end: "2026-06-01T00:00:00Z" }, second] });
    const text = await shown(here.cwd, "update", here.options);
    assert.match(text, /^✔ Updated: the trusted root of 127\.0\.0\.1:\d+ changed in 2 places\n/);
    assert.match(text, /changed {5}https:\/\/rekor\.example\.com {3}log, 2026-01-01 to 2026-06-01, Ed25519/);
    assert.match(text, /added {7}https:\/\/rekor2\.example\.com {3}log, since 2026-01-01/);
    serve(here, { logs: [second] }, 3);
    assert.deepEqual(
      (await document(here.cwd, "update", here.options)).changes.map(({ kind, member }) => `${kind} ${member.url}`),
      ["removed https://rekor.example.com"],
    );
  });

  test("says why not, what is in use instead, and exits with 3", async () => {
    const here = await place();
    await trust(here.cwd, "update", here.options);
    here.mirror.files.set("/timestamp.json", Buffer.from("<html>"));
    const { exitCode, stdout } = await trust(here.cwd, "update", here.options);
    assert.equal(exitCode, 3);
    assert.match(
      stdout,
      /^\? Not updated: the TUF repository http:\/\/127\.0\.0\.1:\d+\/tuf is refused: it answers with something that is not JSON\n/,
    );
    assert.match(stdout, /in use {6}the trusted root of 127\.0\.0\.1:\d+, as of \d{4}-\d\d-\d\d \(today\); cached: fetched earlier\n/);
    assert.match((await document(here.cwd, "update", here.options)).source!.problem!, /not JSON/);
  });

  test("says so where no place is usable to keep it", async () => {
    const { cwd, options } = await place();
    writeFileSync(join(cwd, "caches"), "a file in the folder's place");
    const { exitCode, stdout } = await trust(cwd, "update", options);
    assert.equal(exitCode, 0);
    assert.match(stdout, /not kept {4}the folder \S+caches\/assay\/tuf\/\S+ cannot be made: it will be fetched again each time/);
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const homeless = await runHere(["trust", "update", ...words], cwd, undefined, { HOME: "relative" });
    assert.match(homeless.stdout, /not kept {4}no folder of your own to keep it in: it will be fetched again each time/);
  });

  test("has nothing to do without a repository of both parts", async () => {
    const { cwd, options } = await place();
    await refused("USAGE", cwd, "update", { "tuf-url": options["tuf-url"]! });
    await refused("USAGE", cwd, "update", { "tuf-root": "tuf-root.json" });
    await refused("USAGE", cwd, "update", { ...options, "use-staging": true });
    await refused("USAGE", cwd, "update", { ...options, "tuf-url": "tuf.example.com" });
    await refused("USAGE", cwd, "update", { "trusted-root": "root.json" });
  });
});

suite("a TUF repository that options name", () => {
  test("needs root metadata that is some: another file is a usage error, whatever the repository says", async () => {
    const { cwd, options } = await place();
    writeFileSync(join(cwd, "page.html"), "<html>");
    writeFileSync(join(cwd, "other.json"), "{}");
    const root = JSON.parse(readFileSync(join(cwd, "tuf-root.json"), "utf8")) as { signed: { version: number } };
    writeFileSync(join(cwd, "targets.json"), JSON.stringify({ ...root, signed: { ...root.signed, _type: "targets" } }));
    writeFileSync(join(cwd, "forged.json"), JSON.stringify({ ...root, signed: { ...root.signed, version: 7 } }));
    for (const file of ["page.html", "other.json", "targets.json", "forged.json"]) {
      for (const action of ["update", "export"]) {
        const message = await refused("USAGE", cwd, action, { ...options, "tuf-root": file }, action === "export" ? "out.json" : undefined);
        assert.match(message, /not the root metadata of a TUF repository/, file);
      }
    }
  });

  test("is one instance, and no other option names a second", async () => {
    const { cwd, options } = await place();
    for (const other of [{ "use-staging": true }, { "trust-config": "a.json" }, { "trusted-root": "a.json" }]) {
      await refused("USAGE", cwd, "show", { ...options, ...other });
    }
  });

  test("is known to signing and verifying", async () => {
    const { cwd, options } = await place();
    writeFileSync(join(cwd, "model"), "m");
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const verified = await runHere(["verify", "sigstore", "model", "--identity", "a", "--identity-provider", "b", ...words], cwd);
    assert.match(verified.stderr, /no signature/);
    const signed = await runHere(["sign", "sigstore", "model", "--identity-token", "x", ...words], cwd);
    assert.match(signed.stderr, /token/);
  });
});

suite("the age of a trusted root", () => {
  test("in the future is said, and --verbose gives times", async () => {
    const here = await place();
    await trust(here.cwd, "update", here.options);
    writeFileSync(join(here.cwd, "caches", "assay", "tuf", cacheFolderOf(here), "refreshed"), "2098-01-02T03:04:05Z");
    assert.match(
      await shown(here.cwd, "show", here.options, undefined, 300),
      /as of 2098-01-02 \(in the future: the clock was or\s+is wrong\)/,
    );
    const verbose = await shown(here.cwd, "show", { ...here.options, verbose: true }, undefined, 300);
    assert.match(verbose, /as of 2098-01-02T03:04:05\.000Z/);
    assert.match(verbose, /since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z/);
  });
});

suite("assay trust export", () => {
  test("writes the newest root, which travels to a machine without a network", async () => {
    const { cwd, options, made } = await place();
    const text = await shown(cwd, "export", options, "out.json");
    assert.deepEqual(readFileSync(join(cwd, "out.json")), Buffer.from(made.targets["trusted_root.json"]!));
    assert.match(text, /^✔ Written: out\.json is the trusted root of 127\.0\.0\.1:\d+, as of \d{4}-\d\d-\d\d \(today\)\n/);
    assert.match(text, /note the date/);
    assert.match(text, /--trusted-root out\.json --offline\n/);
    assert.equal((await document(cwd, "show", { "trusted-root": "out.json" })).source!.name, "out.json");
  });

  test("writes an older one only offline, and says how old it is", async () => {
    const here = await place();
    await trust(here.cwd, "update", here.options);
    const offline = await document(here.cwd, "export", { ...here.options, offline: true }, "out.json");
    assert.deepEqual([offline.source!.kind, offline.source!.problem, offline.file!.replaced], ["cached", null, false]);
    writeFileSync(join(here.cwd, "caches", "assay", "tuf", cacheFolderOf(here), "refreshed"), "2026-11-01T00:00:00Z");
    here.mirror.files.clear();
    const { exitCode, stderr } = await trust(here.cwd, "export", here.options, "old.json");
    assert.equal(exitCode, 3);
    assert.match(stderr.replaceAll(/\s+/g, " "), /could not be refreshed: .*status 404; the one in use is of 2026-11-01T00:00:00\.000Z/);
    assert.match(stderr.replaceAll(/\s+/g, " "), /to write the older root all the same, add --offline/);
    assert.ok(!existsSync(join(here.cwd, "old.json")));
    const text = await shown(here.cwd, "export", { ...here.options, offline: true }, "old.json");
    assert.match(text, /as of 2026-11-01 \(\d+ days ago\)/);
    assert.match(text, /not fresh/);
  });

  test("fetches the newest root, however new the cached one is", async () => {
    const here = await place();
    await trust(here.cwd, "update", here.options);
    serve(here, { logs: [first, second] });
    const written = await document(here.cwd, "export", here.options, "out.json");
    assert.equal(written.source!.kind, "refreshed");
    assert.ok(written.members.some(({ url }) => url === second.url));
  });

  test("writes the signing configuration of a private repository beside its root, for signing and verifying", async () => {
    const here = await place();
    const targets = { ...here.made.targets, "signing_config.v0.2.json": signingConfigJson() };
    for (const [path, bytes] of tufFiles({ ...here.made, version: 2, targets })) here.mirror.files.set(path, bytes);
    const written = await document(here.cwd, "export", here.options, "acme.json");
    assert.equal(written.file!.signingConfig, true);
    const config = JSON.parse(readFileSync(join(here.cwd, "acme.json"), "utf8")) as Record<string, unknown>;
    assert.deepEqual(config["signingConfig"], JSON.parse(Buffer.from(signingConfigJson()).toString()));
    assert.equal((await document(here.cwd, "show", { "trust-config": "acme.json" })).source!.name, "acme.json");
  });

  test("replaces a file only where that is asked for, and nothing but a file ever", async () => {
    const cwd = temporaryFolder();
    const out = join(cwd, "out.json");
    writeFileSync(out, "mine");
    const offline = { offline: true };
    await refused("OUTPUT_EXISTS", cwd, "export", offline, "out.json");
    assert.equal(readFileSync(out, "utf8"), "mine");
    assert.equal((await document(cwd, "export", { ...offline, force: true }, "out.json")).file!.replaced, true);
    mkdirSync(join(cwd, "folder"));
    symlinkSync("elsewhere.json", join(cwd, "link.json"));
    for (const name of ["folder", "link.json"]) await refused("OUTPUT_EXISTS", cwd, "export", { ...offline, force: true }, name);
    assert.ok(!existsSync(join(cwd, "elsewhere.json")));
  });

  test("takes the root out of a trust configuration", async () => {
    const cwd = temporaryFolder();
    const root = trustedRootJson({ instance });
    const mediaType = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";
    writeFileSync(join(cwd, "acme.json"), `{"mediaType":"${mediaType}","trustedRoot":${root.toString()}}`);
    await trust(cwd, "export", { "trust-config": "acme.json" }, "out.json");
    assert.deepEqual(readFileSync(join(cwd, "out.json")), root);
  });

  test("leaves nothing where it cannot write", async () => {
    await refused("OUTPUT_WRITE", temporaryFolder(), "export", { offline: true }, "no/such/folder/out.json");
  });
});

suite("assay trust init", () => {
  function initFolder(): { readonly cwd: string; readonly options: Record<string, string> } {
    const cwd = temporaryFolder();
    const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
    write("fulcio.pem", instance.fulcio.map(({ pem }) => pem).join(""));
    write("tsa.pem", instance.tsa.map(({ pem }) => pem).join(""));
    write("rekor.pub", encodePem("PUBLIC KEY", instance.rekor));
    write("ct.pub", encodePem("PUBLIC KEY", instance.ct));
    const options = {
      "fulcio-url": "https://fulcio.example.com",
      "fulcio-chain": "fulcio.pem",
      "rekor-url": "https://rekor.example.com",
      "rekor-key": "rekor.pub",
      "ct-url": "https://ct.example.com",
      "ct-key": "ct.pub",
      "tsa-url": "https://tsa.example.com/api/v1/timestamp",
      "tsa-chain": "tsa.pem",
      "oidc-issuer": "https://oidc.example.com",
      "valid-from": "2026-01-01",
    };
    return { cwd, options };
  }

  test("writes down a private instance, which can then be used by name", async () => {
    const { cwd, options } = initFolder();
    const text = await shown(cwd, "init", options, "acme.json");
    assert.match(text, /^✔ Written: acme\.json is a trust configuration: it verifies and signs\n/);
    assert.match(text, /log {9}https:\/\/rekor\.example\.com {3}since 2026-01-01, Ed25519, id [0-9a-f]{4}…[0-9a-f]{4}\n/);
    assert.match(text, /assay sign sigstore MODEL --trust-config acme\.json\n/);
    assert.equal((await document(cwd, "show", { "trust-config": "acme.json" })).members.length, 4);
    const written = await document(cwd, "init", options, "again.json");
    assert.deepEqual(
      written.members.map(({ role, url }) => `${role} ${url}`),
      [
        "log https://rekor.example.com",
        "certificate-authority https://fulcio.example.com",
        "ct-log https://ct.example.com",
        "timestamp-authority https://tsa.example.com/api/v1/timestamp",
      ],
    );
    assert.equal(written.file!.signingConfig, true);
    assert.deepEqual(readFileSync(join(cwd, "again.json")), readFileSync(join(cwd, "acme.json")));
  });

  test("writes a trusted root alone without an identity provider", async () => {
    const { cwd, options } = initFolder();
    const { "oidc-issuer": _, ...others } = options;
    const text = await shown(cwd, "init", others, "root.json");
    assert.match(text, /^✔ Written: root\.json is a trusted root: it verifies/);
    assert.match(text, /--trusted-root root\.json\n/);
  });

  const faults: readonly (readonly [string, Record<string, string | undefined>, ErrorCode, RegExp])[] = [
    ["a part that is missing", { "ct-key": undefined }, "USAGE", /--ct-key/],
    ["a key that is not there", { "rekor-key": "gone.pub" }, "FILE_NOT_FOUND", /log's public key .*gone\.pub does not exist/],
    ["a certificate in place of a key", { "ct-key": "fulcio.pem" }, "KEY_INVALID", /certificate log's key is refused: it is a certificate/],
    ["a chain that is a signature's", { "fulcio-chain": "leaf.pem" }, "CERTIFICATE_BASIC_CONSTRAINTS", /certificate authority's chain/],
    ["a chain without its root", { "tsa-chain": "tsa-leaf.pem" }, "ROOT_MISSING", /timestamp authority's chain/],
    ["a malformed date", { "valid-from": "2026-02-30" }, "USAGE", /not a date/],
    ["a date in words", { "valid-from": "yesterday" }, "USAGE", /not a date/],
    ["a moment without its zone", { "valid-from": "2026-01-31T12:00:00" }, "USAGE", /not a date/],
    ["a version that there is not", { "rekor-version": "3" }, "USAGE", /rekor-version/],
    ["half of a timestamp authority", { "tsa-url": undefined }, "USAGE", /must be given together/],
    ["a malformed address", { "rekor-url": "rekor.example.com" }, "USAGE", /not an http or https URL/],
  ];
  for (const [what, change, code, message] of faults) {
    test(`refuses ${what}, and writes nothing`, async () => {
      const { cwd, options } = initFolder();
      const leaf = makeCertificate({ issuer: instance.fulcio[0]! });
      writeFileSync(join(cwd, "leaf.pem"), leaf.pem + instance.fulcio.map(({ pem }) => pem).join(""));
      writeFileSync(join(cwd, "tsa-leaf.pem"), instance.tsa[0]!.pem);
      const given = Object.entries({ ...options, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined);
      assert.match(await refused(code, cwd, "init", Object.fromEntries(given), "acme.json"), message);
      assert.ok(!existsSync(join(cwd, "acme.json")));
    });
  }
});
