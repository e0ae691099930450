import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { suite, test } from "node:test";
import { tmpdir } from "node:os";
import { Updater } from "tuf-js";
import { shippedInstance } from "../../src/roots/shipped.ts";
import { readTrustedRoot } from "../../src/trust/sigstore/trusted-root.ts";
import { rejectsWith } from "../support/rejects.ts";

interface Seed {
  readonly "root.json": string;
  readonly targets: Readonly<Record<string, string>>;
}

suite("the trusted roots that ship with the package", () => {
  test("are those of the public good instance and its staging", () => {
    for (const [name, host] of [
      ["sigstore.dev", "sigstore.dev"],
      ["sigstage.dev", "sigstage.dev"],
    ] as const) {
      const { shipped, repository } = shippedInstance(name);
      const root = readTrustedRoot(shipped!.trustedRoot);
      assert.equal(repository, `https://tuf-repo-cdn.${host}`);
      assert.ok(root.logs.some(({ baseUrl }) => baseUrl === `https://rekor.${host}`));
      assert.ok(
        root.logs.some(({ key }) => key.details === "PKIX_ED25519"),
        "a Rekor v2 log",
      );
      assert.ok(root.ctLogs.some(({ baseUrl }) => baseUrl.includes(`ctfe.${host}`)));
      assert.ok(root.certificateAuthorities.every(({ uri }) => uri === `https://fulcio.${host}`));
      assert.ok(root.timestampAuthorities.every(({ uri }) => uri === `https://timestamp.${host}/api/v1/timestamp`));
      assert.ok(root.timestampAuthorities.length > 0 && root.certificateAuthorities.length > 0);
      const config = JSON.parse(Buffer.from(shipped!.signingConfig).toString()) as { mediaType: string; caUrls: { url: string }[] };
      assert.equal(config.mediaType, "application/vnd.dev.sigstore.signingconfig.v0.2+json");
      assert.equal(config.caUrls[0]!.url, `https://fulcio.${host}`);
      assert.ok(shipped!.date.getTime() > Date.parse("2026-01-01"));
    }
  });

  test("start from TUF roots whose own keys signed them", () => {
    for (const name of ["sigstore.dev", "sigstage.dev"] as const) {
      const folder = mkdtempSync(join(tmpdir(), "assay-test-"));
      try {
        const { tufRoot, repository } = shippedInstance(name);
        writeFileSync(join(folder, "root.json"), tufRoot);
        assert.doesNotThrow(() => new Updater({ metadataDir: folder, metadataBaseUrl: repository }));
        const spoilt = Buffer.from(tufRoot)
          .toString()
          .replace(/"expires": ?"2/, '"expires": "3');
        assert.notEqual(spoilt, Buffer.from(tufRoot).toString());
        writeFileSync(join(folder, "root.json"), spoilt);
        assert.throws(() => new Updater({ metadataDir: folder, metadataBaseUrl: repository }), /signed by 0/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });

  test("are not older than the package that they are taken from: else run scripts/refresh-roots.ts", () => {
    const seeds = createRequire(import.meta.url)("@sigstore/tuf/seeds.json") as Readonly<Record<string, Seed>>;
    const { repository, tufRoot, shipped } = shippedInstance("sigstore.dev");
    const seed = seeds[repository]!;
    assert.deepEqual(Buffer.from(tufRoot), Buffer.from(seed["root.json"], "base64"));
    assert.deepEqual(Buffer.from(shipped!.trustedRoot), Buffer.from(seed.targets["trusted_root.json"]!, "base64"));
  });

  test("are missed with a word about the installation where they are not there", async () => {
    const error = await rejectsWith("TRUST_UNAVAILABLE", () => shippedInstance("sigstore.dev", join(tmpdir(), "nowhere-of-assay/")));
    assert.match(error.message, /installation of Assay lacks/);
  });
});
