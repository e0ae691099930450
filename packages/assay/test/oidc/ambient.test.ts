import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { after, suite, test } from "node:test";
import { type HttpClient, httpClient } from "../../src/network/http.ts";
import { commandRunner } from "../../src/oidc/ambient/command.ts";
import { type AmbientSystem, ambientToken } from "../../src/oidc/ambient.ts";
import { ambientSource } from "../../src/oidc/identity-source.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { listen, type Loopback, type Seen } from "../support/oidc/loopback.ts";
import { json } from "../support/oidc/provider.ts";
import { NOW, tokenWith } from "../support/oidc/tokens.ts";

const TOKEN = tokenWith({});
/** What these tests start would run for ten minutes where nothing ended it. */
const HANGS_ELSE = { timeout: 20_000 };
const BEARER = "runner-bearer-0123456789";

const servers: Loopback[] = [];
after(async () => {
  for (const server of servers) await server.close();
});

async function serve(answer: Parameters<typeof listen>[0]): Promise<Loopback> {
  const server = await listen(answer);
  servers.push(server);
  return server;
}

const forbidden: HttpClient = {
  request: ({ url }) => assert.fail(`no request is expected: ${url}`),
};

function system(environment: Record<string, string>, overrides: Partial<AmbientSystem> = {}): AmbientSystem {
  return {
    environment,
    http: httpClient({ environment: {}, timeoutMs: 2000 }),
    directHttp: forbidden,
    run: (program) => assert.fail(`${program} should not be run`),
    readText: async () => undefined,
    ...overrides,
  };
}

const find = (environment: Record<string, string>, overrides?: Partial<AmbientSystem>, audience = "sigstore"): Promise<string> =>
  ambientToken(audience, system(environment, overrides));

suite("ambient credentials", () => {
  test("that are not there: the message names what was looked for", async () => {
    const error = await rejectsWith("IDENTITY_SOURCE_MISSING", () => find({ CI: "true" }));
    for (const name of ["GitHub Actions", "GitLab", "SIGSTORE_ID_TOKEN", "Google Cloud", "Buildkite", "CircleCI"]) {
      assert.ok(error.message.includes(name), name);
    }
    assert.equal(error.remedy, "give-token-or-log-in");
    assert.equal(error.outcome, "usage");
  });

  test("are looked for in a fixed order: GitHub, GitLab, Google Cloud, Buildkite, CircleCI", async () => {
    const everything = {
      GITHUB_ACTIONS: "true",
      SIGSTORE_ID_TOKEN: TOKEN,
      GOOGLE_SERVICE_ACCOUNT_NAME: "a b",
      BUILDKITE: "1",
      CIRCLECI: "1",
    };
    const { GITHUB_ACTIONS: _, ...withoutGithub } = everything;
    const { SIGSTORE_ID_TOKEN: __, ...withoutGitlab } = withoutGithub;
    const { GOOGLE_SERVICE_ACCOUNT_NAME: ___, ...withoutGoogle } = withoutGitlab;
    const run = async (program: string) => ({ exitCode: 0, stdout: program, stderr: "" });
    assert.match((await rejectsWith("IDENTITY_SOURCE_MISSING", () => find(everything))).message, /GitHub/);
    assert.equal(await find(withoutGithub), TOKEN);
    assert.match((await rejectsWith("USAGE", () => find(withoutGitlab))).message, /GOOGLE_SERVICE_ACCOUNT_NAME/);
    assert.equal(await find(withoutGoogle, { run }), "buildkite-agent");
    assert.equal(await find({ CIRCLECI: "1" }, { run }), "circleci");
  });

  test("are read, and refused like any other token", async () => {
    const use = { audience: "sigstore", now: () => NOW };
    const good = await ambientSource(system({ SIGSTORE_ID_TOKEN: ` ${TOKEN}\n` }), use).token();
    assert.equal(good.identity, "alice@example.com");
    await refusedWith("TOKEN_INVALID", () => ambientSource(system({ SIGSTORE_ID_TOKEN: tokenWith({ aud: "x" }) }), use).token());
    await refusedWith("TOKEN_EXPIRED", () => ambientSource(system({ SIGSTORE_ID_TOKEN: tokenWith({ exp: 1 }) }), use).token());
  });
});

