import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { newKey } from "../support/x509/make.ts";
import { type FaultPlan, garbage, status } from "../support/sigstore/loopback-server.ts";
import { startServers } from "../support/sigstore/servers.ts";
import { cleanEnvironment, ENTRY, type Ran } from "../support/cli/command.ts";
import { assayAtHome, keylessFolder, OLD, verifyWords } from "../support/cli/keyless-folder.ts";
import { shellCommand } from "../../src/cli/text/shell-quote.ts";
import { effort } from "../support/effort.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

/**
 * Asserts that nothing left this machine for good: beside the identity provider only the log was asked, once, and
 * first, for its checkpoint. No certificate, no timestamp, nothing written to the log.
 */
function assertOnlyLogAskedBefore(place: "the log-in" | "the hashing"): void {
  const [first, ...rest] = servers.requests;
  assert.deepEqual([first?.server, first?.method, first?.url.pathname, first?.body.length], ["rekor-v2", "GET", "/api/v2/checkpoint", 0]);
  assert.deepEqual([...new Set(rest.map(({ server }) => server))], place === "the hashing" ? [] : ["oidc"]);
}

const SIGN = ["sign", "granite", "--trust-config", "rekorV2.json"] as const;

/** A folder whose `xdg-open` hands the address to something that follows it as a browser does, and where that finds it. */
function withBrowser(): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
  const cwd = keylessFolder(servers);
  const bin = join(cwd, "bin");
  mkdirSync(bin);
  const browser = "fetch(process.argv[1]).then((answer) => answer.text(), () => undefined)";
  const opener = `#!/bin/sh
printf %s "$1" > '${join(cwd, "opened")}'
'${process.execPath}' -e '${browser}' "$1" >/dev/null 2>&1 &
`;
  writeFileSync(join(bin, "xdg-open"), opener, { mode: 0o755 });
  return { cwd, env: { DISPLAY: ":0", PATH: `${bin}:${process.env["PATH"] ?? ""}` } };
}

const isLinux = process.platform === "linux";

suite("a log-in by the browser", { skip: !isLinux }, () => {
  test("comes before the certificate, and what stays public comes last", async () => {
    const { cwd, env } = withBrowser();
    const { exitCode, stderr } = await assayAtHome(SIGN, { cwd, env });
    assert.equal(exitCode, 0, stderr);
    const asked = servers.requests.map(({ server, url }) => (server === "oidc" ? `oidc ${url.pathname}` : server));
    assert.deepEqual(asked, [
      "rekor-v2",
      "oidc /.well-known/openid-configuration",
      "oidc /auth",
      "oidc /token",
      "oidc /keys",
      "fulcio",
      "tsa",
      "rekor-v2",
    ]);
    const ofLog = servers.requests.filter(({ server }) => server === "rekor-v2");
    assert.deepEqual(
      ofLog.map(({ method, url }) => `${method} ${url.pathname}`),
      ["GET /api/v2/checkpoint", "POST /api/v2/log/entries"],
    );
    assert.equal((await assayAtHome(verifyWords(servers), { cwd })).exitCode, 0);
  });

  test("is not asked for where the log cannot hold the signature", async () => {
    const { cwd, env } = withBrowser();
    const config = readFileSync(join(cwd, "rekorV2.json"), "utf8");
    const until = new Date(Date.now() - 1000).toISOString();
    const ended = JSON.parse(config, (name, value: unknown) =>
      name === "validFor" ? { ...(value as object), end: until } : value,
    ) as unknown;
    writeFileSync(
      join(cwd, "rekorV2.json"),
      JSON.stringify({ ...(JSON.parse(config) as object), trustedRoot: (ended as { trustedRoot: unknown }).trustedRoot }),
    );
    const { exitCode, stderr } = await assayAtHome(SIGN, { cwd, env });
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /nothing was signed, and nothing is public: the trusted root \S+ trusts it until /);
    assert.ok(!existsSync(join(cwd, "opened")));
    assertOnlyLogAskedBefore("the hashing");
  });

  test("comes after the hashing: no person is asked where that fails", async () => {
    const { cwd, env } = withBrowser();
    symlinkSync("nowhere", join(cwd, "granite", "link"));
    assert.equal((await assayAtHome(SIGN, { cwd, env })).exitCode, 1);
    assert.ok(!existsSync(join(cwd, "opened")));
    assertOnlyLogAskedBefore("the hashing");
  });

  test("shows the address whole, on a line of its own, however narrow the terminal", async () => {
    const { cwd, env } = withBrowser();
    const { stderr } = await assayAtHome(SIGN, { cwd, env: { ...env, COLUMNS: "60" } });
    const opened = readFileSync(join(cwd, "opened"), "utf8");
    assert.ok(stderr.includes(`\n\n  ${opened}\n\n`), stderr);
    assert.equal(new URL(opened).searchParams.get("client_id"), "sigstore");
  });

  test("uses the named issuer, where all services are, as the named client", async () => {
    const { cwd, env } = withBrowser();
    const { fulcio, rekorV2, tsa, oidc } = servers.urls();
    const services = ["--fulcio-url", fulcio, "--rekor-url", rekorV2, "--tsa-url", tsa, "--oidc-issuer", oidc];
    const argv = ["sign", "granite", "--trusted-root", "root.json", "--client-id", "granite-signer", ...services];
    const { exitCode, stderr } = await assayAtHome(argv, { cwd, env });
    // The authority here takes tokens for sigstore alone, and says so.
    assert.match(readFileSync(join(cwd, "opened"), "utf8"), /client_id=granite-signer/);
    assert.equal(exitCode, 1, stderr);
    assert.match(stderr, /the certificate authority \(\S+\) refuses the request, status 400/);
    servers.reset();
    const again = await assayAtHome([...argv.slice(0, 4), ...services], { cwd, env });
    assert.equal(again.exitCode, 0, again.stderr);
  });

  test("that the person refuses is told, and nothing is written", async () => {
    const { cwd, env } = withBrowser();
    servers.misdeeds.oidc = { error: "access_denied" };
    const { exitCode, stderr } = await assayAtHome(SIGN, { cwd, env });
    assert.equal(exitCode, 3);
    assert.match(stderr, /\? Not signed: .*access_denied/);
    assert.ok(!existsSync(join(cwd, "model.sig")));
    assertOnlyLogAskedBefore("the log-in");
  });
});

