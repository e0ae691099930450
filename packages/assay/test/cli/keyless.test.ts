import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { startServers } from "../support/sigstore/servers.ts";
import { cleanEnvironment, ENTRY, SIGN, VERIFY } from "../support/cli/command.ts";
import { assayAtHome, keylessFolder, signed, signWords, verifyWords } from "../support/cli/keyless-folder.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

suite("assay sign sigstore and verify sigstore", () => {
  for (const [log, entry, seen] of [
    ["rekorV1", "dsse 0.0.1", /\n {2}logged {6}index \d+ of \S+, dsse 0\.0\.1, \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/],
    ["rekorV2", "hashedrekord 0.0.2", /\n {2}logged {6}index \d+ of \S+, hashedrekord 0\.0\.2\n {2}timestamp {3}\d{4}-/],
  ] as const) {
    test(`${log}: what a token signs verifies, and both say who, where and when`, async () => {
      const cwd = keylessFolder(servers);
      const sign = await assayAtHome(signWords(log, servers.token()), { cwd });
      assert.equal(sign.exitCode, 0, sign.stderr);
      assert.match(sign.stdout, /^✔ Signed: all 2 files of granite \(6 bytes\) as alice@example\.com\n/);
      assert.match(sign.stdout, seen);
      const verify = await assayAtHome(verifyWords(servers), { cwd });
      assert.equal(verify.exitCode, 0, verify.stdout);
      assert.match(verify.stdout, /^✔ Verified: all 2 files \(6 bytes\) are the bytes signed by alice@example\.com\n/);
      assert.match(verify.stdout, new RegExp(`\\n {2}signer {6}alice@example\\.com, vouched for by ${servers.oidc.url}\\n`));
      assert.match(verify.stdout, seen);
      assert.match(verify.stdout, /\n {2}trust {7}the trusted root root\.json\n/);
      const json = JSON.parse((await assayAtHome([...verifyWords(servers), "--json"], { cwd })).stdout) as {
        signer: { identity: string };
        evidence: { logEntries: { entry: string }[]; trustedRoot: { kind: string } };
        verifiedAt: { source: string };
      };
      assert.equal(json.signer.identity, "alice@example.com");
      assert.equal(json.evidence.logEntries[0]?.entry, entry);
      assert.equal(json.evidence.trustedRoot.kind, "named");
      assert.notEqual(json.verifiedAt.source, "clock");
    });
  }

  test("the command that signing ends with verifies, typed as printed", async () => {
    const cwd = keylessFolder(servers);
    const { stdout } = await assayAtHome(signWords("rekorV2", servers.token()), { cwd });
    const line = /Verify it with:\s+assay ([^\n]*(?:\\\n[^\n]*)*)/.exec(stdout)?.[1]?.replaceAll(/\s*\\\n\s*/g, " ") ?? "";
    const { exitCode } = await assayAtHome(line.trim().split(" "), { cwd });
    assert.equal(exitCode, 0);
  });

  test("sigstore is meant where no method is named, and a token may come from the environment", async () => {
    const cwd = keylessFolder(servers);
    const env = { SIGSTORE_ID_TOKEN: servers.token("bob@example.com") };
    const { exitCode, stderr } = await assayAtHome(["sign", "granite", "--trust-config", "rekorV2.json"], { cwd, env });
    assert.equal(exitCode, 0, stderr);
    assert.equal((await assayAtHome(verifyWords(servers, "bob@example.com"), { cwd })).exitCode, 0);
  });

  test("services may be named one by one, without a signing configuration", async () => {
    const cwd = keylessFolder(servers);
    const { fulcio, rekorV1, tsa } = servers.urls();
    const urls = ["--fulcio-url", fulcio, "--rekor-url", rekorV1, "--tsa-url", tsa, "--trusted-root", "root.json"];
    const { exitCode, stderr } = await assayAtHome(["sign", "granite", "--identity-token", servers.token(), ...urls], { cwd });
    assert.equal(exitCode, 0, stderr);
    assert.match((await assayAtHome(verifyWords(servers), { cwd })).stdout, /dsse 0\.0\.1/);
  });

  test("the model is hashed before any server is asked for anything that stays", async () => {
    const cwd = keylessFolder(servers);
    symlinkSync("nowhere", join(cwd, "granite", "link"));
    const { exitCode, stderr } = await assayAtHome(signWords("rekorV2", servers.token()), { cwd });
    assert.equal(exitCode, 1);
    assert.match(stderr, /link is a symbolic link/);
    assert.deepEqual(
      servers.requests.filter(({ method }) => method !== "GET"),
      [],
    );
  });
});

