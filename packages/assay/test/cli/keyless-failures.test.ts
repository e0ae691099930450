import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { flipped } from "../support/sigstore/keyless.ts";
import { newKey } from "../support/x509/make.ts";
import { garbage, type FaultPlan, status } from "../support/sigstore/loopback-server.ts";
import { startServers, type SigstoreServers } from "../support/sigstore/servers.ts";
import { cleanEnvironment, ENTRY } from "../support/cli/command.ts";
import { assayAtHome, keylessFolder, type Log, OLD, signWords, verifyWords } from "../support/cli/keyless-folder.ts";
import { effort } from "../support/effort.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

/** Longer pieces of a secret than this help an attacker. */
const WINDOW = 20;

interface Failure {
  readonly log?: Log;
  readonly token?: string;
  readonly options?: readonly string[];
}

/**
 * Signs where it must fail: with the exit code and the words given. Nothing but the older signature is
 * there afterwards, as it was, and no output shows a piece of the token: in text with stack traces, or in JSON.
 */
async function fails(
  exitCode: number,
  words: RegExp,
  { log = "rekorV2", token = servers.token(), options = [] }: Failure = {},
): Promise<void> {
  const cwd = keylessFolder(servers);
  writeFileSync(join(cwd, "model.sig"), OLD);
  const before = readdirSync(cwd).sort();
  const argv = [...signWords(log, token), "--timeout", "30s", ...options];
  const text = await assayAtHome([...argv, "--log-level", "debug"], { cwd });
  assert.equal(text.exitCode, exitCode, text.stdout + text.stderr);
  assert.match(text.stderr, words);
  assert.deepEqual(
    readdirSync(cwd)
      .filter((name) => name !== ".cache")
      .sort(),
    before,
  );
  assert.equal(readFileSync(join(cwd, "model.sig"), "utf8"), OLD);
  const printed = text.stdout + text.stderr;
  for (let at = 0; at + WINDOW <= token.length; at++)
    assert.ok(!printed.includes(token.slice(at, at + WINDOW)), "a piece of the token was printed");
}

/** Failures on the wire, whichever server it is. */
const WIRE: readonly (readonly [string, FaultPlan, number, RegExp])[] = [
  ["answers garbage", garbage(), 3, /Not signed: /],
  ["answers something other than HTTP", { fault: { kind: "noise" } }, 3, /not HTTP/],
  ["answers without end", { fault: { kind: "endless" } }, 3, /larger|too large|MiB|bytes/],
  ["leads elsewhere", status(302, undefined, { location: "http://127.0.0.1:1/" }), 3, /redirect|elsewhere|leads/],
  ["refuses", status(400), 1, /status 400/],
  ["refuses who asks", status(403), 1, /status 403|403/],
  // A server that asks for a longer wait than allowed gets no further request.
  ["is overloaded for good", status(503, undefined, { "retry-after": "99999" }), 3, /answers with an error of its own, status 503/],
];

/** Where something is asked for that may be public afterwards. */
const WRITING = /entries$|timestamp$|signingCert$/;

const SERVERS = ["fulcio", "tsa", "rekorV1", "rekorV2"] as const satisfies readonly (keyof SigstoreServers)[];

/** In a sample, every second case with each server, so that each case is tried with two. */
function everySecond<Case>(cases: readonly Case[], name: (typeof SERVERS)[number]): readonly Case[] {
  const sample = cases.filter((_, index) => index % 2 === SERVERS.indexOf(name) % 2);
  return effort(sample, cases);
}

/** Each costs the time that the command allows: in a sample, one before anything is public and one after. */
const NEVER_ANSWERING = new Set(effort<readonly (typeof SERVERS)[number][]>(["fulcio", "rekorV2"], SERVERS));

/** What is public by then, and said. */
const PUBLIC: Readonly<Record<(typeof SERVERS)[number], RegExp>> = {
  fulcio: /^(?!.*was issued)/s,
  tsa: /the signature is in no log; a certificate that names alice@example\.com was issued/,
  rekorV1: /a certificate that names alice@example\.com was issued/,
  rekorV2: /a certificate that names alice@example\.com was issued/,
};