suite("nothing is signed where the identity provider", { skip: !isLinux }, () => {
  const PATHS = { discovery: /openid-configuration$/, token: /^\/token$/, keys: /^\/keys$/ };
  const faults: readonly (readonly [string, FaultPlan, number, RegExp])[] = [
    ["answers garbage", garbage(), 3, /the answer of the identity provider is refused/],
    ["answers something other than HTTP", { fault: { kind: "noise" } }, 3, /is not HTTP/],
    ["answers without end", { fault: { kind: "endless" } }, 3, /the most that is read/],
    ["leads elsewhere", status(302, undefined, { location: "https://x.example.com/" }), 3, /redirects are not followed/],
    ["refuses", status(404), 1, /refuses the request, status 404/],
    ["is overloaded for good", status(503, undefined, { "retry-after": "99999" }), 3, /an error of its own, status 503/],
    ["never answers", { fault: { kind: "silence" } }, 3, /no answer within 2s/],
  ];
  const paths = Object.values(PATHS);
  for (const [index, [what, plan, exitCode, words]] of faults.entries()) {
    test(`${what}, for whatever it was asked`, async () => {
      for (const path of effort([paths[index % paths.length]!], paths)) {
        const { cwd, env } = withBrowser();
        writeFileSync(join(cwd, "model.sig"), OLD);
        servers.reset();
        servers.oidc.fail({ ...plan, path });
        const ran = await assayAtHome([...SIGN, "--timeout", plan.fault.kind === "silence" ? "2s" : "60s"], { cwd, env });
        assert.equal(ran.exitCode, exitCode, ran.stderr);
        assert.match(ran.stderr, words);
        assert.equal(readFileSync(join(cwd, "model.sig"), "utf8"), OLD);
        assertOnlyLogAskedBefore("the log-in");
      }
    });
  }

  const lies: readonly (readonly [string, typeof servers.misdeeds.oidc, number, RegExp])[] = [
    ["is another than the one asked", { discovery: (good) => ({ ...good, issuer: "https://evil.example.com" }) }, 3, /another issuer/],
    ["gives a token of another log-in", { nonce: () => "x" }, 3, /another log-in/],
    ["gives a token whose key is not published", { token: { key: newKey(2048) } }, 3, /signature is wrong/],
    ["gives a token that has expired", { token: { lifetimeSeconds: -100 } }, 1, /not valid now/],
    [
      "has not verified the address",
      { token: { claims: { email_verified: false } } },
      1,
      /not verified the e-mail address alice@example\.com/,
    ],
  ];
  for (const [what, misdeed, exitCode, words] of lies) {
    test(what, async () => {
      const { cwd, env } = withBrowser();
      servers.misdeeds.oidc = misdeed;
      const ran = await assayAtHome(SIGN, { cwd, env });
      assert.equal(ran.exitCode, exitCode, ran.stderr);
      assert.match(ran.stderr, words);
      assert.ok(!existsSync(join(cwd, "model.sig")));
      assertOnlyLogAskedBefore("the log-in");
    });
  }
});