suite("assay verify sigstore", () => {
  test("says who signed where it was another identity, or another provider vouched for it", async () => {
    const cwd = await signed(servers);
    const other = await assayAtHome(verifyWords(servers, "bob@example.com"), { cwd });
    assert.equal(other.exitCode, 1);
    assert.match(other.stdout, /^✘ Not verified: the signer is alice@example\.com, vouched for by [^]*expected bob@example\.com\n/);
    const argv = [...verifyWords(servers).slice(0, -1), "https://accounts.example.com"];
    const provider = await assayAtHome(argv, { cwd });
    assert.equal(provider.exitCode, 1);
    assert.match(provider.stdout, /but vouched for by \S+; expected\s+https:\/\/accounts\.example\.com\n/);
  });

  test("is an error without an identity, which shows who claims to have signed, and the command that verifies it", async () => {
    const cwd = await signed(servers);
    for (const argv of [[], ["--identity", "alice@example.com"], ["--identity-provider", servers.oidc.url]]) {
      const { exitCode, stderr } = await assayAtHome(["verify", "granite", "--trusted-root", "root.json", ...argv], { cwd });
      assert.equal(exitCode, 2);
      assert.match(stderr, /claims to be by alice@example\.com, vouched for by \S+; that is not verified/);
      const line = /: assay (verify [^\n]*)/.exec(stderr)?.[1] ?? "";
      assert.equal((await assayAtHome(line.split(" "), { cwd })).exitCode, 0, line);
    }
  });

  test("asks for the half that is missing, and leaves the other as the asker named it", async () => {
    const cwd = await signed(servers);
    const ask = (argv: readonly string[]): ReturnType<typeof assayAtHome> =>
      assayAtHome(["verify", "granite", "--trusted-root", "root.json", ...argv], { cwd });
    const who = await ask(["--identity", "bob@example.com", "--ignore-unsigned-files", "--no-ignore-git-paths", "--verbose"]);
    assert.match(who.stderr, /^✘ assay verify: --identity-provider is missing: /);
    const line = /: assay (verify [^\n]*(?:\\\n[^\n]*)*)/.exec(who.stderr.replace(/you expect:\s+/, "you expect: "))?.[1] ?? "";
    const words = line
      .replaceAll(/\s*\\\n\s*/g, " ")
      .trim()
      .split(" ");
    assert.deepEqual(words.slice(3).sort(), [
      "--identity",
      "--identity-provider",
      "--ignore-unsigned-files",
      "--no-ignore-git-paths",
      "--trusted-root",
      "bob@example.com",
      servers.oidc.url,
      "root.json",
    ]);
    const command = await assayAtHome(words, { cwd });
    assert.equal(command.exitCode, 1, "the signer is not whom the asker named");
    const provider = await ask(["--identity-provider-regexp", "https://.*"]);
    assert.match(provider.stderr, /^✘ assay verify: --identity is missing: /);
    assert.match(provider.stderr, /--identity-provider-regexp 'https:\/\/\.\*'/);
  });

  test("gives commands that a shell takes as printed, in a narrow terminal and with names that need quotes", async () => {
    const cwd = await signed(servers);
    renameSync(join(cwd, "granite"), join(cwd, "it's my model, in a folder with a long name"));
    renameSync(join(cwd, "root.json"), join(cwd, "our own root.json"));
    const argv = ["verify", "it's my model, in a folder with a long name", "--trusted-root", "our own root.json"];
    for (const columns of [40, 60, 100]) {
      const { stderr } = await assayAtHome(argv, { cwd, env: { COLUMNS: String(columns) } });
      const command = /If that is the signer you expect:\s+(assay verify .*)/s.exec(stderr)?.[1] ?? assert.fail(stderr);
      const script = `assay() { "$NODE" "$ENTRY" "$@"; }; ${command}`;
      const env = cleanEnvironment({ HOME: cwd, XDG_CACHE_HOME: join(cwd, ".cache"), NODE: process.execPath, ENTRY });
      assert.match(execFileSync("sh", ["-c", script], { cwd, env, encoding: "utf8" }), /^✔ Verified: all 2 files/);
    }
  });

  test("takes patterns for the whole of a name, and rejects a malformed one", async () => {
    const cwd = await signed(servers);
    const ask = async (identity: string, provider: string): Promise<number | null> => {
      const argv = [
        "verify",
        "granite",
        "--trusted-root",
        "root.json",
        "--identity-regexp",
        identity,
        "--identity-provider-regexp",
        provider,
      ];
      return (await assayAtHome(argv, { cwd })).exitCode;
    };
    assert.equal(await ask(".*@example\\.com", "http://127\\.0\\.0\\.1:\\d+"), 0);
    assert.equal(await ask("alice", ".*"), 1);
    assert.equal(await ask("alice@example\\.com|x", ".*"), 0);
    assert.equal(await ask(".*", "http"), 1);
    assert.equal(await ask("(a+)+$", ".*"), 1);
    assert.equal(await ask("(", ".*"), 2);
    const both = await assayAtHome([...verifyWords(servers), "--identity-regexp", ".*"], { cwd });
    assert.equal(both.exitCode, 2);
    assert.match(both.stderr, /--identity and --identity-regexp/);
  });

  test("tells a changed file as for every other method, and who had signed", async () => {
    const cwd = await signed(servers);
    appendFileSync(join(cwd, "granite", "config.json"), " ");
    const { exitCode, stdout } = await assayAtHome(verifyWords(servers), { cwd });
    assert.equal(exitCode, 1);
    assert.match(stdout, /changed {5}config\.json/);
    assert.match(stdout, /The signature itself is valid, by alice@example\.com\.\n/);
    // With the instance: without it, the signature would go into the public one's log.
    assert.match(stdout, /sign again: assay sign sigstore granite --trusted-root root\.json\n/);
  });

  test("cannot tell by the shipped root, which does not know the instance, and a named one refuses it", async () => {
    const cwd = await signed(servers);
    const argv = ["verify", "granite", "--identity", "alice@example.com", "--identity-provider", servers.oidc.url];
    const offline = await assayAtHome([...argv, "--offline"], { cwd });
    assert.equal(offline.exitCode, 3);
    assert.match(offline.stdout, /the one that came with this Assay \(sigstore\.dev, of \d{4}-\d\d-\d\d\)/);
    assert.match(
      offline.stdout,
      /\n {2}Refresh it: assay trust update\n {2}Or name a current one with --trusted-root\.\n {2}Until this is settled, the model is not verified\.\n$/,
    );
    const staging = await assayAtHome([...argv, "--offline", "--use-staging"], { cwd });
    assert.match(staging.stdout, /\n {2}Refresh it: assay trust update --use-staging\n/);
    const other = await startServers();
    writeFileSync(join(cwd, "root.json"), JSON.stringify(other.instance.trustedRoot()));
    await other.stop();
    assert.equal((await assayAtHome([...argv, "--trusted-root", "root.json"], { cwd })).exitCode, 1);
  });

  test("uses no network", async () => {
    const cwd = await signed(servers);
    servers.requests.length = 0;
    assert.equal((await assayAtHome(verifyWords(servers), { cwd })).exitCode, 0);
    assert.deepEqual(servers.requests, []);
  });

  test("of a key's signature, and a key's of a keyless one, is told with the method that fits", async () => {
    const cwd = await signed(servers);
    const byKey = await assayAtHome([...VERIFY], { cwd });
    assert.equal(byKey.exitCode, 1);
    assert.match(byKey.stdout, /verify it with:\s+assay verify sigstore granite --identity IDENTITY --identity-provider URL\n/);
    await assayAtHome([...SIGN, "--force"], { cwd });
    const keyless = await assayAtHome(verifyWords(servers), { cwd });
    assert.equal(keyless.exitCode, 1);
    assert.match(keyless.stdout, /verify it with: assay verify key granite/);
  });

  test("inspect shows signer, log entry and timestamp, and says that nothing of it is verified", async () => {
    const cwd = await signed(servers);
    const { exitCode, stdout } = await assayAtHome(["inspect", "model.sig"], { cwd });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^\? Nothing is verified here: /);
    assert.match(stdout, /\n {2}claims {6}alice@example\.com, vouched for by /);
    assert.match(stdout, /\n {2}log entry {3}index \d+ of the log \S+, hashedrekord 0\.0\.2 \(not checked\)\n/);
    assert.match(stdout, /\n {2}timestamp {3}[^\n]* UTC \(not checked\)\n/);
  });
});

