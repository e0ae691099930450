import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { digest } from "../../../src/api/digest.ts";
import { asAssayError, type AssayError } from "../../../src/core/error.ts";
import { findAccount } from "../../../src/source/oci/docker-config.ts";
import { isKnownRealm } from "../../../src/source/oci/known-realms.ts";
import { registryOf } from "../../../src/source/oci/registry.ts";
import { fakeRegistry, type FakeRegistry, type FakeRegistryOptions } from "../../support/oci/fake-registry.ts";
import { listen } from "../../support/listening.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const PASSWORD = "correct horse";
const BASIC = Buffer.from(`alice:${PASSWORD}`).toString("base64");
const TOKEN = "t".repeat(40);

type Auth = NonNullable<FakeRegistryOptions["auth"]>;

/** A folder for DOCKER_CONFIG. */
function dockerConfig(content: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "config.json"), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

/** A credential helper on a search path of its own. */
function helper(name: string, script: string): string {
  const folder = join(temporaryFolder(), "bin");
  mkdirSync(folder);
  const path = join(folder, `docker-credential-${name}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return `${folder}:${process.env["PATH"] ?? ""}`;
}

async function read(
  registry: FakeRegistry,
  environment: Record<string, string>,
  more: { readonly allowHosts?: readonly string[] } = {},
): Promise<string> {
  try {
    const digested = await digest(`oci:${registry.host}/acme/granite:v1`, { environment: { HOME: "/nowhere", ...environment }, ...more });
    return String(digested.files.length);
  } catch (error) {
    const { code, message } = asAssayError(error);
    for (const secret of [PASSWORD, BASIC, TOKEN, "refresh-me"]) assert.ok(!message.includes(secret), message);
    return code;
  }
}

async function withArtifact(options: FakeRegistryOptions): Promise<FakeRegistry> {
  const registry = await fakeRegistry(options);
  registry.artifact([registry.file("config.json", "{}")]);
  return registry;
}

interface TokenServer {
  readonly url: string;
  readonly host: string;
  readonly asked: {
    readonly method: string;
    readonly query: URLSearchParams;
    readonly authorization: string | undefined;
    readonly body: string;
  }[];
}

/** A server of tokens of its own origin. */
async function tokenServer(answer: unknown = { token: TOKEN }, status = 200, headers: Record<string, string> = {}): Promise<TokenServer> {
  const asked: TokenServer["asked"] = [];
  const { url } = await listen((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => {
      body += piece.toString();
    });
    request.on("end", () => {
      const query = new URL(request.url ?? "/", "http://x").searchParams;
      asked.push({ method: request.method ?? "", query, authorization: request.headers.authorization, body });
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
  });
  return { url: `${url}/token`, host: new URL(url).host, asked };
}

/** A registry whose own origin gives tokens. */
async function ownRealm(): Promise<FakeRegistry> {
  const own = await withArtifact({
    instead: ({ path, headers }, response) => {
      if (!path.startsWith("/token?")) return false;
      const isKnown = headers.authorization === `Basic ${BASIC}`;
      response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ access_token: TOKEN }));
      return true;
    },
    auth: { expected: () => `Bearer ${TOKEN}`, challenge: () => `Bearer realm="http://${own.host}/token",service="fake"` },
  });
  return own;
}

suite("the account for a registry", () => {
  test("is sent for Basic, and where the registry does not ask for one it is not read", async () => {
    const registry = await withArtifact({ auth: { expected: () => `Basic ${BASIC}`, challenge: () => 'Basic realm="x"' } });
    assert.equal(await read(registry, {}), "REMOTE_DENIED");
    assert.equal(await read(registry, { DOCKER_CONFIG: dockerConfig({ auths: { [registry.host]: { auth: BASIC } } }) }), "1");
    assert.equal(
      await read(registry, { DOCKER_CONFIG: dockerConfig({ auths: { [`http://${registry.host}/v2/`]: { auth: BASIC } } }) }),
      "1",
    );
    assert.equal(await read(registry, { DOCKER_CONFIG: dockerConfig("{") }), "USAGE");
    assert.equal(await read(await withArtifact({}), { DOCKER_CONFIG: dockerConfig("{") }), "1");
  });

  test("is exchanged for a token at the registry's own origin", async () => {
    const registry = await ownRealm();
    assert.equal(await read(registry, { DOCKER_CONFIG: dockerConfig({ auths: { [registry.host]: { auth: BASIC } } }) }), "1");
    const asked = registry.requests.filter(({ path }) => path.startsWith("/token?"));
    assert.deepEqual(
      asked.map(({ path }) => path),
      ["/token?service=fake&scope=repository%3Aacme%2Fgranite%3Apull"],
    );
    assert.equal(await read(registry, {}), "REMOTE_DENIED");
  });

  test("is found in podman's file, for a part of a registry, and from a refresh token", async () => {
    const registry = await ownRealm();
    const runtime = temporaryFolder();
    mkdirSync(join(runtime, "containers"));
    writeFileSync(join(runtime, "containers", "auth.json"), JSON.stringify({ auths: { [`${registry.host}/acme`]: { auth: BASIC } } }));
    assert.equal(await read(registry, { XDG_RUNTIME_DIR: runtime }), "1");
    const realm = await tokenServer();
    const refreshed = await withArtifact({ auth: { expected: () => `Bearer ${TOKEN}`, challenge: () => `Bearer realm="${realm.url}"` } });
    const configuration = dockerConfig({ auths: { [refreshed.host]: { identitytoken: "refresh-me" } } });
    assert.equal(await read(refreshed, { DOCKER_CONFIG: configuration }, { allowHosts: [realm.host] }), "1");
    const [asked] = realm.asked;
    assert.equal(asked?.method, "POST");
    assert.equal(new URLSearchParams(asked?.body).get("refresh_token"), "refresh-me");
  });

  test("is asked of a helper program, without a shell, by what is needed of the environment", async () => {
    const registry = await ownRealm();
    const answer = `read server; test "$server" = "${registry.host}" || exit 9; test -z "$SECRET" || exit 8; test "$1" = get || exit 7`;
    const PATH = helper("fake", `${answer}; echo '{"ServerURL":"x","Username":"alice","Secret":"${PASSWORD}"}'`);
    for (const configuration of [{ credHelpers: { [registry.host]: "fake" } }, { credsStore: "fake" }]) {
      assert.equal(await read(registry, { PATH, SECRET: "s", DOCKER_CONFIG: dockerConfig(configuration) }), "1");
    }
  });

  test("is not found where a helper is missing, fails, hangs on to nothing or has an impossible name: the registry is asked without it", async () => {
    const open = await tokenServer();
    const registry = await withArtifact({ auth: { expected: () => `Bearer ${TOKEN}`, challenge: () => `Bearer realm="${open.url}"` } });
    const cases: readonly [string, string][] = [
      ["missing", process.env["PATH"] ?? ""],
      ["bad", helper("bad", "exit 1")],
      ["none", helper("none", "echo 'credentials not found in native keychain'; exit 1")],
      ["odd", helper("odd", "echo not json")],
      ["loud", helper("loud", "yes | head -c 1000000")],
      ["../../bin/sh", process.env["PATH"] ?? ""],
    ];
    for (const [credsStore, PATH] of cases)
      assert.equal(await read(registry, { PATH, DOCKER_CONFIG: dockerConfig({ credsStore }) }), "1", credsStore);
    const closed = await withArtifact({ auth: { expected: () => "x", challenge: () => 'Basic realm="x"' } });
    const error = await rejectsWith("REMOTE_DENIED", () =>
      digest(`oci:${closed.host}/acme/granite:v1`, {
        environment: { HOME: "/nowhere", DOCKER_CONFIG: dockerConfig({ credsStore: "missing" }) },
      }),
    );
    assert.match(error.message, /docker-credential-missing was not found/);
  });

  test("of Docker Hub is under the name that Docker gives it", async () => {
    const configuration = dockerConfig({ auths: { "https://index.docker.io/v1/": { auth: BASIC } } });
    const { account } = await findAccount(registryOf("docker.io/acme/granite"), { DOCKER_CONFIG: configuration, HOME: "/nowhere" });
    assert.deepEqual(account, { kind: "password", user: "alice", password: PASSWORD });
    assert.deepEqual(registryOf("docker.io/ubuntu"), {
      endpoint: new URL("https://registry-1.docker.io/"),
      host: "docker.io",
      repository: "library/ubuntu",
    });
  });
});