test("who cannot log in anywhere is told so before the model is hashed", async () => {
  const cwd = keylessFolder(servers);
  // What hashing would stumble over.
  symlinkSync("nowhere", join(cwd, "granite", "link"));
  const withoutIdentity = await assayAtHome(SIGN, { cwd });
  assert.equal(withoutIdentity.exitCode, 2, withoutIdentity.stderr);
  assert.match(withoutIdentity.stderr, /no identity to sign as: no token, no browser/);
  const nothing = await assayAtHome([...SIGN, "--use-ambient-credentials"], { cwd });
  assert.equal(nothing.exitCode, 2, nothing.stderr);
  assert.match(nothing.stderr, /looked for GitHub Actions \(GITHUB_ACTIONS\); GitLab \(.*; Google Cloud \(.*; Buildkite .*; CircleCI /);
  const forbidden = await assayAtHome([...SIGN, "--use-ambient-credentials"], { cwd, env: { GITHUB_ACTIONS: "true" } });
  assert.equal(forbidden.exitCode, 2, forbidden.stderr);
  assert.match(forbidden.stderr, /permissions: id-token: write/);
  assert.deepEqual(servers.requests, []);
});

const hasTerminal = isLinux && spawnSync("script", ["--version"]).status === 0;

suite("a log-in by a code", { skip: hasTerminal ? false : "a terminal for it is made by util-linux' script, which is not here" }, () => {
  /** Runs the command on a terminal of its own, and types what `answer` says to the address that it shows. */
  function onTerminal(cwd: string, argv: readonly string[], answer: (address: string) => Promise<string>): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const command = shellCommand([process.execPath, ENTRY, ...argv]);
      const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
        cwd,
        env: cleanEnvironment({ HOME: cwd, XDG_CACHE_HOME: join(cwd, ".cache"), TERM: "dumb", SHELL: "/bin/sh", NO_COLOR: "1" }),
        stdio: ["pipe", "pipe", "inherit"],
      });
      let shown = "";
      let isTyped = false;
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        shown += text;
        const address = /\r\n\r\n {2}(http\S+)\r\n/.exec(shown)?.[1];
        if (isTyped || address === undefined || !shown.includes("Code that the browser shows: ")) return;
        isTyped = true;
        answer(address).then((typed) => child.stdin.write(typed), reject);
      });
      child.on("error", reject);
      child.on("close", (exitCode) => resolve({ exitCode, stdout: shown.replaceAll("\r\n", "\n"), stderr: "" }));
    });
  }

  const readCode = async (address: string): Promise<string> => {
    const page = await (await fetch(address)).text();
    return /<code>(\w+)<\/code>/.exec(page)?.[1] ?? assert.fail(page);
  };

  test("signs as the person who typed it, and does not show it", async () => {
    const cwd = keylessFolder(servers);
    let code = "";
    const argv = [...SIGN, "--oauth-force-oob"];
    const { exitCode, stdout } = await onTerminal(cwd, argv, async (address) => `${(code = await readCode(address))}\r`);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /Open this address in a browser, on any machine, and log in:/);
    assert.match(stdout, /✔ Signed: all 2 files of granite/);
    assert.ok(code.length > 20 && !stdout.includes(code), stdout);
    assert.equal((await assayAtHome(verifyWords(servers), { cwd })).exitCode, 0);
  });

  test("is what is left where no browser can be opened", async () => {
    const cwd = keylessFolder(servers);
    const { exitCode, stdout } = await onTerminal(cwd, SIGN, async (address) => `${await readCode(address)}\r`);
    assert.equal(exitCode, 0, stdout);
  });

  for (const [what, typed, exitCode, words] of [
    ["that is wrong", "0123456789abcdef0123456789abcdef\r", 1, /✘ Not signed: /],
    ["that is malformed", "a b\r", 3, /\? Not signed: what was given is not a code of an identity provider/],
    ["that is left out", "\r", 3, /\? Not signed: no code was given/],
    ["for which Ctrl-C is pressed", "\u0003", 130, /\? Stopped: /],
  ] as const) {
    test(`${what} signs nothing, with exit code ${exitCode}`, async () => {
      const cwd = keylessFolder(servers);
      const ran = await onTerminal(cwd, [...SIGN, "--oauth-force-oob"], () => Promise.resolve(typed));
      assert.equal(ran.exitCode, exitCode, ran.stdout);
      assert.match(ran.stdout, words);
      assert.ok(!existsSync(join(cwd, "model.sig")));
      assertOnlyLogAskedBefore("the log-in");
    });
  }
});
