import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { type Answer, type FaultPlan, json } from "../support/sigstore/loopback-server.ts";
import { startServers } from "../support/sigstore/servers.ts";
import { newKey } from "../support/x509/make.ts";
import type { Ran } from "../support/cli/command.ts";
import { assayAtHome, keylessFolder } from "../support/cli/keyless-folder.ts";
import { effort } from "../support/effort.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

/** Longer pieces of a secret than this help an attacker; shorter secrets must not appear at all. */
const WINDOW = 20;
/** No retry comes of it. */
const NO_PATIENCE = { "retry-after": "99999" };

/** How everything that can be printed is asked for. */
const WAYS: readonly (readonly string[])[] = [
  ["--log-level", "debug", "--verbose"],
  ["--json", "--log-level", "debug"],
  ["--log-format", "json", "--log-level", "debug"],
];

interface Run {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Before every run: what the servers do, given what will be said. */
  readonly prepare?: () => void;
  /** After a run: what must not have been shown; beside what `secrets` has. */
  readonly sent?: () => readonly string[];
  readonly secrets: readonly string[];
  readonly exitCode: number | readonly number[];
  /** In which ways of printing; by default in each by turns, or in all. */
  readonly ways?: typeof WAYS;
}

/** Runs it in every way of printing, and looks for every secret, in the ways in which secrets travel. */
async function keepsQuiet(cwd: string, { argv, env = {}, prepare, sent, secrets, exitCode, ways = nextWays() }: Run): Promise<void> {
  for (const way of ways) {
    servers.reset();
    prepare?.();
    const ran = await assayAtHome([...argv, ...way], { cwd, env });
    assert.ok([exitCode].flat().includes(ran.exitCode ?? -1), `${ran.exitCode}: ${ran.stdout}${ran.stderr}`);
    for (const secret of [...secrets, ...(sent?.() ?? [])]) checkHidden(ran, secret);
  }
}

let turn = 0;

function nextWays(): typeof WAYS {
  return effort([WAYS[turn++ % WAYS.length]!], WAYS);
}

function checkHidden({ stdout, stderr }: Ran, secret: string): void {
  assert.ok(secret.length >= 8, `a secret that a test can look for, not ${JSON.stringify(secret)}`);
  // A program may wrap, quote and escape what it prints.
  const texts = [stdout + stderr, (stdout + stderr).replaceAll(/\s+/g, "")];
  for (const spelling of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")]) {
    const size = Math.min(WINDOW, spelling.length);
    for (let at = 0; at + size <= spelling.length; at++) {
      const piece = spelling.slice(at, at + size);
      for (const text of texts) assert.ok(!text.includes(piece), `${piece} was printed:\n${stdout}${stderr}`);
    }
  }
}

const SIGN = ["sign", "sigstore", "granite", "--trust-config"] as const;

/** The last request that a server got, as it was sent. */
function lastBody(server: string): string {
  return servers.requests.findLast((request) => request.server === server)?.body.toString() ?? "";
}

const echo = (change: (sent: string) => Answer, server: string): FaultPlan => ({
  fault: { kind: "change", change: () => change(lastBody(server)) },
});

/** Ways of a server to say back what it was told. */
const ECHOES: Readonly<Record<string, (sent: string) => Answer>> = {
  "as the reason of a refusal": (sent) => json(400, { code: 3, message: sent }),
  "as an error of OAuth": (sent) => json(401, { error: "invalid_token", error_description: sent }),
  "as an error of its own": (sent) => json(500, { message: sent }, NO_PATIENCE),
  "as text": (sent) => ({ status: 403, body: sent }),
  "as a place to go to": (sent) => ({ status: 302, headers: { location: `https://x.example.com/?t=${encodeURIComponent(sent)}` } }),
  "as its answer": (sent) => ({ status: 200, body: sent }),
  "as a key, twice": (sent) => ({ status: 201, body: `{${JSON.stringify(sent)}:1,${JSON.stringify(sent)}:2}` }),
  "in lines": (sent) => json(400, { message: (sent.match(/.{1,37}/gsu) ?? []).join("\n") }),
};

