import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, suite, test } from "node:test";
import { PAYLOAD_TYPE, type BundleJson, bytesToSign, makeInstance } from "../support/sigstore/instance.ts";
import { base64 } from "../support/sigstore/octets.ts";
import { startServers, type SigstoreServers } from "../support/sigstore/servers.ts";
import { digestOf } from "../support/sigstore/signing-keys.ts";
import { makeTimestampAuthority } from "../support/sigstore/timestamp-authority.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeCa, makeCertificate } from "../support/x509/make.ts";
import { SIGN as SIGN_CERTIFICATE, validity, VERIFY as VERIFY_CERTIFICATE } from "../support/cli/certificate-folder.ts";
import { assay, SIGN as SIGN_KEY, VERIFY as VERIFY_KEY, workFolder } from "../support/cli/command.ts";
import { type VerifyDocument, verifyJson } from "../support/cli/documents.ts";

/** The command uses the system's clock: dates are so far from it. */
const hours = (count: number): Date => new Date((Math.floor(Date.now() / 1000) + count * 3600) * 1000);

const root = makeCa({ subject: "Granite Root", ...validity, notBefore: hours(-100) });
const leaf = makeCertificate({ subject: "Granite Models", issuer: root, ...validity });
/** The same key's certificate of last time. */
const expired = makeCertificate({
  subject: "Granite Models",
  issuer: root,
  key: leaf.privateKey,
  notBefore: hours(-72),
  notAfter: hours(-24),
});
const unrelated = makeTimestampAuthority({ root: { subject: "another root" }, leaf: { subject: "another authority" } });
/** Another one under the names of the one that is trusted. */
const impostor = makeTimestampAuthority();
const elsewhere = makeInstance();

const home = temporaryFolder();
const env = { HOME: home, XDG_CACHE_HOME: join(home, "cache") };
const cwd = workFolder();
let servers: SigstoreServers;

function put(name: string, content: string): void {
  writeFileSync(join(cwd, name), content, { mode: 0o600 });
}

const BY_TSA = ["--tsa-chain", "tsa.pem"];
const BY_ROOT = ["--trusted-root", "root.json"];
const KEY = { sign: SIGN_KEY, verify: VERIFY_KEY };
const CERTIFICATE = {
  sign: [...SIGN_CERTIFICATE, "--certificate-chain", "root.pem"],
  verify: [...VERIFY_CERTIFICATE, "root.pem"],
};
type Method = typeof KEY | typeof CERTIFICATE;
type Service = "tsa" | "v1" | "v2";

/** Has the model signed and witnessed by these; gives what the command printed. */
async function signed({ sign }: Method, services: readonly Service[], more: readonly string[] = []): Promise<string> {
  const { tsa, rekorV1, rekorV2 } = servers.urls();
  const words = { tsa: ["--tsa-url", tsa], v1: ["--rekor-url", rekorV1], v2: ["--rekor-url", rekorV2] };
  const ran = await assay([...sign, ...services.flatMap((name) => words[name]), ...more], { cwd, env });
  assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
  return ran.stdout;
}

const json = (exitCode: number, { verify }: Method, ...trust: readonly string[]): Promise<VerifyDocument> =>
  verifyJson([...verify, ...trust], { cwd, env }, exitCode);

async function refused(code: string, exitCode: number, method: Method, ...trust: readonly string[]): Promise<void> {
  assert.equal((await json(exitCode, method, ...trust)).error?.code, code);
}

/** Alters the bundle that was signed last. */
function change(alter: (bundle: BundleJson) => void): void {
  const path = join(cwd, "model.sig");
  const bundle = JSON.parse(readFileSync(path, "utf8")) as BundleJson;
  alter(bundle);
  writeFileSync(path, JSON.stringify(bundle));
}

/** Puts the expired certificate where the valid one was, and has a log of version 1 say that it held that one then. */
function withExpired(isLogged: boolean, at: Date): void {
  change((bundle) => {
    bundle.verificationMaterial.x509CertificateChain!.certificates[0]!.rawBytes = base64(expired.der);
    if (!isLogged) return;
    const payload = Buffer.from(bundle.dsseEnvelope!.payload, "base64");
    const signature = Buffer.from(bundle.dsseEnvelope!.signatures[0]!.sig, "base64");
    const digest = digestOf("sha256", bytesToSign({ kind: "dsse", payload }));
    const thing = { signature, digest, payload, payloadType: PAYLOAD_TYPE, hash: "sha256" } as const;
    const verifier = { certificate: expired.der };
    const entry = servers.instance.rekorV1.add("dsse 0.0.1", { ...thing, verifier, keyDetails: "PKIX_ECDSA_P256_SHA_256" }, at);
    bundle.verificationMaterial.tlogEntries = [entry];
  });
}