suite("ambient credentials of GitHub Actions", () => {
  const job = (server: Loopback, path = "/idtoken?api-version=2.0"): Record<string, string> => ({
    GITHUB_ACTIONS: "true",
    ACTIONS_ID_TOKEN_REQUEST_URL: server.url + path,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: BEARER,
  });

  test("come from the runner's service, for our audience", async () => {
    const server = await serve((_, response) => json(response, 200, { value: TOKEN, count: 1 }));
    assert.equal(await find(job(server), {}, "my client&audience=x"), TOKEN);
    const [seen] = server.seen;
    assert.equal(seen?.method, "GET");
    assert.equal(seen?.headers.authorization, `bearer ${BEARER}`);
    assert.deepEqual(seen?.url.searchParams.getAll("audience"), ["my client&audience=x"]);
    assert.equal(seen?.url.searchParams.get("api-version"), "2.0");
  });

  test("need a permission, and the message says which", async () => {
    for (const environment of [
      { GITHUB_ACTIONS: "true" },
      { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x" },
      { ACTIONS_ID_TOKEN_REQUEST_URL: "https://x" },
    ]) {
      const error = await rejectsWith("IDENTITY_SOURCE_MISSING", () => find(environment));
      assert.match(error.message, /ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN) is not set/);
      assert.match(error.hint ?? "", /id-token: write/);
    }
  });

  test("are not asked for over an open line", () =>
    refusedWith("USAGE", () =>
      find({ ACTIONS_ID_TOKEN_REQUEST_URL: "http://192.0.2.1/", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x" }, { http: forbidden }),
    ));

  for (const [what, code, answer] of [
    ["refuses", "SERVER_REFUSED", (_: Seen, response) => json(response, 403, { message: `no: ${BEARER}` })],
    ["has an error of its own", "SERVER_UNREACHABLE", (_: Seen, response) => json(response, 503, {})],
    ["answers garbage", "SERVER_ANSWER", (_: Seen, response) => void response.end(`<html>${TOKEN}`)],
    ["answers something else", "SERVER_ANSWER", (_: Seen, response) => json(response, 200, { token: TOKEN })],
    ["answers a number", "SERVER_ANSWER", (_: Seen, response) => json(response, 200, { value: 7 })],
    ["answers twice", "SERVER_ANSWER", (_: Seen, response) => void response.end(`{"value":"a","value":"${TOKEN}"}`)],
    ["answers too much", "SERVER_ANSWER", (_: Seen, response) => json(response, 200, { value: "x".repeat(300_000) })],
    ["sends us elsewhere", "SERVER_ANSWER", (_: Seen, response) => void response.writeHead(302, { location: "http://192.0.2.1" }).end()],
    ["never answers", "SERVER_UNREACHABLE", () => undefined],
  ] as const satisfies readonly (readonly [string, string, Parameters<typeof listen>[0]])[]) {
    test(`fail where the service ${what}`, async () => {
      const server = await serve(answer);
      // Short for the silent one alone: a busy machine may take longer to answer.
      const http = httpClient({ environment: {}, timeoutMs: what === "never answers" ? 300 : 10_000 });
      const error = await rejectsWith(code, () => find(job(server), { http }));
      assert.ok(!(error.message + error.stack).includes(BEARER));
    });
  }
});

suite("ambient credentials of GitLab", () => {
  test("are in a variable that is named after the audience", async () => {
    assert.equal(await find({ GITLAB_CI: "true", SIGSTORE_ID_TOKEN: TOKEN }), TOKEN);
    assert.equal(await find({ GITLAB_CI: "true", HTTP___TEST_AUDIENCE_ID_TOKEN: TOKEN }, {}, "http://test.audience"), TOKEN);
    assert.equal(await find({ GITLAB_CI: "true", _A_ID_TOKEN: TOKEN }, {}, "1a"), TOKEN);
  });

  test("must be asked for in the job, and the message says how", async () => {
    for (const token of [{}, { SIGSTORE_ID_TOKEN: " " }]) {
      const error = await rejectsWith("IDENTITY_SOURCE_MISSING", () => find({ GITLAB_CI: "true", ...token }));
      assert.match(error.message, /SIGSTORE_ID_TOKEN is not set/);
      assert.match(error.hint ?? "", /id_tokens: \{ SIGSTORE_ID_TOKEN: \{ aud: sigstore \} \}/);
    }
  });
});

suite("ambient credentials of Google Cloud", () => {
  const direct = httpClient({ environment: {}, timeoutMs: 2000 });
  const onGoogle = async (path: string): Promise<string | undefined> =>
    path === "/sys/class/dmi/id/product_name" ? "Google Compute Engine\n" : undefined;
  const metadata = (status: number, body: string, headers = { "metadata-flavor": "Google" }): Promise<Loopback> =>
    serve((_, response) => void response.writeHead(status, headers).end(body));
  const host = (server: Loopback): Record<string, string> => ({ GCE_METADATA_HOST: server.url.replace("http://", "") });

  test("come from the metadata server, directly", async () => {
    const server = await metadata(200, `${TOKEN}\n`);
    assert.equal(await find(host(server), { readText: onGoogle, directHttp: direct, http: forbidden }, "a&b"), TOKEN);
    const [seen] = server.seen;
    assert.equal(seen?.headers["metadata-flavor"], "Google");
    assert.equal(seen?.url.pathname, "/computeMetadata/v1/instance/service-accounts/default/identity");
    assert.equal(seen?.url.searchParams.get("audience"), "a&b");
    assert.equal(seen?.url.searchParams.get("format"), "full");
  });

  test("are looked for on Google's machines only", async () => {
    for (const product of ["VirtualBox", "Not Google", "", undefined]) {
      await refusedWith("IDENTITY_SOURCE_MISSING", () => find({}, { readText: async () => product }));
    }
    const server = await metadata(200, TOKEN);
    assert.equal(await find(host(server), { readText: async () => "Google", directHttp: direct }), TOKEN);
  });

  test("fail where another server answers, or the server refuses", async () => {
    const unrelated = await metadata(200, TOKEN, { "metadata-flavor": "Other" });
    await refusedWith("SERVER_ANSWER", () => find(host(unrelated), { readText: onGoogle, directHttp: direct }));
    const refusing = await metadata(404, "no service account");
    await refusedWith("SERVER_REFUSED", () => find(host(refusing), { readText: onGoogle, directHttp: direct }));
  });

  test("are those of another account where one is named", async () => {
    const own = await metadata(200, JSON.stringify({ access_token: "access-token-of-the-machine" }));
    const google = await serve((_, response) => json(response, 200, { token: TOKEN }));
    const asked: string[] = [];
    const http: HttpClient = {
      request: (request) => {
        asked.push(request.url);
        return direct.request({ ...request, url: google.url });
      },
    };
    const environment = { ...host(own), GOOGLE_SERVICE_ACCOUNT_NAME: "signer@project.iam.gserviceaccount.com" };
    assert.equal(await find(environment, { directHttp: direct, http }), TOKEN);
    assert.deepEqual(asked, [
      "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/signer%40project.iam.gserviceaccount.com:generateIdToken",
    ]);
    assert.equal(own.seen[0]?.url.pathname, "/computeMetadata/v1/instance/service-accounts/default/token");
    assert.equal(google.seen[0]?.headers.authorization, "Bearer access-token-of-the-machine");
    assert.deepEqual(JSON.parse(google.seen[0]?.body ?? ""), { audience: "sigstore", includeEmail: true });
  });

  test("of another account fail without a word of the machine's own token", async () => {
    const own = await metadata(200, JSON.stringify({ access_token: "access-token-of-the-machine" }));
    const http: HttpClient = {
      request: async () => ({
        status: 403,
        headers: new Map(),
        body: Buffer.from('{"error":{"message":"access-token-of-the-machine may not"}}'),
      }),
    };
    const environment = { ...host(own), GOOGLE_SERVICE_ACCOUNT_NAME: "signer@project.iam.gserviceaccount.com" };
    const error = await rejectsWith("SERVER_REFUSED", () => find(environment, { directHttp: direct, http }));
    assert.match(error.message, /may not/);
    assert.ok(!error.message.includes("access-token"));
    const empty = await metadata(200, "{}");
    await refusedWith("SERVER_ANSWER", () => find({ ...environment, ...host(empty) }, { directHttp: direct, http: forbidden }));
    for (const name of ["../../x", "a b@c", "a/b"]) await refusedWith("USAGE", () => find({ GOOGLE_SERVICE_ACCOUNT_NAME: name }));
  });
});

suite("ambient credentials from a program", { skip: process.platform === "win32" ? "shell scripts" : false }, () => {
  const nowhere = temporaryFolder();

  /** A PATH with one program of that name, and the system's own for what it calls. */
  function path(name: string, script: string): { readonly PATH: string } {
    const bin = temporaryFolder();
    writeFileSync(`${bin}/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${bin}/${name}`, 0o755);
    return { PATH: `${bin}:/usr/bin:/bin` };
  }

  const ask = (environment: Record<string, string>, limits = {}, signal?: AbortSignal): Promise<string> =>
    ambientToken("sigstore", system(environment, { run: commandRunner(environment, limits), http: forbidden }), signal);

  const repeat = 'for argument in "$@"; do echo "$argument"; done';

  test("come from Buildkite's agent", async () => {
    assert.equal(await ask({ BUILDKITE: "true", ...path("buildkite-agent", repeat) }), "oidc\nrequest-token\n--audience\nsigstore");
    assert.equal(
      await ask({
        BUILDKITE: "true",
        BUILDKITE_VALUE: TOKEN,
        ...path("buildkite-agent", 'echo "$BUILDKITE_VALUE$OTHER"; echo noise >&2'),
        OTHER: "x",
      }),
      TOKEN,
    );
  });

  test("come from CircleCI's command", async () => {
    const got = await ask({ CIRCLECI: "true", ...path("circleci", repeat) });
    assert.equal(got, 'run\noidc\nget\n--claims\n{"aud":"sigstore"}\n--root-issuer');
  });

  test("need the program, and the message names it", async () => {
    const error = await rejectsWith("IDENTITY_SOURCE_MISSING", () => ask({ BUILDKITE: "true", PATH: nowhere }));
    assert.match(error.message, /buildkite-agent/);
    await refusedWith("IDENTITY_SOURCE_MISSING", () => ask({ CIRCLECI: "true", PATH: nowhere }));
  });

  test("fail with the program's own words, its secrets taken out", async () => {
    const script = `echo "not today: $BUILDKITE_AGENT_ACCESS_TOKEN $TOKEN_FILE_X ${TOKEN}" >&2; echo ${TOKEN}; exit 3`;
    const environment = {
      BUILDKITE: "true",
      BUILDKITE_AGENT_ACCESS_TOKEN: "short-tok",
      TOKEN_FILE_X: "hush",
      ...path("buildkite-agent", script),
    };
    const error = await rejectsWith("LOGIN_FAILED", () => ask(environment));
    assert.match(error.message, /exit code 3: not today/);
    for (const secret of ["short-tok", "hush", TOKEN, TOKEN.slice(0, 30)]) assert.ok(!error.message.includes(secret), error.message);
  });

  test("fail where the program says nothing", async () => {
    assert.match((await rejectsWith("LOGIN_FAILED", () => ask({ CIRCLECI: "1", ...path("circleci", "true") }))).message, /wrote nothing/);
  });

  test("fail where the program takes too long, also through its children", HANGS_ELSE, () =>
    refusedWith("LOGIN_FAILED", () => ask({ CIRCLECI: "1", ...path("circleci", "sleep 600 & sleep 600") }, { timeoutMs: 200 })),
  );

  test("fail where the program writes without end", () =>
    refusedWith("LOGIN_FAILED", () =>
      ask({ CIRCLECI: "1", ...path("circleci", "while :; do echo 0123456789012345678901234567890; done") }, { maxBytes: 10_000 }),
    ));

  test("fail where the file is not a program", async () => {
    const bin = temporaryFolder();
    writeFileSync(`${bin}/circleci`, "not a program");
    chmodSync(`${bin}/circleci`, 0o644);
    const error = await rejectsWith("LOGIN_FAILED", () => ask({ CIRCLECI: "1", PATH: bin }));
    assert.match(error.message, /EACCES/);
  });

  test("end when the caller stops", HANGS_ELSE, async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    await refusedWith("ABORTED", () => ask({ CIRCLECI: "1", ...path("circleci", "sleep 600") }, {}, controller.signal));
    await refusedWith("ABORTED", () => ask({ CIRCLECI: "1", ...path("circleci", "sleep 600") }, {}, controller.signal));
  });
});
