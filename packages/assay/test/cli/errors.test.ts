import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assay, signedFolder, workFolder } from "./command.ts";

suite("a command that cannot do what was asked", () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["verfy", "key", "granite"], 2, /^✘ There is no command "verfy"\n {2}Did you mean: assay verify\n$/],
    [
      ["sign", "key", "granite", "--privat-key", "key.pem"],
      2,
      /^✘ There is no option --privat-key for assay sign key\n {2}Did you mean: --private-key\n$/,
    ],
    [
      ["sign", "key", "granite"],
      2,
      /^✘ assay sign key needs --private-key: the key that signs\n {2}For example: assay sign key \.\/granite --private-key key\.pem\n$/,
    ],
    [["digest", "nowhere"], 2, /^✘ assay digest: the model \S*nowhere does not exist\n/],
    [["verify", "key", "granite", "--public-key", "key.pub"], 2, /^✘ assay verify key: no signature/],
    [["inspect", "granite"], 2, /granite is a folder; assay inspect takes a signature file\n/],
    [["inspect", "key.pub"], 1, /^✘ Not readable: /],
    [["help", "sing"], 2, /Did you mean: assay help sign/],
  ];
  for (const [argv, exitCode, said] of cases) {
    test(`assay ${argv.join(" ")}: exit code ${exitCode}, and says why`, async () => {
      const ran = await assay(argv, { cwd: workFolder() });
      assert.equal(ran.exitCode, exitCode, ran.stderr);
      assert.match(`${ran.stdout}${ran.stderr}`, said);
    });
  }

  test("several signatures are listed, and none is chosen", async () => {
    const cwd = await signedFolder({ "a.bin": "a" }, ["--signature", "granite/one.oms.sig"]);
    await assay(["sign", "key", "granite", "--private-key", "key.pem", "--signature", "granite/two.oms.sig"], { cwd });
    const { exitCode, stderr } = await assay(["verify", "key", "granite", "--public-key", "key.pub"], { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /one\.oms\.sig, two\.oms\.sig/);
    assert.match(stderr, /--signature/);
  });
});

suite("methods that are not in this release", () => {
  test("verify without a method finds the bundle and gives the command that fits it", async () => {
    const cwd = await signedFolder();
    for (const argv of [
      ["verify", "granite"],
      ["verify", "sigstore", "granite"],
      ["verify", "granite", "--signature", "model.sig", "--identity", "me", "--identity-provider", "x"],
    ]) {
      const { exitCode, stdout } = await assay(argv, { cwd });
      assert.equal(exitCode, 1);
      assert.match(stdout, /^✘ Not verified: granite against Sigstore\n/);
      assert.match(stdout, /bundle holds a key's signature/);
      assert.match(stdout, /\n {2}Verify it with: assay verify key granite --public-key PUBLIC_KEY\n$/);
    }
  });

  test("the command that fits names the signature where it must", async () => {
    const cwd = await signedFolder({ "a.bin": "a" }, ["--signature", "my.sig"]);
    const { stdout } = await assay(["verify", "granite", "--signature", "my.sig"], { cwd });
    assert.match(stdout, /assay verify key granite --public-key PUBLIC_KEY --signature my\.sig\n/);
  });

  test("a certificate asked of a key's signature is told to be a key's", async () => {
    const cwd = await signedFolder();
    writeFileSync(join(cwd, "ca.pem"), "");
    const { exitCode, stdout, stderr } = await assay(["verify", "certificate", "granite", "--certificate-chain", "key.pub"], { cwd });
    assert.notEqual(exitCode, 0);
    assert.match(`${stdout}${stderr}`, /assay verify key granite --public-key PUBLIC_KEY/);
  });

  test("sign without a method says that keyless is not there, and what is", async () => {
    const cwd = workFolder();
    const { exitCode, stderr } = await assay(["sign", "granite"], { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /no method was named, which means sigstore/);
    assert.match(stderr, /assay sign key granite --private-key key\.pem/);
    const hardware = await assay(["sign", "pkcs11-key", "granite", "--pkcs11-uri", "pkcs11:token=t"], { cwd });
    assert.equal(hardware.exitCode, 2);
    assert.match(hardware.stderr, /pkcs11-key .*not in this release/);
  });

  test("a misspelled method is not taken for a model", async () => {
    const cwd = workFolder();
    const { exitCode, stderr } = await assay(["verify", "kye"], { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /Did you mean: assay verify key MODEL/);
  });
});
