import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { givenToken } from "../../src/oidc/identity-source.ts";
import { refusedWith } from "../support/rejects.ts";
import { NOW, tokenWith } from "../support/oidc/tokens.ts";

suite("a given identity token", () => {
  test("is refused before anything is done with it", async () => {
    const use = { audience: "sigstore", now: () => NOW };
    await refusedWith("TOKEN_INVALID", () => givenToken("x", use));
    await refusedWith("TOKEN_INVALID", () => givenToken(tokenWith({ aud: "other" }), use));
    await refusedWith("TOKEN_EXPIRED", () => givenToken(tokenWith({ exp: 1 }), use));
  });

  test("is looked at again when it is used", async () => {
    let now = NOW;
    const source = givenToken(tokenWith({}), { audience: "sigstore", now: () => now });
    assert.equal((await source.token()).identity, "alice@example.com");
    now = new Date(NOW.getTime() + 3_600_000);
    await refusedWith("TOKEN_EXPIRED", () => source.token());
  });

  test("is not used once the caller has stopped", () => {
    const source = givenToken(tokenWith({}), { audience: "sigstore", now: () => NOW });
    return refusedWith("ABORTED", () => source.token(AbortSignal.abort()));
  });
});
