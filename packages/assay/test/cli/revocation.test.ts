import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { startServers, type SigstoreServers } from "../support/sigstore/servers.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeCa, makeCertificate } from "../support/x509/make.ts";
import { type ListRecipe, makeList } from "../support/x509/make-crl.ts";
import { SIGN, validity, VERIFY } from "../support/cli/certificate-folder.ts";
import { assay, type Ran, workFolder } from "../support/cli/command.ts";
import { type VerifyDocument, verifyJson } from "../support/cli/documents.ts";

/** The command uses the system's clock: every date here is so far from it. */
const hours = (count: number): Date => new Date((Math.floor(Date.now() / 1000) + count * 3600) * 1000);
const shown = (date: Date): string => date.toISOString().replace(".000Z", "Z");
const current = { thisUpdate: hours(-1), nextUpdate: hours(24) };

const root = makeCa({ subject: "Granite Root", ...validity });
const ca = makeCa({ subject: "Granite Signing CA", issuer: root, serial: 100, ...validity });
const leaf = makeCertificate({ subject: "Granite Models", issuer: ca, serial: 200, ...validity });
const unrelated = makeCa({ subject: "Another Root", ...validity });

suite("assay verify certificate --crl", () => {
  const home = temporaryFolder();
  const env = { HOME: home, XDG_CACHE_HOME: join(home, "cache") };
  const cwd = workFolder();
  const signedAt = hours(-12);
  let servers: SigstoreServers;

  const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(cwd, name), content, { mode: 0o600 });
    return name;
  };
  let count = 0;
  /** A file with the list that a recipe describes, which is current by default. */
  const list = (recipe: ListRecipe, form: "pem" | "der" = "pem"): string =>
    put(`list-${count++}.${form}`, makeList({ ...current, ...recipe })[form]);
  const words = (lists: readonly string[], more: readonly string[] = []): string[] => [
    ...VERIFY,
    "root.pem",
    ...lists.flatMap((file) => ["--crl", file]),
    ...more,
  ];
  const verify = (lists: readonly string[], ...more: readonly string[]): Promise<Ran> => assay(words(lists, more), { cwd, env });
  const json = (exitCode: number, lists: readonly string[], ...more: readonly string[]): Promise<VerifyDocument> =>
    verifyJson(words(lists, more), { cwd, env }, exitCode);
  let ofRoot = "";
  let ofCa = "";

  before(async () => {
    servers = await startServers();
    servers.now = () => signedAt;
    put("root.pem", root.pem);
    put("chain.pem", ca.pem + root.pem);
    put("leaf.pem", leaf.pem);
    put("leaf.key", leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    put("tsa.pem", servers.instance.tsa.root.pem);
    const stamped = ["--tsa-url", servers.urls().tsa, "--tsa-chain", "tsa.pem"];
    const { exitCode, stderr } = await assay([...SIGN, "--certificate-chain", "chain.pem", ...stamped], { cwd, env });
    assert.equal(exitCode, 0, stderr);
    await servers.stop();
    ofRoot = list({ issuer: root });
    ofCa = list({ issuer: ca, number: 41 }, "der");
  });
  after(() => servers.stop());

  test("says by whose lists no certificate is revoked, from PEM and DER, in one file or in several", async () => {
    const both = put("both.pem", makeList({ issuer: ca, ...current, number: 41 }).pem + makeList({ issuer: root, ...current }).pem);
    for (const lists of [[ofRoot, ofCa], [ofCa, ofRoot], [both], [both, ofRoot, list({ issuer: unrelated })]]) {
      const { exitCode, stdout, stderr } = await verify(lists);
      assert.equal(exitCode, 0, stdout);
      assert.equal(stderr, "");
      for (const issuer of ["CN=Granite Signing CA", "CN=Granite Root"]) {
        const [since, next] = [current.thisUpdate, current.nextUpdate].map((date) => date.toISOString().slice(0, 10));
        assert.match(stdout, new RegExp(`\n {2}not revoked +by the list of ${issuer}, ${since}, next ${next}\n`));
      }
      assert.doesNotMatch(stdout, /Another Root/);
      const { revocation, error } = await json(0, lists);
      assert.equal(error, null);
      assert.deepEqual(
        revocation?.lists.map(({ issuer, number, thisUpdate, nextUpdate }) => [issuer, number, thisUpdate, nextUpdate]),
        [
          ["CN=Granite Signing CA", "41", current.thisUpdate.toISOString(), current.nextUpdate.toISOString()],
          ["CN=Granite Root", "7", current.thisUpdate.toISOString(), current.nextUpdate.toISOString()],
        ],
      );
      assert.deepEqual(
        revocation.certificates.map(({ subject, revokedLater }) => [subject, revokedLater]),
        [
          ["CN=Granite Models", null],
          ["CN=Granite Signing CA", null],
        ],
      );
    }
  });

  test("says nothing of revocation without a list", async () => {
    const { exitCode, stdout, stderr } = await verify([]);
    assert.equal(exitCode, 0, stderr);
    assert.doesNotMatch(stdout + stderr, /revo/i);
    assert.equal((await json(0, [])).revocation, null);
  });

  test("refuses a signer who was revoked, and says since when and by which list", async () => {
    const date = hours(-3);
    const lists = [ofRoot, list({ issuer: ca, entries: [{ serial: 200, date, reason: 1 }] })];
    const { exitCode, stdout } = await verify(lists);
    assert.equal(exitCode, 1, stdout);
    assert.match(stdout, /^✘ Not verified: the certificate "CN=Granite Models" was revoked at /);
    const { error, revocation } = await json(1, lists);
    assert.equal(revocation, null);
    assert.equal(error?.code, "CERTIFICATE_REVOKED");
    assert.match(error.message, new RegExp(`"CN=Granite Models" was revoked at ${shown(date)} \\(keyCompromise\\)`));
    assert.match(error.message, new RegExp(`the list of "CN=Granite Signing CA" of ${shown(current.thisUpdate)}`));
    // The text wraps; what it says is the same.
    assert.ok(stdout.replaceAll(/\s+/g, " ").toLowerCase().includes(error.message.toLowerCase()), stdout);
  });

  test("refuses a signer under a CA that was revoked, also where the signer's own list is missing", async () => {
    const date = hours(-30);
    const revoked = list({ issuer: root, entries: [{ serial: 100, date }] });
    for (const lists of [[revoked, ofCa], [revoked]]) {
      const { error } = await json(1, lists);
      assert.equal(error?.code, "CERTIFICATE_REVOKED");
      assert.match(error.message, new RegExp(`"CN=Granite Signing CA" was revoked at ${shown(date)}`));
    }
  });

  test("takes another certificate on the list for another one", async () => {
    const lists = [ofRoot, list({ issuer: ca, entries: [{ serial: 201 }, { serial: 100 }, { serial: 2 }] })];
    assert.equal((await json(0, lists)).outcome, "verified");
  });

  test("cannot tell by a list that is too old, and says when it ended", async () => {
    const nextUpdate = hours(-2);
    const lists = [ofRoot, list({ issuer: ca, thisUpdate: hours(-20), nextUpdate })];
    const { exitCode, stdout } = await verify(lists);
    assert.equal(exitCode, 3, stdout);
    assert.match(stdout, /^\S+ Could not tell: the certificate "CN=Granite Models" is not covered by the revocation lists given/);
    const { error } = await json(3, lists);
    assert.equal(error?.code, "CRL_EXPIRED");
    assert.match(error.message, new RegExp(`"CN=Granite Models".*"CN=Granite Signing CA".* ended at ${shown(nextUpdate)}`));
  });

  test("cannot tell where a list is missing, and names the issuer whose list it is", async () => {
    for (const [lists, certificate, issuer] of [
      [[ofCa], "CN=Granite Signing CA", "CN=Granite Root"],
      [[ofRoot], "CN=Granite Models", "CN=Granite Signing CA"],
      [[ofRoot, list({ issuer: unrelated })], "CN=Granite Models", "CN=Granite Signing CA"],
      [[list({ issuer: unrelated })], "CN=Granite Models", "CN=Granite Signing CA"],
    ] as const) {
      const { exitCode, stdout } = await verify(lists);
      assert.equal(exitCode, 3, stdout);
      assert.match(stdout, new RegExp(issuer));
      const { error, revocation } = await json(3, lists);
      assert.equal(revocation, null);
      assert.equal(error?.code, "CRL_MISSING");
      assert.match(error.message, new RegExp(`"${certificate}" is not covered.*none is of its issuer "${issuer}"`));
      assert.match(error.hint ?? "", /--crl/);
    }
  });

  test("refuses a list that its issuer did not sign", async () => {
    const forged = makeList({ ...current, issuer: ca, tamperSignature: (signature) => signature.with(20, signature[20]! ^ 1) });
    const file = put("forged.pem", forged.pem);
    const { exitCode } = await verify([ofRoot, ofCa, file]);
    assert.equal(exitCode, 1, file);
    assert.match((await json(1, [ofRoot, ofCa, file])).error?.code ?? "", /^CRL_INVALID$/);
  });

  test("takes a file that holds no list for a mistake, and names it", async () => {
    for (const file of ["root.pem", put("empty", ""), put("noise.der", Uint8Array.of(0x30, 3, 1, 2, 3))]) {
      const { exitCode, stderr } = await verify([ofRoot, ofCa, file]);
      assert.equal(exitCode, 2, file);
      assert.ok(stderr.includes(`the revocation list ${file}: `), stderr);
    }
  });

  test("takes a list that is not there for a mistake", async () => {
    const { exitCode, stderr } = await verify([ofRoot, "nowhere.crl"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /nowhere\.crl/);
  });

  suite("at the time that a timestamp proves", () => {
    const at = ["--tsa-chain", "tsa.pem"];
    test("takes a later revocation for a warning", async () => {
      const date = hours(-6);
      const lists = [ofRoot, list({ issuer: ca, entries: [{ serial: 200, date, reason: 4 }] })];
      const { exitCode, stdout, stderr } = await verify(lists, ...at);
      assert.equal(exitCode, 0, stdout);
      assert.match(
        stderr.replaceAll(/\s+/g, " "),
        new RegExp(`"CN=Granite Models" was revoked at ${date.toISOString()}, after the signature`),
      );
      const { revocation, warnings, verifiedAt } = await json(0, lists, ...at);
      assert.deepEqual(verifiedAt, { time: signedAt.toISOString(), source: "timestamp" });
      assert.deepEqual(
        warnings.map(({ code }) => code),
        ["CERTIFICATE_REVOKED_LATER"],
      );
      assert.equal(revocation?.certificates[0]?.revokedLater, date.toISOString());
      // By the clock, which is what counts without it, it is revoked.
      assert.equal((await json(1, lists)).error?.code, "CERTIFICATE_REVOKED");
    });
    test("refuses a signer who was revoked before", async () => {
      const lists = [ofRoot, list({ issuer: ca, entries: [{ serial: 200, date: hours(-13) }] })];
      assert.equal((await json(1, lists, ...at)).error?.code, "CERTIFICATE_REVOKED");
    });
    test("rejects a signer whose key was compromised by then, whenever that was found", async () => {
      const lists = [ofRoot, list({ issuer: ca, entries: [{ serial: 200, date: hours(-6), invalidityDate: hours(-13) }] })];
      assert.equal((await json(1, lists, ...at)).error?.code, "CERTIFICATE_REVOKED");
    });
    test("takes a list whose own time is over since, but not one that was over then", async () => {
      const since = [hours(-14), hours(-2)] as const;
      const of = (issuer: typeof root, [thisUpdate, nextUpdate]: readonly [Date, Date]): string => list({ issuer, thisUpdate, nextUpdate });
      await json(0, [of(root, since), of(ca, since)], ...at);
      const then = [hours(-20), hours(-13)] as const;
      assert.equal((await json(3, [of(root, since), of(ca, then)], ...at)).error?.code, "CRL_EXPIRED");
    });
  });
});