suite("an identity token is not printed", () => {
  for (const [how, answer] of Object.entries(ECHOES)) {
    test(`where the certificate authority sends it back ${how}`, async () => {
      const token = servers.token();
      const prepare = (): void => servers.fulcio.fail(echo(answer, "fulcio"));
      const argv = [...SIGN, "rekorV2.json"];
      await keepsQuiet(keylessFolder(servers), {
        argv,
        env: { SIGSTORE_ID_TOKEN: token },
        prepare,
        secrets: [token],
        exitCode: [1, 3],
      });
    });
  }

  test("where services send it back that never got it", async () => {
    const token = servers.token();
    for (const [name, log] of [
      ["tsa", "rekorV2"],
      ["rekorV2", "rekorV2"],
      ["rekorV1", "rekorV1"],
    ] as const) {
      for (const answer of [json(400, { message: token }), json(503, { message: token }, NO_PATIENCE)]) {
        const prepare = (): void => servers[name].fail({ fault: { kind: "answer", answer }, path: /entries$|timestamp$/ });
        const argv = [...SIGN, `${log}.json`, "--identity-token", token];
        await keepsQuiet(keylessFolder(servers), { argv, prepare, secrets: [token], exitCode: [1, 3] });
      }
    }
  });

  test("where a certificate is for another identity, or carries it", async () => {
    const token = servers.token();
    const misdeeds: readonly (typeof servers.misdeeds.fulcio)[] = [
      { leaf: (request) => ({ ...request, key: newKey("P-256") }) },
      { leaf: (request) => ({ ...request, identity: { uri: `https://x.example.com/${token}` } }) },
      { leaf: (request) => ({ ...request, issuerExtensions: { v1: token } }) },
      { chain: () => [`-----BEGIN ${token}-----`] },
    ];
    for (const misdeed of misdeeds) {
      const prepare = (): void => void (servers.misdeeds.fulcio = misdeed);
      const argv = [...SIGN, "rekorV2.json", "--identity-token", token];
      await keepsQuiet(keylessFolder(servers), { argv, prepare, secrets: [token], exitCode: 3 });
    }
  });

  test("where it is refused here", async () => {
    const tokens = [
      servers.token("alice@example.com", { lifetimeSeconds: -10 }),
      servers.token("alice@example.com", { claims: { aud: "another" } }),
      servers.token("alice@example.com", { claims: { email_verified: false } }),
      servers.token("alice@example.com", { claims: { iss: 7 } }),
      `${servers.token()}.one-part-too-many`,
      servers.token().replaceAll(".", ""),
      servers.token().replace(".", ".=broken"),
    ];
    for (const token of tokens) {
      const argv = [...SIGN, "rekorV2.json", "--identity-token", token];
      await keepsQuiet(keylessFolder(servers), { argv, secrets: [token], exitCode: 1 });
    }
  });

  test("where the command line around it is wrong", async () => {
    const token = servers.token();
    for (const argv of [
      ["sign", "sigstore", "granite", token],
      ["sign", "sigstore", token, "--trust-config", "rekorV2.json"],
      ["sign", token, "--trust-config", "rekorV2.json"],
      ["verify", token, "--trust-config", "rekorV2.json"],
      ["sign", "sigstore", "granite", "--identity-tokn", token],
      ["sign", "sigstore", "granite", `--identity-tokn=${token}`],
      ["sign", "sigstore", "granite", "--timeout", token],
      ["sign", "key", "granite", "--private-key", "key.pem", "--identity-token", token],
      [token],
    ]) {
      await keepsQuiet(keylessFolder(servers), { argv, secrets: [token], exitCode: [2, 3] });
    }
  });

  test("where all succeeds", async () => {
    const token = servers.token();
    const cwd = keylessFolder(servers);
    await keepsQuiet(cwd, { argv: [...SIGN, "rekorV2.json", "--identity-token", token], secrets: [token], exitCode: 0 });
  });

  test("where it comes from the CI system, and neither is what that gave it for", async () => {
    const token = servers.token("ci@example.com");
    const bearer = "bearer-of-the-job-4c1d8a7e9b2f";
    const env = {
      GITHUB_ACTIONS: "true",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${servers.oidc.url}/ambient?secret=query-of-the-job-77aa`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer,
    };
    const answers: readonly (readonly [Answer, number])[] = [
      [json(200, { value: token }), 0],
      [json(200, { value: `${token}x.y` }), 1],
      [json(200, { token }), 3],
      [json(403, { message: `no: ${bearer} for ${token}` }), 1],
      [json(500, { message: `no: ${bearer} for ${token}` }, NO_PATIENCE), 3],
      [{ status: 302, headers: { location: `${servers.oidc.url}/?bearer=${bearer}` } }, 3],
    ];
    for (const [answer, exitCode] of answers) {
      const prepare = (): void => servers.oidc.fail({ fault: { kind: "answer", answer }, path: /^\/ambient/ });
      const argv = [...SIGN, "rekorV2.json", "--use-ambient-credentials"];
      const secrets = [token, bearer, "query-of-the-job-77aa"];
      await keepsQuiet(keylessFolder(servers), { argv, env, prepare, secrets, exitCode });
    }
  });
});

suite("nothing of a log-in is printed", () => {
  const CLIENT_SECRET = "client secret of/the+client=";

  /** A folder whose `xdg-open` plays the browser, and the environment in which it is found. */
  function browsing(): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
    const cwd = keylessFolder(servers);
    const bin = join(cwd, "bin");
    mkdirSync(bin);
    // As a desktop does it: the opener hands the address on, and is done.
    const browser = "fetch(process.argv[1]).then((answer) => answer.text(), () => undefined)";
    const script = `#!/bin/sh\n'${process.execPath}' -e '${browser}' "$1" >/dev/null 2>&1 &\n`;
    writeFileSync(join(bin, "xdg-open"), script, { mode: 0o755 });
    return { cwd, env: { DISPLAY: ":0", PATH: `${bin}:${process.env["PATH"] ?? ""}` } };
  }

  /** The code and the verifier of the last log-in, and the token that it ended with. */
  const tokens: string[] = [];
  function sent(): string[] {
    const form = new URLSearchParams(lastBody("oidc"));
    return [form.get("code"), form.get("code_verifier"), ...tokens].filter((secret) => secret !== null && secret !== "") as string[];
  }

  const noting = (answer: Record<string, unknown>): Record<string, unknown> => {
    tokens.push(String(answer["id_token"]), String(answer["access_token"]));
    return answer;
  };

  const failures: Readonly<Record<string, readonly [() => void, readonly number[]]>> = {
    "that succeeds, for the secret was taken": [() => (servers.misdeeds.oidc = { clientSecret: CLIENT_SECRET, tokenAnswer: noting }), [0]],
    "whose token is for another log-in": [() => (servers.misdeeds.oidc = { nonce: () => "another", tokenAnswer: noting }), [1, 3]],
    "whose token has expired": [() => (servers.misdeeds.oidc = { token: { lifetimeSeconds: -10 }, tokenAnswer: noting }), [1, 3]],
    "whose token is for another client": [() => (servers.misdeeds.oidc = { token: { claims: { aud: "x" } }, tokenAnswer: noting }), [1, 3]],
    "whose token's key is not published": [
      () => (servers.misdeeds.oidc = { token: { key: newKey(2048) }, tokenAnswer: noting }),
      [0, 1, 3],
    ],
    "whose answer holds the token elsewhere": [
      () => (servers.misdeeds.oidc = { tokenAnswer: (answer) => ({ other: noting(answer)["id_token"] }) }),
      [3],
    ],
    "that the person refuses": [() => (servers.misdeeds.oidc = { error: "access_denied" }), [1, 3]],
    "whose secret the provider does not take": [() => (servers.misdeeds.oidc = { clientSecret: "another secret" }), [1, 3]],
  };
  for (const [what, [prepare, exitCode]] of Object.entries(failures)) {
    test(what, async () => {
      const { cwd, env } = browsing();
      for (const [options, secretly] of [
        [["--client-secret", CLIENT_SECRET], {}],
        [[], { ASSAY_CLIENT_SECRET: CLIENT_SECRET }],
      ] as const) {
        tokens.length = 0;
        const argv = [...SIGN, "rekorV2.json", ...options];
        await keepsQuiet(cwd, { argv, env: { ...env, ...secretly }, prepare, sent, secrets: [CLIENT_SECRET], exitCode });
      }
    });
  }

  for (const [how, answer] of Object.entries(ECHOES)) {
    test(`that the provider answers by what it was sent, ${how}`, async () => {
      const { cwd, env } = browsing();
      const argv = [...SIGN, "rekorV2.json", "--client-secret", CLIENT_SECRET];
      const prepare = (): void => servers.oidc.fail({ ...echo(answer, "oidc"), path: /^\/token/ });
      await keepsQuiet(cwd, { argv, env, prepare, sent, secrets: [CLIENT_SECRET], exitCode: [1, 3] });
    });
  }
});

suite("no password, PIN or token of a key is printed", () => {
  const PASSWORD = "correct-horse-battery-staple";

  test("a key's password, wrong or right", async () => {
    const cwd = keylessFolder(servers);
    const { privateKey } = generateKeyPairSync("ec", {
      namedCurve: "P-256",
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSWORD },
    });
    writeFileSync(join(cwd, "locked.pem"), privateKey, { mode: 0o600 });
    writeFileSync(join(cwd, "broken.pem"), privateKey.replace(/\n[\w+/=]{20}/, "\n????"), { mode: 0o600 });
    const wrong = "wrong-horse-battery-staple";
    for (const [key, password, exitCode] of [
      ["locked.pem", PASSWORD, 0],
      ["locked.pem", wrong, 2],
      ["broken.pem", PASSWORD, 2],
      ["key.pub", PASSWORD, 2],
      ["nowhere.pem", PASSWORD, 2],
    ] as const) {
      const argv = ["sign", "key", "granite", "--private-key", key];
      await keepsQuiet(cwd, { argv: [...argv, "--password", password], secrets: [password], exitCode });
      await keepsQuiet(cwd, { argv, env: { ASSAY_KEY_PASSWORD: password }, secrets: [password], exitCode });
    }
  });

  test("a private key's own bytes", async () => {
    const cwd = keylessFolder(servers);
    const pem = newKey("P-256").export({ type: "pkcs8", format: "pem" }).toString();
    const body = pem.split("\n").slice(1, -2).join("");
    const damaged = [pem.replace("BEGIN PRIVATE", "BEGIN PUBLIC"), pem.replace(/.{20}\n-----END/, "\n-----END"), body, pem.slice(0, 90)];
    for (const text of damaged) {
      writeFileSync(join(cwd, "damaged.pem"), text, { mode: 0o600 });
      for (const argv of [
        ["sign", "key", "granite", "--private-key", "damaged.pem"],
        ["verify", "key", "granite", "--public-key", "damaged.pem", "--signature", "key.pub"],
      ]) {
        await keepsQuiet(cwd, { argv, secrets: [body.slice(4)], exitCode: [1, 2, 3] });
      }
    }
  });

  test("a token's PIN, wherever it was given, when the token cannot be used", async () => {
    const cwd = keylessFolder(servers);
    const pin = "2468-token-pin";
    writeFileSync(join(cwd, "pin"), pin);
    const missing = ["--module-path", join(cwd, "no-such-module.so")];
    for (const [uri, ...options] of [
      [`pkcs11:token=models;object=release?pin-value=${pin}`],
      [`pkcs11:token=models;object=release?pin-value=${pin}`, ...missing],
      [`pkcs11:token=models;object=release?pin-value=${pin}&pin-source=pin`, ...missing],
      [`pkcs11:token=models;object=release?pin-source=${join(cwd, "pin")}`, ...missing],
      [`pkcs11:token=models;;object?pin-value=${pin}`],
      [`pkcs11:token=models;object=release?pin-vlaue=${pin}&module-path=${join(cwd, "key.pub")}`],
      [`pkcs11:token=models;object=release?pin-value=${pin}%zz`],
      [`pkcs11:pin-value=${pin}`],
    ] as const) {
      for (const argv of [
        ["sign", "pkcs11-key", "granite", "--pkcs11-uri", uri, ...options],
        ["sign", "key", "granite", "--key-uri", uri, ...options],
      ]) {
        await keepsQuiet(cwd, { argv, env: { ASSAY_PKCS11_PIN: pin }, secrets: [pin], exitCode: [1, 2, 3] });
      }
    }
  });

  test("a Vault's token, which it sends back", async () => {
    const token = "s.TestTokenThatMustNeverBeSeen0123456789";
    let answer: (sent: string) => Answer = () => json(403, { errors: ["permission denied"] });
    const vault = createServer((request, response) => {
      const { status: code, headers = {}, body = "" } = answer(String(request.headers["x-vault-token"]));
      response.writeHead(code, headers).end(body);
    });
    await new Promise<void>((resolve) => vault.listen(0, "127.0.0.1", resolve));
    after(() => vault.close());
    const env = { VAULT_ADDR: `http://127.0.0.1:${(vault.address() as AddressInfo).port}`, VAULT_TOKEN: token };
    const argv = ["sign", "key", "granite", "--key-uri", "hashivault://release"];
    const cwd = keylessFolder(servers);
    for (const change of [...Object.values(ECHOES), (sent: string): Answer => json(404, { errors: [sent, sent] })]) {
      answer = change;
      await keepsQuiet(cwd, { argv, env, secrets: [token], exitCode: [1, 3] });
    }
    for (const address of ["http://127.0.0.1:1", `http://user:${token}@127.0.0.1:1/?x=${token}`]) {
      const ways = WAYS.slice(0, 1);
      await keepsQuiet(cwd, { argv, env: { ...env, VAULT_ADDR: address }, secrets: [token], exitCode: [2, 3], ways });
    }
  });
});

test("the search finds what is hidden in any of the ways it looks for", () => {
  const secret = createHash("sha256").update("x").digest("base64url");
  for (const printed of [
    secret,
    `a ${secret.slice(3, 30)} b`,
    `${secret.slice(0, 12)}\n  ${secret.slice(12)}`,
    Buffer.from(secret).toString("base64"),
  ]) {
    assert.throws(() => checkHidden({ exitCode: 0, stdout: "", stderr: printed }, secret), /was printed/);
  }
  checkHidden({ exitCode: 0, stdout: secret.slice(0, WINDOW - 1), stderr: "" }, secret);
});
