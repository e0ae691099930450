import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { interactiveSource } from "../../src/oidc/identity-source.ts";
import { httpClient } from "../../src/network/http.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { browse, type Page, visit } from "../support/oidc/browsing.ts";
import { CLIENT_SECRET, closingLogIns, FAILING_LOGINS, logIn } from "../support/oidc/failing-logins.ts";

const begin = closingLogIns();

suite("a log-in with the browser", () => {
  test("gives the person's identity, and a page that says so", async () => {
    const { token, pages, provider, shown } = await begin();
    const identity = await token();
    assert.equal(identity.identity, "alice@example.com");
    assert.equal(identity.issuer, provider.issuer);
    assert.ok(provider.secrets.includes(identity.bearer()));
    const [page] = pages;
    assert.equal(page?.status, 200);
    assert.match(page?.text ?? "", /You are logged in[^]*alice@example\.com/);
    assert.match(shown.join(""), /Your browser opens to log you in at 127\.0\.0\.1:\d+\.\n[^]*\/authorize\?/);
  });

  test("asks with PKCE, state and nonce, for an e-mail address, and to come back to the loopback interface", async () => {
    const { token, provider } = await begin();
    await token();
    const query = Object.fromEntries(provider.authorizations[0] ?? []);
    assert.equal(query["response_type"], "code");
    assert.equal(query["client_id"], "sigstore");
    assert.equal(query["scope"], "openid email");
    assert.match(query["redirect_uri"] ?? "", /^http:\/\/localhost:\d+\/auth\/callback$/);
    assert.equal(query["code_challenge_method"], "S256");
    for (const name of ["state", "nonce", "code_challenge"]) assert.match(query[name] ?? "", /^[\w-]{43}$/, name);
    const { form, authorization } = provider.tokenRequests[0]!;
    assert.equal(form.get("grant_type"), "authorization_code");
    assert.equal(form.get("redirect_uri"), query["redirect_uri"]);
    assert.match(form.get("code_verifier") ?? "", /^[\w-]{43}$/);
    assert.equal(form.get("client_id"), "sigstore");
    assert.equal(authorization, undefined);
  });

  test("uses fresh secrets every time", async () => {
    const { token, provider } = await begin();
    await token();
    await token();
    const [one, other] = provider.authorizations;
    for (const name of ["state", "nonce", "code_challenge"]) assert.notEqual(one?.get(name), other?.get(name));
  });

  test("sends a client secret in the way that the provider takes, and never through the browser", async () => {
    for (const secretMethods of [undefined, ["client_secret_basic", "client_secret_post"], ["client_secret_post"]]) {
      const manners = { clientSecret: CLIENT_SECRET, ...(secretMethods === undefined ? {} : { secretMethods }) };
      const { token, provider } = await begin(manners, { clientSecret: CLIENT_SECRET });
      await token();
      assert.equal(provider.tokenRequests[0]?.form.has("client_secret"), secretMethods?.length === 1);
      assert.ok(!provider.authorizations[0]?.toString().includes("secret"));
    }
  });

  test("takes an end that comes before the browser is known to be open", async () => {
    const run = await begin();
    const source = interactiveSource({
      issuer: run.provider.issuer,
      clientId: "sigstore",
      http: httpClient({ environment: {} }),
      now: () => new Date(),
      openBrowser: async (url) => {
        void browse(url);
        await new Promise((resolve) => setTimeout(resolve, 200));
        return true;
      },
      show: () => undefined,
      askSecret: undefined,
      timeLimitMs: 3000,
    });
    assert.equal((await source.token()).identity, "alice@example.com");
  });

  test("uses the clock that it is given", async () => {
    const day = 86_400;
    const { token } = await begin(
      { claims: (good) => ({ ...good, iat: Number(good["iat"]) - day, exp: Number(good["exp"]) - day }) },
      { now: () => new Date(Date.now() - day * 1000) },
    );
    assert.equal((await token()).identity, "alice@example.com");
  });

  test("continues after an unrelated answer, whose sender is told so", async () => {
    const pages: Page[] = [];
    const { token } = await begin(
      {},
      {
        browser: async (url) => {
          const callback = new URL(url).searchParams.get("redirect_uri") ?? "";
          pages.push(await visit(`${callback}?state=guess&code=stolen`), await browse(url));
        },
      },
    );
    await token();
    assert.deepEqual(
      pages.map(({ status }) => status),
      [400, 200],
    );
    assert.match(pages[0]?.text ?? "", /belongs to no log-in here/);
  });

  for (const { what, code, manners, message, ...options } of FAILING_LOGINS) {
    test(`fails where ${what}`, async () => {
      const { token, pages, provider } = await logIn(manners, options);
      try {
        const error = await rejectsWith(code, token);
        if (message !== undefined) assert.match(error.message, message);
        for (const { status, text } of pages) {
          assert.equal(status, 400);
          assert.match(text, /The log-in failed|belongs to no log-in here/);
        }
      } finally {
        await provider.close();
      }
    });
  }

  test("fails where the provider is not there", async () => {
    const { provider } = await begin();
    const { issuer } = provider;
    const source = (url: string) =>
      interactiveSource({
        issuer: url,
        clientId: "sigstore",
        http: httpClient({ environment: {}, timeoutMs: 1000 }),
        now: () => new Date(),
        openBrowser: async () => true,
        show: () => undefined,
        askSecret: undefined,
      });
    await refusedWith("SERVER_REFUSED", () => source(`${issuer}/other`).token());
    await refusedWith("SERVER_UNREACHABLE", () => source("http://127.0.0.1:9").token());
    for (const url of ["http://id.example.com", "ftp://id.example.com", "id.example.com", ""]) {
      await refusedWith("USAGE", () => source(url).token());
    }
  });

  test("ends when the caller stops, wherever it is", async () => {
    const waiting = new AbortController();
    const { token } = await begin({}, { browser: async () => setTimeout(() => waiting.abort(), 50) });
    await refusedWith("ABORTED", () => token(waiting.signal));
    const redeeming = new AbortController();
    const { token: slow } = await begin({ token: () => redeeming.abort() });
    await refusedWith("ABORTED", () => slow(redeeming.signal));
    await refusedWith("ABORTED", () => token(AbortSignal.abort()));
  });
});
