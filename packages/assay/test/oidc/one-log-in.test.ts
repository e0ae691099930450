import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { IdentitySource } from "../../src/oidc/identity-source.ts";
import { oneLogIn } from "../../src/oidc/one-log-in.ts";
import { readIdentityToken } from "../../src/oidc/read-identity-token.ts";
import { NOW, SECONDS, tokenWith } from "../support/oidc/tokens.ts";

suite("one log-in for several signatures", () => {
  test("a person is asked once, and again only where the token is about to expire", async () => {
    let asked = 0;
    let now = NOW;
    const source: IdentitySource = {
      token: async () => {
        asked += 1;
        return readIdentityToken(tokenWith({ exp: SECONDS + 300 * asked }), { now, audience: "sigstore" });
      },
    };
    const once = oneLogIn(source, () => now);
    const first = await once.token();
    assert.equal(await once.token(), first);
    now = new Date(NOW.getTime() + 239_000);
    assert.equal(await once.token(), first);
    now = new Date(NOW.getTime() + 241_000);
    assert.notEqual(await once.token(), first);
    assert.equal(asked, 2);
  });
});