suite("a token server", () => {
  const challenge = (realm: string): Auth => ({ expected: () => `Bearer ${TOKEN}`, challenge: () => `Bearer realm="${realm}"` });

  test("of another origin gets no account, but of a registry that is known to use it or where it is allowed", async () => {
    const realm = await tokenServer();
    const registry = await withArtifact({ auth: challenge(realm.url) });
    const DOCKER_CONFIG = dockerConfig({ auths: { [registry.host]: { auth: BASIC } } });
    assert.equal(await read(registry, { DOCKER_CONFIG }), "REMOTE_REDIRECT");
    assert.equal(realm.asked.length, 0);
    assert.equal(await read(registry, { DOCKER_CONFIG }, { allowHosts: [realm.host] }), "1");
    assert.deepEqual(
      realm.asked.map(({ authorization }) => authorization),
      [`Basic ${BASIC}`],
    );
    assert.equal(await read(registry, {}), "1", "without an account nothing is sent that is secret");
    assert.ok(isKnownRealm(new URL("https://registry-1.docker.io/"), new URL("https://auth.docker.io/token")));
    assert.ok(isKnownRealm(new URL("https://ghcr.io/"), new URL("https://ghcr.io/token")));
    for (const other of ["https://auth.docker.io.evil.example/token", "http://auth.docker.io/token", "https://auth.docker.io:444/token"]) {
      assert.ok(!isKnownRealm(new URL("https://registry-1.docker.io/"), new URL(other)));
    }
    assert.ok(!isKnownRealm(new URL("https://evil.example/"), new URL("https://auth.docker.io/token")));
  });

  test("is asked for this program's own scope, whatever the registry names", async () => {
    const realm = await tokenServer();
    const registry = await withArtifact({
      auth: {
        expected: () => `Bearer ${TOKEN}`,
        challenge: () => `Bearer realm="${realm.url}",service="s",scope="repository:other:push,delete"`,
      },
    });
    assert.equal(await read(registry, {}), "1");
    assert.equal(realm.asked[0]?.query.get("scope"), "repository:acme/granite:pull");
  });

  test("that is not http, has a password in it, redirects, refuses, limits or gives no token gives no answer", async () => {
    const codes: readonly [string, Auth][] = [
      ["SERVER_ANSWER", challenge("file:///etc/passwd")],
      ["SERVER_ANSWER", challenge("http://user:pass@127.0.0.1/")],
      ["SERVER_ANSWER", challenge("")],
      ["SERVER_ANSWER", { expected: () => "x", challenge: () => 'Bearer realm="unfinished' }],
      ["SERVER_ANSWER", challenge((await tokenServer({})).url)],
      ["SERVER_ANSWER", challenge((await tokenServer({ token: "a b" })).url)],
      ["SERVER_ANSWER", challenge((await tokenServer(JSON.stringify({ token: TOKEN }) + " ".repeat(400_000))).url)],
      ["SERVER_ANSWER", challenge((await tokenServer({}, 302, { location: "http://127.0.0.1/" })).url)],
      ["REMOTE_DENIED", challenge((await tokenServer({}, 401)).url)],
      ["REMOTE_LIMIT", challenge((await tokenServer({}, 429)).url)],
      ["SERVER_UNREACHABLE", challenge((await tokenServer({}, 503)).url)],
      ["ADDRESS_REFUSED", challenge("http://169.254.169.254/latest/meta-data")],
      ["ADDRESS_REFUSED", challenge("http://10.0.0.1/token")],
      ["REMOTE_DENIED", { expected: () => "x", challenge: () => "Negotiate" }],
    ];
    for (const [code, auth] of codes) assert.equal(await read(await withArtifact({ auth }), {}), code);
  });

  test("is asked again when its token has run out, and a registry that always refuses is given up", async () => {
    let current = 0;
    const realm = await tokenServer();
    const registry = await withArtifact({
      instead: ({ path, headers }, response) => {
        const [, , kind] = /^\/v2\/acme\/granite\/((\w+)\/)/.exec(path) ?? [];
        if (kind !== "blobs" || current++ > 0 || headers.authorization === undefined) return false;
        response.writeHead(401, { "www-authenticate": `Bearer realm="${realm.url}"` }).end();
        return true;
      },
      auth: challenge(realm.url),
    });
    assert.equal(await read(registry, {}), "1");
    assert.equal(realm.asked.length, 2);
    const stubborn = await withArtifact({ auth: { expected: () => "never", challenge: () => `Bearer realm="${realm.url}"` } });
    assert.equal(await read(stubborn, {}), "REMOTE_DENIED");
    assert.ok(stubborn.requests.length < 4);
  });
});

suite("a registry without TLS", () => {
  test("is one of this machine, or asked for: then no account is sent", async () => {
    assert.equal(registryOf("registry.example.com/a").endpoint.href, "https://registry.example.com/");
    const plain = registryOf("registry.example.com/a", { plainHttp: true });
    assert.equal(plain.endpoint.href, "http://registry.example.com/");
    const registry = await withArtifact({ auth: { expected: () => `Basic ${BASIC}`, challenge: () => 'Basic realm="x"' } });
    // Behind a proxy, any name leads to this registry.
    const environment = {
      HOME: "/nowhere",
      HTTP_PROXY: `http://${registry.host}`,
      DOCKER_CONFIG: dockerConfig({ auths: { "registry.example.com": { auth: BASIC } } }),
    };
    const error: AssayError = await rejectsWith("REMOTE_DENIED", () =>
      digest("oci:registry.example.com/acme/granite:v1", { environment, plainHttp: true }),
    );
    assert.match(error.message, /without TLS/);
    assert.ok(registry.requests.every(({ headers }) => headers.authorization === undefined));
  });
});