suite("nothing is written where a server", () => {
  for (const name of SERVERS) {
    const log = name === "rekorV1" ? "rekorV1" : "rekorV2";
    for (const [what, plan, exitCode, words] of everySecond(WIRE, name)) {
      test(`${name} ${what}`, async () => {
        servers[name].fail({ ...plan, path: WRITING });
        const said = new RegExp(`(?=[\\s\\S]*(?:${words.source}))(?=[\\s\\S]*(?:${PUBLIC[name].source.replace("^", "")}))`);
        await fails(exitCode, name === "fulcio" ? words : said, { log });
      });
    }

    if (NEVER_ANSWERING.has(name))
      test(`${name} never answers, when the time is over`, async () => {
        servers[name].fail({ fault: { kind: "silence" }, path: WRITING });
        const doubt = name.startsWith("rekor")
          ? "; whether \\S+ took the signature is not known"
          : name === "fulcio"
            ? "; it is not known whether a certificate that names alice@example\\.com was issued[^;]*"
            : "";
        const issued = name === "fulcio" ? "" : ".*; a certificate that names alice@example\\.com was issued.*";
        const words = new RegExp(
          `no answer within 2s \\(--timeout\\): stopped while the .* was asked${doubt}${issued}; nothing was written`,
          "s",
        );
        await fails(3, words, { log, options: ["--timeout", "2s"] });
      });
  }

  test("cuts every connection, however often it is asked", async () => {
    servers.rekorV2.fail({ fault: { kind: "reset" }, path: WRITING });
    await fails(3, /could not be reached: the connection broke off.*; whether \S+ took the signature is not known; a certificate/);
    assert.equal(servers.requests.filter(({ server, method }) => server === "rekor-v2" && method === "POST").length, 4);
  });

  test("is asked once where it refuses", async () => {
    servers.fulcio.fail(status(400));
    await fails(1, /status 400/);
    assert.deepEqual(
      servers.requests.filter(({ method }) => method === "POST").map(({ server }) => server),
      ["fulcio"],
    );
  });

  test("gives a certificate for another key", async () => {
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, key: newKey("P-256") }) };
    await fails(3, /for another key than the one that was sent/);
  });

  test("gives another identity's certificate", async () => {
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, identity: { email: "mallory@example.com" } }) };
    await fails(3, /it names another identity than the identity token, alice@example\.com/);
  });

  test("stamps another signature", async () => {
    servers.misdeeds.tsa = { tamperImprint: (digest) => flipped(digest) };
    await fails(3, /timestamp/);
  });

  for (const log of ["rekorV1", "rekorV2"] as const) {
    test(`${log} logs something else`, async () => {
      servers.misdeeds[log] = { logged: (thing) => ({ ...thing, signature: flipped(thing.signature, -1) }) };
      await fails(3, /for other data than was sent/, { log });
    });

    test(`${log} gives a proof that does not verify`, async () => {
      servers.misdeeds[log] = { tamperProof: (proof) => ({ ...proof, rootHash: Buffer.alloc(32, 7).toString("base64") }) };
      await fails(3, /does not hold|different trees/, { log });
    });

    test(`${log} signs its checkpoint with another key, which only the trusted root shows`, async () => {
      servers.misdeeds[log] = { checkpointKey: newKey(log === "rekorV1" ? "P-256" : "Ed25519") };
      // What a log of version 2 shows for reading tells before anything is public.
      const late = /carries no signature of the log.*the signature is in the transparency log already, under the index \d+/;
      await fails(log === "rekorV1" ? 1 : 2, log === "rekorV1" ? late : /nothing was signed, and nothing is public/, { log });
    });
  }

  test("gives a malformed signed entry timestamp", async () => {
    servers.misdeeds.rekorV1 = { tamperSet: (signature) => flipped(signature, -1) };
    await fails(1, /signed entry timestamp does not hold/, { log: "rekorV1" });
  });
});

suite("a token is refused before any server hears of it", () => {
  const cases: readonly (readonly [string, () => string, RegExp])[] = [
    ["that has expired", () => servers.token("alice@example.com", { lifetimeSeconds: -10 }), /the identity token expired at /],
    ["for another audience", () => servers.token("alice@example.com", { claims: { aud: "another" } }), /expected "sigstore"/],
    [
      "whose e-mail address is not verified",
      () => servers.token("alice@example.com", { claims: { email_verified: false } }),
      /not verified/,
    ],
    ["that is malformed", () => "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ", /token/],
  ];
  for (const [what, token, words] of cases) {
    test(what, async () => {
      await fails(1, words, { token: token() });
      assert.deepEqual(servers.requests, []);
    });
  }
});

suite("a signature is made all the same where a server", () => {
  for (const name of SERVERS) {
    for (const [what, plan] of everySecond<readonly [string, FaultPlan]>(
      [
        ["is overloaded once", status(503, 1)],
        ["asks for patience once", status(429, 1, { "retry-after": "0" })],
        ["cuts the connection once", { fault: { kind: "reset" }, times: 1 }],
      ],
      name,
    )) {
      test(`${name} ${what}`, async () => {
        servers[name].fail({ ...plan, path: WRITING });
        const cwd = keylessFolder(servers);
        const { exitCode, stderr } = await assayAtHome(signWords(name === "rekorV1" ? "rekorV1" : "rekorV2", servers.token()), { cwd });
        assert.equal(exitCode, 0, stderr);
        assert.equal((await assayAtHome(verifyWords(servers), { cwd })).exitCode, 0);
      });
    }
  }
});

suite("an entry that the log took although its answer was lost", () => {
  for (const log of ["rekorV1", "rekorV2"] as const) {
    test(`${log}: is the signature's, and not made twice`, async () => {
      const cwd = keylessFolder(servers);
      servers[log].fail({ fault: { kind: "change", change: () => ({ status: 502 }) }, times: 1, path: /entries$/ });
      const before = servers.instance[log].log.entries.length;
      const { exitCode, stderr } = await assayAtHome(signWords(log, servers.token()), { cwd });
      assert.equal(exitCode, 0, stderr);
      // The log puts another signer's entry behind each.
      assert.equal(servers.instance[log].log.entries.length, before + 2);
      assert.equal((await assayAtHome(verifyWords(servers), { cwd })).exitCode, 0);
    });
  }
});

test("Ctrl-C while the log is waited for leaves nothing", { skip: process.platform === "win32" }, async () => {
  const cwd = keylessFolder(servers);
  const before = readdirSync(cwd).sort();
  servers.rekorV2.fail({ fault: { kind: "silence" }, path: WRITING });
  const child = spawn(process.execPath, [ENTRY, ...signWords("rekorV2", servers.token())], {
    cwd,
    env: cleanEnvironment({ HOME: cwd }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  while (!servers.requests.some(({ server, method }) => server === "rekor-v2" && method === "POST"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  const [exitCode] = (await once(child, "close")) as [number];
  assert.equal(exitCode, 130, output);
  assert.match(
    output,
    /^\? Stopped: interrupted while the transparency log \(\S+\) was asked; whether \S+ took the signature is not known; /,
  );
  assert.match(output.replaceAll(/\s+/g, " "), /; a certificate that names alice@example\.com was issued.*; nothing was written $/);
  assert.deepEqual(readdirSync(cwd).sort(), before);
});