before(async () => {
  servers = await startServers();
  put("tsa.pem", servers.instance.tsa.root.pem);
  put("other-tsa.pem", unrelated.root.pem);
  put("root.json", JSON.stringify(servers.instance.trustedRoot()));
  put("other-root.json", JSON.stringify(elsewhere.trustedRoot()));
  put("root.pem", root.pem);
  put("leaf.pem", leaf.pem);
  put("leaf.key", leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
});
after(() => servers.stop());
beforeEach(() => servers.reset());

const ENTRIES = { v1: "dsse 0.0.1", v2: "hashedrekord 0.0.2" } as const;
const WITNESSES: readonly (readonly Service[])[] = [["tsa"], ["v1"], ["v2"], ["tsa", "v1"], ["tsa", "v2"]];

for (const [name, method] of [
  ["key", KEY],
  ["certificate", CERTIFICATE],
] as const) {
  suite(`a signature by ${name}`, () => {
    for (const services of WITNESSES) {
      test(`witnessed by ${services.join(" and ")} holds as far as the one who asks trusts them`, async () => {
        const at = hours(-2);
        servers.now = () => at;
        const text = await signed(method, services, BY_ROOT);
        const log = services.find((service) => service !== "tsa");
        assert.equal(/\n {2}logged +index \d+ of https:/.test(text), log !== undefined, text);
        assert.equal(/\n {2}timestamp +\d/.test(text), services.includes("tsa"), text);

        // No witness is trusted: none is believed, and nothing is said.
        const plain = await json(0, method);
        assert.deepEqual([plain.evidence, plain.verifiedAt?.source, plain.warnings], [null, "clock", []]);

        for (const trust of [BY_ROOT, [...BY_ROOT, ...BY_TSA]]) {
          const { evidence, verifiedAt, warnings } = await json(0, method, ...trust);
          assert.deepEqual(
            evidence?.logEntries.map(({ entry, integratedTime }) => [entry, integratedTime]),
            log === undefined ? [] : [[ENTRIES[log], log === "v1" ? at.toISOString() : null]],
          );
          assert.deepEqual(
            evidence.timestamps.map(({ time }) => time),
            services.includes("tsa") ? [at.toISOString()] : [],
          );
          assert.deepEqual([evidence.trustedRoot.kind, evidence.trustedRoot.name], ["named", "root.json"]);
          const source = log === "v1" ? "log" : services.includes("tsa") ? "timestamp" : "clock";
          assert.equal(verifiedAt?.source, source);
          if (source !== "clock") assert.equal(verifiedAt.time, at.toISOString());
          const isCheckedByTheClock = name === "certificate" && source === "clock";
          assert.deepEqual(
            warnings.map(({ code }) => code),
            isCheckedByTheClock ? ["TIME_UNPROVEN"] : [],
          );
        }

        // The timestamp authority alone is trusted: what a log says counts for nothing.
        if (services.includes("tsa")) {
          const { evidence, verifiedAt, warnings } = await json(0, method, ...BY_TSA);
          assert.deepEqual(evidence?.logEntries, []);
          assert.equal(evidence.timestamps.length, 1);
          assert.deepEqual(verifiedAt, { time: at.toISOString(), source: "timestamp" });
          assert.deepEqual(warnings, []);
        } else if (method === KEY) {
          await refused("LOG_UNKNOWN", 1, method, ...BY_TSA);
        } else {
          assert.equal((await json(0, method, ...BY_TSA)).warnings[0]?.code, "TIME_UNPROVEN");
        }
      });
    }

    test("is witnessed without a word on whom its owner trusts", async () => {
      const text = await signed(method, ["tsa", "v2"]);
      assert.doesNotMatch(text, /logged|timestamp/);
      const { evidence } = await json(0, method, ...BY_ROOT);
      assert.deepEqual([evidence?.logEntries.length, evidence?.timestamps.length], [1, 1]);
    });

    test("is told with its witnesses, in words", async () => {
      await signed(method, ["tsa", "v1"]);
      const { exitCode, stdout } = await assay([...method.verify, ...BY_ROOT, "--verbose"], { cwd, env });
      assert.equal(exitCode, 0, stdout);
      assert.match(
        stdout,
        /\n {2}logged +index \d+ of https:\/\/rekor\.test in a tree of \d+ entr(?:y|ies), dsse 0\.0\.1, \d{4}-\d\d-\d\d /,
      );
      assert.match(stdout, /\n {2}timestamp +\d{4}-\d\d-\d\d \d\d:\d\d UTC by https:\/\/tsa\.test\n/);
      assert.match(stdout, /\n {2}trust +the trusted root root\.json\n/);
      assert.match(stdout, /\n {2}checked for +\d{4}-\d\d-\d\dT[\d:.]+Z \((?:log|timestamp)\)\n/);
      const without = await assay(method.verify, { cwd, env });
      assert.doesNotMatch(without.stdout, /logged|timestamp|trust /);
    });

    test("does not hold with a timestamp in the name of the authority that is trusted", async () => {
      servers.misdeeds.tsa = { authority: impostor };
      await signed(method, ["tsa"]);
      await refused("TIMESTAMP_INVALID", 1, method, ...BY_TSA);
    });

    test("does not hold with the timestamp or the log entry of another one", async () => {
      await signed(method, ["tsa", "v2"]);
      let other: BundleJson["verificationMaterial"] | undefined;
      change(({ verificationMaterial }) => void (other = verificationMaterial));
      await signed(method, ["tsa", "v2"]);
      change(({ verificationMaterial }) => void (verificationMaterial.timestampVerificationData = other!.timestampVerificationData!));
      await refused("TIMESTAMP_MISMATCH", 1, method, ...BY_TSA);
      await refused("TIMESTAMP_MISMATCH", 1, method, ...BY_ROOT);
      await json(0, method);
      await signed(method, ["tsa", "v2"]);
      change(({ verificationMaterial }) => void (verificationMaterial.tlogEntries = other!.tlogEntries));
      await refused("LOG_ENTRY_MISMATCH", 1, method, ...BY_ROOT);
    });

    const byAnother = async (more: readonly string[]): Promise<void> => {
      await signed(method, []);
      const before = readFileSync(join(cwd, "model.sig"));
      servers.misdeeds.tsa = { authority: unrelated };
      for (const trust of [BY_TSA, BY_ROOT]) {
        const words = [...method.sign, "--tsa-url", servers.urls().tsa, ...more, ...trust];
        const { exitCode, stdout, stderr } = await assay(words, { cwd, env });
        assert.notEqual(exitCode, 0, stdout);
        assert.match(stderr, /^\S+ Not signed: .*timestamp/);
        assert.deepEqual(readFileSync(join(cwd, "model.sig")), before);
      }
    };
    test("is not made where the timestamp is by another authority than the one named", () => byAnother([]));
    test("is not logged where the timestamp is by another authority than the one named", async () => {
      await byAnother(["--rekor-url", servers.urls().rekorV2]);
      const logged = servers.requests.filter(({ server, method: verb }) => server === "rekor-v2" && verb === "POST");
      assert.equal(logged.length, 0);
    });

    test("asks for witnesses that are roots, and a trusted root that is one", async () => {
      await signed(method, ["tsa"]);
      put("no-root.pem", servers.instance.tsa.leaf.pem);
      put("noise.json", '{"mediaType":"noise"}');
      for (const [trust, exitCode] of [
        [["--tsa-chain", "no-root.pem"], 2],
        [["--tsa-chain", "nowhere.pem"], 2],
        [["--trusted-root", "nowhere.json"], 2],
        [["--trusted-root", "noise.json"], 2],
      ] as const) {
        const ran = await assay([...method.verify, ...trust], { cwd, env });
        assert.equal(ran.exitCode, exitCode, ran.stdout + ran.stderr);
      }
    });
  });
}

suite("a signature by key, where witnesses are named", () => {
  test("fails where the bundle holds none", async () => {
    await signed(KEY, []);
    for (const trust of [BY_ROOT, BY_TSA, [...BY_ROOT, ...BY_TSA]]) {
      await refused("LOG_ENTRY_MISSING", 1, KEY, ...trust);
      const { exitCode, stdout } = await assay([...KEY.verify, ...trust], { cwd, env });
      assert.equal(exitCode, 1);
      assert.match(stdout, /^✘ Not verified: the bundle holds neither a log entry nor a timestamp/);
      assert.match(stdout, /neither a log entry nor a timestamp/);
    }
  });

  test("fails where they are others than those in the bundle", async () => {
    servers.misdeeds.tsa = { authority: unrelated };
    await signed(KEY, ["tsa"]);
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", 1, KEY, ...BY_TSA);
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", 1, KEY, ...BY_ROOT);
    await json(0, KEY, "--tsa-chain", "other-tsa.pem");
    await json(0, KEY, ...BY_ROOT, "--tsa-chain", "other-tsa.pem");
    await signed(KEY, ["v2"]);
    await refused("LOG_UNKNOWN", 1, KEY, "--trusted-root", "other-root.json");
  });

  test("needs one of them, and ignores an unknown witness beside it", async () => {
    servers.misdeeds.tsa = { authority: unrelated };
    await signed(KEY, ["tsa", "v2"]);
    const { evidence, verifiedAt } = await json(0, KEY, ...BY_ROOT);
    assert.deepEqual([evidence?.logEntries.length, evidence?.timestamps.length], [1, 0]);
    assert.equal(verifiedAt?.source, "clock");
  });
});

suite("a signature by certificate, where witnesses are named", () => {
  test("holds at its proven time, though the certificate has expired since, and not without", async () => {
    const at = hours(-48);
    servers.now = () => at;
    for (const [services, trusts] of [
      [["tsa"], [BY_TSA, BY_ROOT, [...BY_TSA, ...BY_ROOT]]],
      [["v1"], [BY_ROOT, [...BY_TSA, ...BY_ROOT]]],
      [
        ["tsa", "v1"],
        [BY_TSA, BY_ROOT],
      ],
    ] as const) {
      await signed(CERTIFICATE, services);
      const isLogged = services.some((service) => service === "v1");
      withExpired(isLogged, at);
      for (const trust of trusts) {
        const { verifiedAt, evidence, warnings } = await json(0, CERTIFICATE, ...trust);
        const source = isLogged && trust !== BY_TSA ? "log" : "timestamp";
        assert.deepEqual(verifiedAt, { time: at.toISOString(), source });
        assert.notEqual(evidence, null);
        assert.deepEqual(warnings, []);
      }
      await refused("CERTIFICATE_EXPIRED", 1, CERTIFICATE);
      const { exitCode, stdout } = await assay(CERTIFICATE.verify, { cwd, env });
      assert.equal(exitCode, 1);
      assert.match(stdout, /expired/);
    }
  });

  test("holds at no time at which the certificate was not valid yet, or not any more", async () => {
    servers.now = () => hours(-48);
    await signed(CERTIFICATE, ["tsa"]);
    await json(0, CERTIFICATE);
    await refused("CERTIFICATE_NOT_YET_VALID", 1, CERTIFICATE, ...BY_TSA);
    servers.now = () => hours(-1);
    await signed(CERTIFICATE, ["tsa"]);
    withExpired(false, hours(-1));
    await refused("CERTIFICATE_EXPIRED", 1, CERTIFICATE, ...BY_TSA);
  });

  test("is checked for the current time without a timestamp of theirs, with a warning", async () => {
    servers.now = () => hours(-48);
    servers.misdeeds.tsa = { authority: unrelated };
    for (const services of [["tsa"], []] as const) {
      await signed(CERTIFICATE, services);
      for (const trust of [BY_TSA, BY_ROOT]) {
        const { verifiedAt, warnings } = await json(0, CERTIFICATE, ...trust);
        assert.equal(verifiedAt?.source, "clock");
        assert.deepEqual(
          warnings.map(({ code }) => code),
          ["TIME_UNPROVEN"],
        );
        const { exitCode, stderr } = await assay([...CERTIFICATE.verify, ...trust], { cwd, env });
        assert.equal(exitCode, 0);
        assert.match(stderr.replaceAll(/\s+/g, " "), /the certificates were checked for the current time/);
      }
      withExpired(false, hours(-48));
      for (const trust of [BY_TSA, BY_ROOT]) await refused("CERTIFICATE_EXPIRED", 1, CERTIFICATE, ...trust);
    }
    // A verifier that trusts that authority believes the time.
    await signed(CERTIFICATE, ["tsa"]);
    withExpired(false, hours(-48));
    assert.equal((await json(0, CERTIFICATE, "--tsa-chain", "other-tsa.pem")).verifiedAt?.source, "timestamp");
  });
});
