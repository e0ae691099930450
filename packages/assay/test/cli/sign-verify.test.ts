import assert from "node:assert/strict";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { generateKeyPairSync } from "node:crypto";
import { assay, SIGN, signedFolder, VERIFY, workFolder } from "../support/cli/command.ts";

suite("assay sign key, assay verify key", () => {
  test("sign writes model.sig in the current folder, and verify finds it", async () => {
    const cwd = workFolder();
    const signed = await assay(SIGN, { cwd });
    assert.equal(signed.exitCode, 0, signed.stderr);
    assert.match(
      signed.stdout,
      /^✔ Signed: all 2 files of granite \(6 bytes\) with the key in key\.pem\n {2}signature {3}model\.sig, ECDSA P-256\n/,
    );
    assert.match(signed.stdout, /\n {2}Verify it with: assay verify key granite --public-key PUBLIC_KEY\n$/);
    assert.ok(existsSync(join(cwd, "model.sig")));
    const verified = await assay(VERIFY, { cwd });
    assert.equal(verified.exitCode, 0, verified.stderr);
    assert.match(
      verified.stdout,
      /^✔ Verified: all 2 files \(6 bytes\) are the bytes signed by the key in key\.pub\n {2}signature {3}model\.sig, ECDSA P-256\n {2}signer {6}key [0-9a-f]{4}…[0-9a-f]{4}\n {2}model {7}sha256:[0-9a-f]{8}…[0-9a-f]{6}\n$/,
    );
    assert.equal(verified.stderr, "");
  });

  test("the command lines of the Python reference work as they are", async () => {
    const cwd = workFolder();
    const signed = await assay(
      ["--log-level", "DEBUG", "sign", "key", "--signature", "s.sig", "--private_key", "key.pem", "--no-ignore-git-paths", "granite"],
      { cwd },
    );
    assert.equal(signed.exitCode, 0, signed.stderr);
    const verified = await assay(
      ["verify", "key", "--signature", "s.sig", "--public_key", "key.pub", "--no-ignore_unsigned_files", "granite"],
      { cwd },
    );
    assert.equal(verified.exitCode, 0, verified.stderr);
  });

  test("the command lines of the Go client work as they are", async () => {
    const cwd = workFolder({ "a.bin": "a", "b.log": "b", "c.log": "c" });
    const shared = ["--log-format", "json", "--timeout", "3m", "--ignore-paths", "granite/b.log,granite/c.log", "--allow-symlinks=false"];
    const signed = await assay(["sign", "key", ...shared, "--signature", "s.sig", "--private-key", "key.pem", "granite"], { cwd });
    assert.equal(signed.exitCode, 0, signed.stderr);
    assert.match(signed.stdout, /1 of 3 files/);
    const verified = await assay(
      ["verify", "key", ...shared, "--signature=s.sig", "--public-key=key.pub", "--ignore-unsigned-files=false", "granite"],
      { cwd },
    );
    assert.equal(verified.exitCode, 0, verified.stderr);
  });

  test("every difference is told at once, with what to type", async () => {
    const cwd = await signedFolder({ "a.bin": "aaaa", "gone.txt": "gone", "old.json": "same bytes", "same.txt": "same" });
    const model = join(cwd, "granite");
    appendFileSync(join(model, "a.bin"), "!");
    rmSync(join(model, "gone.txt"));
    renameSync(join(model, "old.json"), join(model, "new.json"));
    writeFileSync(join(model, "more.bin"), "more");
    const { exitCode, stdout } = await assay(VERIFY, { cwd });
    assert.equal(exitCode, 1);
    const lines = stdout.split("\n");
    assert.equal(lines[0], "✘ Not verified: 3 of 4 files are not what was signed, and 1 file is not signed");
    assert.match(stdout, /\n {2}changed {5}a\.bin {3}signed sha256:[0-9a-f]{8}…, found sha256:[0-9a-f]{8}… \(5 bytes\)\n/);
    assert.match(stdout, /\n {2}missing {5}gone\.txt {3}signed, not there\n/);
    assert.match(stdout, /\n {2}renamed {5}old\.json -> new\.json {3}same bytes, another name\n/);
    assert.match(stdout, /\n {2}extra {7}more\.bin {3}not signed \(4 bytes\)\n/);
    assert.match(stdout, /\n {2}The signature itself is valid, by the key in key\.pub\.\n/);
    assert.match(
      stdout,
      /\n {2}Do not use these files: [^]*\n {2}Only if you are the signer and made these changes, sign again: assay sign key granite --private-key KEY\n$/,
    );
  });

  test("the command for signing again makes the same kind of signature at the same place", async () => {
    const cwd = workFolder({ "a b.bin": "aaaa", "x.log": "x" });
    const signature = ["--signature", "granite/model.sig"];
    await assay([...SIGN, ...signature, "--ignore-paths", "granite/x.log", "--hash", "blake2b", "--shard-size", "3"], { cwd });
    appendFileSync(join(cwd, "granite", "a b.bin"), "!");
    const { stdout } = await assay(VERIFY, { cwd });
    assert.match(
      stdout,
      /sign again: assay sign key granite --private-key KEY --signature granite\/model\.sig --ignore-paths x\.log --hash blake2b --shard-size 3\n/,
    );
    const again = /assay (sign .*)\n/.exec(stdout)?.[1]?.replace("KEY", "key.pem").split(" ") ?? [];
    assert.equal((await assay(again, { cwd })).exitCode, 0);
    assert.equal((await assay(VERIFY, { cwd })).exitCode, 0);
  });

  test("what is not covered is counted in the first line and named", async () => {
    const cwd = await signedFolder({ "a.bin": "aaaa", "x.log": "x", ".git/HEAD": "ref", ".git/config": "c" }, [
      "--ignore-paths",
      "granite/x.log",
    ]);
    const { exitCode, stdout } = await assay(VERIFY, { cwd });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✔ Verified: 1 of 4 files \(4 bytes\) are the bytes signed by the key in key\.pub; 3 not covered\n/);
    assert.match(stdout, /\n {2}not covered 2 paths, [^\n]*:\n/);
    assert.match(stdout, /\n {14}\.git\/ \(2 files, 4 bytes\), [^\n]*\n/);
    assert.match(stdout, /\n {14}x\.log \(1 byte\), left out by the signer\n/);
  });

  test("a tick is green only where everything there is covered", async () => {
    const cwd = await signedFolder({ "a.bin": "aaaa", "x.log": "x" }, ["--ignore-paths", "granite/x.log"]);
    const partly = await assay([...VERIFY, "--color", "always"], { cwd });
    assert.ok(partly.stdout.startsWith("\u001b[1;33m✔ Verified:"), partly.stdout);
    rmSync(join(cwd, "granite", "x.log"));
    const whole = await assay([...VERIFY, "--color", "always"], { cwd });
    assert.ok(whole.stdout.startsWith("\u001b[1;32m✔ Verified:"), whole.stdout);
  });

  test("unsigned files fail, unless they are tolerated, and then they are counted and named", async () => {
    const cwd = await signedFolder();
    writeFileSync(join(cwd, "granite", "new.bin"), "new");
    const failed = await assay(VERIFY, { cwd });
    assert.equal(failed.exitCode, 1);
    assert.match(failed.stdout, /^✘ Not verified: 1 file is not signed: \S+; the 2 signed ones are unchanged\n/);
    assert.match(failed.stdout, /accept them unchecked with --ignore-unsigned-files/);
    const tolerated = await assay([...VERIFY, "--ignore-unsigned-files"], { cwd });
    assert.equal(tolerated.exitCode, 0);
    assert.match(tolerated.stdout, /^✔ Verified: 2 of 3 files .*; 1 not covered\n/);
    assert.match(
      tolerated.stdout,
      /\n {2}not signed {2}1 file, 3 bytes, tolerated by --ignore-unsigned-files:\n {14}new\.bin \(3 bytes\)\n/,
    );
  });

  test("of more than twenty differences of a kind the first twenty are shown", async () => {
    const files = Object.fromEntries(Array.from({ length: 27 }, (_, index) => [`f${index}.bin`, `content ${index}`]));
    const cwd = await signedFolder(files);
    for (const name of Object.keys(files)) appendFileSync(join(cwd, "granite", name), "!");
    const { stdout } = await assay(VERIFY, { cwd });
    assert.match(stdout, /^✘ Not verified: 27 of 27 files/);
    assert.equal(stdout.match(/\n {2}changed /g)?.length, 20);
    assert.match(stdout, /\n {14}and 7 more \(--json lists all\)\n/);
  });

  test("another key is told apart from damage, and says whose key it was", async () => {
    const cwd = await signedFolder();
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(join(cwd, "other.pub"), publicKey.export({ type: "spki", format: "pem" }));
    const { exitCode, stdout } = await assay(["verify", "key", "granite", "--public-key", "other.pub"], { cwd });
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ Not verified: signed by another key than other\.pub\n/);
    assert.match(stdout, /\n {2}signature {3}model\.sig\n/);
  });

  test("a key of another kind is told to be perhaps the wrong one", async () => {
    const cwd = await signedFolder();
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(join(cwd, "other.pub"), publicKey.export({ type: "spki", format: "pem" }));
    const { exitCode, stdout } = await assay(["verify", "key", "granite", "--public-key", "other.pub"], { cwd });
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ Not verified: not signed by the key in other\.pub: /);
  });

  test("--expect-digest pins the model", async () => {
    const cwd = await signedFolder();
    const { stdout: digest } = await assay(["digest", "granite"], { cwd });
    assert.match(digest, /^sha256:[0-9a-f]{64}\n$/);
    assert.equal((await assay([...VERIFY, "--expect-digest", digest.trim()], { cwd })).exitCode, 0);
    const other = await assay([...VERIFY, "--expect-digest", `sha256:${"0".repeat(64)}`], { cwd });
    assert.equal(other.exitCode, 1);
    assert.equal((await assay([...VERIFY, "--expect-digest", "latest"], { cwd })).exitCode, 2);
  });

  test("names from the model are escaped", { skip: process.platform === "win32" }, async () => {
    const evil = "a\u001b[31m\u202enib.exe";
    const cwd = await signedFolder({ "a.bin": "a" });
    writeFileSync(join(cwd, "granite", evil), "x");
    const { stdout } = await assay(VERIFY, { cwd });
    assert.match(stdout, /extra {7}"a\\x1b\[31m\\u202enib\.exe"/);
    const json = await assay([...VERIFY, "--json"], { cwd });
    assert.ok(!/[\u001b\u202e]/.test(json.stdout));
    assert.equal((JSON.parse(json.stdout) as { differences: { name: string }[] }).differences[0]?.name, evil);
  });

  test("a single file is a model too", async () => {
    const cwd = workFolder();
    writeFileSync(join(cwd, "m.gguf"), "weights");
    const signed = await assay(["sign", "key", "m.gguf", "--private-key", "key.pem", "--signature", "m.gguf.oms.sig"], { cwd });
    assert.equal(signed.exitCode, 0, signed.stderr);
    assert.match(signed.stdout, /^✔ Signed: the 1 file of m\.gguf \(7 bytes\)/);
    const verified = await assay(["verify", "key", "m.gguf", "--public-key", "key.pub"], { cwd });
    assert.equal(verified.exitCode, 0, verified.stderr);
    assert.match(verified.stdout, /^✔ Verified: the 1 file \(7 bytes\) is the bytes signed/);
    assert.match(verified.stdout, /signature {3}m\.gguf\.oms\.sig/);
  });
});