suite("who signs", () => {
  test("is the CI job's identity with --use-ambient-credentials, in GitHub Actions", async () => {
    const cwd = keylessFolder(servers);
    // The provider's own page gives tokens as GitHub's does: JSON with a value.
    servers.oidc.fail({
      fault: {
        kind: "answer",
        answer: {
          status: 200,
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ value: servers.token("ci@example.com") }),
        },
      },
      path: /^\/ambient/,
    });
    const env = {
      GITHUB_ACTIONS: "true",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${servers.oidc.url}/ambient?x=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
    };
    const argv = ["sign", "granite", "--trust-config", "rekorV2.json", "--use-ambient-credentials"];
    const { exitCode, stderr } = await assayAtHome(argv, { cwd, env });
    assert.equal(exitCode, 0, stderr);
    assert.equal((await assayAtHome(verifyWords(servers, "ci@example.com"), { cwd })).exitCode, 0);
  });

  test("is missing outside of a CI job, which is said with what was looked for", async () => {
    const cwd = keylessFolder(servers);
    const argv = ["sign", "granite", "--trust-config", "rekorV2.json", "--use-ambient-credentials"];
    const { exitCode, stderr } = await assayAtHome(argv, { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /GitHub/);
  });

  test("is the person who logs in with the browser", async () => {
    const cwd = keylessFolder(servers);
    // Plays the browser: opens the address, and follows the provider back to the program that asked.
    const bin = join(cwd, "bin");
    mkdirSync(bin);
    const opener = [
      `#!${process.execPath}`,
      `const { renameSync, writeFileSync } = require("fs");`,
      `const file = ${JSON.stringify(join(cwd, "page.html"))};`,
      `const keep = (page) => (writeFileSync(file + ".part", page), renameSync(file + ".part", file));`,
      `fetch(process.argv[2]).then((answer) => answer.text()).then(keep);`,
    ].join("\n");
    writeFileSync(join(bin, "xdg-open"), opener, { mode: 0o755 });
    const env = { DISPLAY: ":0", PATH: `${bin}:${process.env["PATH"] ?? ""}` };
    const { exitCode, stderr } = await assayAtHome(["sign", "granite", "--trust-config", "rekorV2.json"], { cwd, env });
    assert.equal(exitCode, 0, stderr);
    assert.equal((await assayAtHome(verifyWords(servers), { cwd })).exitCode, 0);
    // The browser writes down the page by itself, perhaps after the command has its token.
    while (!existsSync(join(cwd, "page.html"))) await new Promise((resolve) => setTimeout(resolve, 20));
    const page = readFileSync(join(cwd, "page.html"), "utf8");
    assert.match(page, /<html lang="en"/);
    assert.doesNotMatch(page, /eyJ/);
  });

  test("is missing without a browser and a terminal, which is said with what to do", async () => {
    const cwd = keylessFolder(servers);
    const { exitCode, stderr } = await assayAtHome(["sign", "granite", "--trust-config", "rekorV2.json"], { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /--identity-token/);
  });
});
