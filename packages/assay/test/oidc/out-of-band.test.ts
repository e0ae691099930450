import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { httpClient } from "../../src/network/http.ts";
import { interactiveSource } from "../../src/oidc/identity-source.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { visit } from "../support/oidc/browsing.ts";
import { logIn, type LogInRun } from "../support/oidc/failing-logins.ts";

const runs: LogInRun[] = [];
after(async () => {
  for (const { provider } of runs) await provider.close();
});

/** A person who opens the address somewhere else and types what it shows. */
async function typeTheCode(shown: string): Promise<string> {
  const url = /https?:\S+/.exec(shown)?.[0] ?? "";
  const { text } = await visit(url);
  return ` ${(JSON.parse(text) as { code: string }).code}\n`;
}

suite("a log-in by a code from another machine", () => {
  test("gives the person's identity", async () => {
    const run = await logIn({}, { forceOob: true, typed: typeTheCode, browser: () => assert.fail("no browser here") });
    runs.push(run);
    assert.equal((await run.token()).identity, "alice@example.com");
    assert.equal(run.provider.authorizations[0]?.get("redirect_uri"), "urn:ietf:wg:oauth:2.0:oob");
    assert.equal(run.provider.tokenRequests[0]?.form.get("redirect_uri"), "urn:ietf:wg:oauth:2.0:oob");
    assert.match(run.shown.join(""), /Open this address in a browser, on any machine/);
  });

  test("works with providers that name themselves in their answers to a browser", async () => {
    const metadata = (good: object): unknown => ({ ...good, authorization_response_iss_parameter_supported: true });
    const run = await logIn({ metadata }, { forceOob: true, typed: typeTheCode });
    runs.push(run);
    assert.equal((await run.token()).identity, "alice@example.com");
  });

  test("is what is left where no browser opens", async () => {
    const run = await logIn();
    runs.push(run);
    const shown: string[] = [];
    const options = {
      issuer: run.provider.issuer,
      clientId: "sigstore",
      http: httpClient({ environment: {} }),
      now: () => new Date(),
      show: (text: string) => void shown.push(text),
      askSecret: () => typeTheCode(shown.join("")),
    };
    for (const openBrowser of [undefined, async () => false]) {
      shown.length = 0;
      assert.equal((await interactiveSource({ ...options, openBrowser }).token()).identity, "alice@example.com");
    }
    for (const openBrowser of [undefined, async () => false]) {
      const error = await rejectsWith("IDENTITY_SOURCE_MISSING", () =>
        interactiveSource({ ...options, openBrowser, askSecret: undefined }).token(),
      );
      assert.equal(error.remedy, "give-identity-token");
    }
  });

  test("ends when the caller stops", async () => {
    const run = await logIn({}, { forceOob: true, typed: () => new Promise(() => undefined) });
    runs.push(run);
    await refusedWith("ABORTED", () => run.token(AbortSignal.timeout(50)));
  });
});