suite("writing a signature", () => {
  test("replaces an older signature, and says so", async () => {
    const cwd = await signedFolder();
    const { exitCode, stdout } = await assay(SIGN, { cwd });
    assert.equal(exitCode, 0);
    assert.match(stdout, /model\.sig \(replaced\)/);
  });

  test("leaves any other file alone, unless forced", async () => {
    const cwd = workFolder();
    writeFileSync(join(cwd, "model.sig"), "my notes");
    const refused = await assay(SIGN, { cwd });
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /--force/);
    assert.equal(readFileSync(join(cwd, "model.sig"), "utf8"), "my notes");
    assert.equal((await assay([...SIGN, "--force"], { cwd })).exitCode, 0);
  });

  test("takes a password from --password or ASSAY_KEY_PASSWORD, and prompts only on a terminal", async () => {
    const cwd = workFolder();
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const encrypted = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "hunter2" });
    writeFileSync(join(cwd, "key.pem"), encrypted, { mode: 0o600 });
    writeFileSync(join(cwd, "key.pub"), publicKey.export({ type: "spki", format: "pem" }));
    const unasked = await assay(SIGN, { cwd });
    assert.equal(unasked.exitCode, 2);
    assert.match(unasked.stderr, /^✘ assay sign key: the private key key\.pem: .*encrypted/);
    assert.match(unasked.stderr, /ASSAY_KEY_PASSWORD/);
    assert.equal((await assay([...SIGN, "--password", "hunter2"], { cwd })).exitCode, 0);
    assert.equal((await assay(SIGN, { cwd, env: { ASSAY_KEY_PASSWORD: "hunter2" } })).exitCode, 0);
    const wrong = await assay([...SIGN, "--password", "secret-guess"], { cwd });
    assert.equal(wrong.exitCode, 2);
    assert.ok(!`${wrong.stdout}${wrong.stderr}`.includes("secret-guess"));
    const debug = await assay([...SIGN, "--password", "secret-guess", "--log-level", "debug"], { cwd });
    assert.ok(!`${debug.stdout}${debug.stderr}`.includes("secret-guess"));
  });

  test("warns of a private key that others can read", { skip: process.platform === "win32" }, async () => {
    const cwd = workFolder();
    chmodSync(join(cwd, "key.pem"), 0o644);
    const { exitCode, stderr } = await assay(SIGN, { cwd });
    assert.equal(exitCode, 0);
    assert.equal(stderr, "warning: other users can read the private key key.pem: restrict it with chmod 600 key.pem\n");
  });

  test("refuses a folder for a key, and a path that is not there", async () => {
    const cwd = workFolder();
    mkdirSync(join(cwd, "keys"));
    const folder = await assay(["sign", "key", "granite", "--private-key", "keys"], { cwd });
    assert.equal(folder.exitCode, 2);
    assert.match(folder.stderr, /the private key keys is a folder/);
    const missing = await assay(["sign", "key", "granite", "--private-key", "no.pem"], { cwd });
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /^✘ assay sign key: the private key no\.pem does not exist\n/);
  });
});
