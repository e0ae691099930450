import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assay, signedFolder, workFolder } from "../support/cli/command.ts";

suite("a command that cannot do what was asked", () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["verfy", "key", "granite"], 2, /^✘ assay: unknown command "verfy"\n {2}Did you mean: assay verify\n$/],
    [
      ["sign", "key", "granite", "--privat-key", "key.pem"],
      2,
      /^✘ assay sign key: unknown option --privat-key\n {2}Did you mean --private-key\n$/,
    ],
    [
      ["sign", "key", "granite"],
      2,
      /^✘ assay sign key: --private-key or --key-uri is missing: the key that signs\n {2}For example: assay sign key \.\/granite --private-key key\.pem\n$/,
    ],
    [["digest", "nowhere"], 2, /^✘ assay digest: the model \S*nowhere does not exist\n/],
    [["verify", "key", "granite", "--public-key", "key.pub"], 2, /^✘ assay verify key: no signature/],
    [
      ["inspect", "granite"],
      2,
      /granite is a folder; assay inspect takes a signature file\n {2}What the model holds: assay scan granite\n/,
    ],
    [
      ["sign", "key", "oci:localhost:1/acme/granite:v1", "--private-key", "key.pem"],
      2,
      /Attach it to the model in its registry with --attach/,
    ],
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

suite("a method that does not fit", () => {
  test("is told with the one that does, where no method was named too", async () => {
    const cwd = await signedFolder();
    for (const argv of [
      ["verify", "granite"],
      ["verify", "sigstore", "granite"],
      ["verify", "granite", "--identity", "me"],
    ]) {
      const { exitCode, stderr } = await assay(argv, { cwd });
      assert.equal(exitCode, 2);
      assert.match(stderr, /: not a keyless signature: it was made with a key\n/);
      assert.match(stderr, /\n {2}Verify it with: assay verify key granite --public-key PUBLIC_KEY\n$/);
    }
    const { stderr } = await assay(["verify", "granite", "--signature", "model.sig"], { cwd });
    assert.match(stderr, /\n {2}Verify it with: assay verify key granite --public-key PUBLIC_KEY --signature model\.sig\n$/);
  });

  test("is a no where an identity was named, without asking anybody for a trusted root", async () => {
    const cwd = await signedFolder();
    const argv = ["verify", "granite", "--signature", "model.sig", "--identity", "me", "--identity-provider", "x"];
    const { exitCode, stdout } = await assay(argv, { cwd });
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ Not verified: signed with a key, but asked to verify by the method sigstore\n/);
    assert.match(stdout, /verify it with:\s+assay verify key granite --public-key PUBLIC_KEY(?: --signature model\.sig)?\n$/);
  });

  test("is told with the signature where it must be named", async () => {
    const cwd = await signedFolder({ "a.bin": "a" }, ["--signature", "my.sig"]);
    const { stdout } = await assay(["verify", "granite", "--signature", "my.sig", "--identity", "me", "--identity-provider", "x"], { cwd });
    assert.match(stdout, /assay verify key granite --public-key PUBLIC_KEY --signature my\.sig\n/);
  });

  test("is told to a certificate asked of a key's signature", async () => {
    const cwd = await signedFolder();
    writeFileSync(join(cwd, "ca.pem"), "");
    const { exitCode, stdout, stderr } = await assay(["verify", "certificate", "granite", "--certificate-chain", "key.pub"], { cwd });
    assert.notEqual(exitCode, 0);
    assert.match(`${stdout}${stderr}`, /assay verify key granite --public-key PUBLIC_KEY/);
  });

  test("that is misspelled is not taken for a model", async () => {
    const cwd = workFolder();
    for (const argv of [
      ["verify", "kye"],
      ["sign", "kye"],
    ]) {
      const { exitCode, stderr } = await assay(argv, { cwd });
      assert.equal(exitCode, 2);
      assert.match(stderr, new RegExp(`Did you mean: assay ${argv[0] ?? ""} key MODEL`));
    }
  });
});

test("a file given for a signed folder is told so in the first line, without advice to sign again", async () => {
  const cwd = await signedFolder({ "a.bin": "a", "b.bin": "b" });
  const { exitCode, stdout } = await assay(["verify", "key", "granite/a.bin", "--public-key", "key.pub"], { cwd });
  assert.equal(exitCode, 1);
  assert.match(stdout, /^✘ Not verified: a folder was signed \(2 files in it\), and the model \S+a\.bin is a single file\n/);
  assert.match(stdout, /\n {2}Name the folder as the model\n$/);
  assert.doesNotMatch(stdout, /sign again|--ignore-unsigned-files/);
});
