import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { makeCa, makeCertificate } from "../support/x509/make.ts";
import { certificateFolder, SIGN, signedFolder, validity, VERIFY } from "../support/cli/certificate-folder.ts";
import { assay, workFolder } from "../support/cli/command.ts";

suite("assay sign certificate, assay verify certificate", () => {
  test("the first line names the signer and the root", async () => {
    const cwd = certificateFolder();
    const signed = await assay([...SIGN, "--certificate-chain", "intermediate.pem", "--certificate-chain", "root.pem"], { cwd });
    assert.equal(signed.exitCode, 0, signed.stderr);
    assert.match(signed.stdout, /^✔ Signed: all 2 files of granite \(6 bytes\) as CN=Granite Models\n/);
    assert.match(signed.stdout, /Verify it with: assay verify certificate granite --certificate-chain ROOT_CERTIFICATE\n$/);
    const { exitCode, stdout } = await assay([...VERIFY, "root.pem"], { cwd });
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^✔ Verified: all 2 files \(6 bytes\) are the bytes signed by CN=Granite Models under CN=Granite Root\n/);
    assert.match(stdout, /\n {2}signer {6}CN=Granite Models \(email:models@ibm\.example\), certificate [0-9a-f]{4}…[0-9a-f]{4}\n/);
  });

  test("--certificate-identity and --certificate-fingerprint say whose signature counts", async () => {
    const cwd = await signedFolder();
    const verify = [...VERIFY, "root.pem"];
    assert.equal((await assay([...verify, "--certificate-identity", "models@ibm.example"], { cwd })).exitCode, 0);
    assert.equal((await assay([...verify, "--certificate-identity", "CN=Granite Models"], { cwd })).exitCode, 0);
    const anotherSigner = await assay([...verify, "--certificate-identity", "models@ibm"], { cwd });
    assert.equal(anotherSigner.exitCode, 1);
    assert.match(anotherSigner.stdout, /models@ibm\.example/);
    const json = JSON.parse((await assay([...verify, "--json"], { cwd })).stdout) as { signer: { fingerprint: string } };
    assert.equal((await assay([...verify, "--certificate-fingerprint", json.signer.fingerprint.toUpperCase()], { cwd })).exitCode, 0);
    assert.equal((await assay([...verify, "--certificate-fingerprint", "0".repeat(64)], { cwd })).exitCode, 1);
  });

  test("--log-fingerprints prints those of the whole path, on standard error", async () => {
    const cwd = await signedFolder();
    const { stderr } = await assay([...VERIFY, "root.pem", "--log_fingerprints"], { cwd });
    const roles = stderr
      .trimEnd()
      .split("\n")
      .map((line) => /^sha256 fingerprint of the (\w+)'s certificate: [0-9a-f]{64}$/.exec(line)?.[1]);
    assert.deepEqual(roles, ["signer", "intermediate", "root"]);
  });

  test("another root fails, and a missing root is a usage error", async () => {
    const cwd = await signedFolder();
    const other = await assay([...VERIFY, "other-root.pem"], { cwd });
    assert.equal(other.exitCode, 1);
    assert.match(other.stdout, /^✘ Not verified: [^]*\n {2}asked {7}granite, against the root in other-root\.pem\n/);
    const none = await assay([...VERIFY, "intermediate.pem"], { cwd });
    assert.equal(none.exitCode, 2);
    assert.match(none.stderr, /CN=Granite Root/);
  });

  test("changed files are told with the command for signing again with a certificate", async () => {
    const cwd = await signedFolder();
    appendFileSync(join(cwd, "granite", "config.json"), " ");
    const { exitCode, stdout } = await assay([...VERIFY, "root.pem"], { cwd });
    assert.equal(exitCode, 1);
    assert.match(stdout, /\n {2}The signature itself is valid, by CN=Granite Models under CN=Granite Root\.\n/);
    assert.match(
      stdout,
      /sign again: assay sign certificate granite --private-key KEY --signing-certificate CERTIFICATE --certificate-chain CHAIN\n$/,
    );
  });

  test("the wrong method is told with the command that fits", async () => {
    const cwd = await signedFolder();
    for (const argv of [
      ["verify", "key", "granite", "--public-key", "key.pub"],
      ["verify", "granite", "--identity", "me", "--identity-provider", "x"],
    ]) {
      const { exitCode, stdout } = await assay(argv, { cwd });
      assert.equal(exitCode, 1);
      assert.match(stdout, /verify it with:\s+assay verify certificate granite --certificate-chain ROOT_CERTIFICATE\n$/);
    }
  });

  test("a signing certificate of another key is refused", async () => {
    const cwd = certificateFolder();
    const { exitCode, stderr } = await assay([...SIGN.slice(0, 4), "key.pem", ...SIGN.slice(5)], { cwd });
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      /^✘ assay sign certificate: the signing certificate leaf\.pem \(CN=Granite Models\) is not for this private key\n/,
    );
  });

  test("names in certificates are escaped", async () => {
    const cwd = workFolder();
    const root = makeCa({ subject: "Root\u001b[2J\u202e", ...validity });
    const leaf = makeCertificate({ subject: "Leaf\u200b", issuer: root, ...validity });
    writeFileSync(join(cwd, "root.pem"), root.pem);
    writeFileSync(join(cwd, "leaf.pem"), leaf.pem);
    writeFileSync(join(cwd, "leaf.key"), leaf.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    await assay([...SIGN, "--certificate-chain", "root.pem"], { cwd });
    for (const argv of [
      [...VERIFY, "root.pem"],
      ["inspect", "model.sig"],
    ]) {
      const { exitCode, stdout } = await assay(argv, { cwd });
      assert.equal(exitCode, 0, stdout);
      assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    }
  });
});
