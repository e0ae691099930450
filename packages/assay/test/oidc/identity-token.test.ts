import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import type { IdentityToken } from "../../src/oidc/identity-token.ts";
import { readIdentityToken } from "../../src/oidc/read-identity-token.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { ALICE, type Claims, makeJwt, NOW, part, SECONDS, tokenWith } from "../support/oidc/tokens.ts";

const read = (raw: string, audience = "sigstore"): IdentityToken => readIdentityToken(raw, { now: NOW, audience });
const readClaims = (claims: Claims): IdentityToken => read(tokenWith(claims));
const invalid = (raw: string): Promise<void> => refusedWith("TOKEN_INVALID", () => read(raw));

suite("an identity token", () => {
  test("of a person names the verified e-mail address, which is what Fulcio wants signed", () => {
    const token = readClaims({});
    assert.equal(token.kind, "email");
    assert.equal(token.subject, "alice@example.com");
    assert.equal(token.identity, "alice@example.com");
    assert.equal(token.expectedIdentity, "alice@example.com");
    assert.equal(token.issuer, "https://id.example.com");
    assert.equal(token.expectedIssuer, "https://id.example.com");
    assert.deepEqual(token.expires, new Date("2026-11-23T12:05:00Z"));
    assert.equal(token.bearer(), tokenWith({}));
  });

  test("without an address names the subject", () => {
    for (const email of [undefined, null, ""]) {
      const token = readClaims({ email, email_verified: undefined });
      assert.equal(token.kind, "subject");
      assert.equal(token.subject, "alice-at-the-provider");
      assert.equal(token.expectedIdentity, undefined);
    }
    assert.equal(readClaims({ email: undefined, sub: "spiffe://example.com/build" }).expectedIdentity, "spiffe://example.com/build");
  });

  test("with an address that the provider has not verified is refused", async () => {
    for (const email_verified of [false, undefined, null, "false", "yes"]) await invalid(tokenWith({ email_verified }));
    for (const email_verified of [1, [], {}]) await invalid(tokenWith({ email_verified }));
    for (const email_verified of [true, "true", "True"]) readClaims({ email_verified });
  });

  test("with a malformed address is rejected", async () => {
    for (const email of [
      "alice",
      "@example.com",
      "a b@example.com",
      "alice@example.com\n",
      "alice\u202e@example.com",
      7,
      `${"a".repeat(320)}@b.c`,
    ]) {
      await invalid(tokenWith({ email }));
    }
  });

  test("that names no identity is rejected", async () => {
    for (const sub of [undefined, null, "", 7, "a\u0000b", "x".repeat(2049)]) await invalid(tokenWith({ email: undefined, sub }));
    for (const iss of [undefined, null, "", 7]) await invalid(tokenWith({ iss }));
  });

  test("for another audience is refused, and the message says for whom it is", async () => {
    const error = await rejectsWith("TOKEN_INVALID", () => readClaims({ aud: "kubernetes" }));
    assert.match(error.message, /for "kubernetes", expected "sigstore"/);
    for (const aud of [undefined, null, "", "Sigstore", [], ["a", "b"], 7, {}, [7]]) await invalid(tokenWith({ aud }));
    readClaims({ aud: ["other", "sigstore"] });
    read(tokenWith({ aud: "my-client" }), "my-client");
  });

  test("that has expired is refused, and the message says when and by which clock", async () => {
    const error = await rejectsWith("TOKEN_EXPIRED", () => readClaims({ exp: SECONDS - 90 }));
    assert.match(error.message, /expired at 2026-11-23T11:58:30Z; by this machine's clock it is 2026-11-23T12:00:00Z/);
    await refusedWith("TOKEN_EXPIRED", () => readClaims({ exp: SECONDS }));
    readClaims({ exp: SECONDS + 0.5 });
  });

  test("may be one minute ahead of our clock, and no more", async () => {
    for (const claim of ["nbf", "iat"]) {
      readClaims({ [claim]: SECONDS + 60 });
      const error = await rejectsWith("TOKEN_EXPIRED", () => readClaims({ [claim]: SECONDS + 61 }));
      assert.match(error.message, /valid from 2026-11-23T12:01:01Z only/);
      await invalid(tokenWith({ [claim]: "soon" }));
    }
    readClaims({ iat: undefined });
  });

  test("must have an expiry that is a time", async () => {
    for (const exp of [undefined, null, "2026", -1, 1e300, []]) await invalid(tokenWith({ exp }));
  });

  test("must have three parts in base64url", async () => {
    const [header = "", payload = "", signature = ""] = tokenWith({}).split(".");
    for (const raw of [
      "",
      "token",
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `.${payload}.${signature}`,
      `${header}..${signature}`,
      `${header}.${payload}.${signature}.`,
      `${header}.${payload}.${signature}.x.y`,
      ` ${header}.${payload}.${signature}`,
      `${header}.${payload}.${signature}\n`,
      `${header}.${payload}=.${signature}`,
      `${header}.${payload}.${signature.slice(0, -1)}+`,
      `${header}.${payload} .${signature}`,
      `${header}.${payload}.A`,
      `${header}.${payload}.${"A".repeat(70_000)}`,
    ]) {
      await invalid(raw);
    }
  });

  test("with blanks around it is refused with a word about them", async () => {
    for (const raw of [`${tokenWith({})}\n`, ` ${tokenWith({})}`]) {
      assert.match((await rejectsWith("TOKEN_INVALID", () => read(raw))).message, /blanks or line breaks/);
    }
  });

  test("must be strict JSON inside", async () => {
    const [header = "", , signature = ""] = tokenWith({}).split(".");
    const claims = JSON.stringify(ALICE);
    for (const payload of [
      `${claims} x`,
      claims.replace("{", '{"sub":"bob",'),
      "[]",
      '"x"',
      "null",
      "{",
      "\u{feff}{}",
      `{"a":${"[".repeat(40)}${"]".repeat(40)}}`,
    ]) {
      await invalid(`${header}.${part(payload)}.${signature}`);
    }
    for (const bad of ["[]", "{", '{"alg":7}', "{}", '{"alg":""}', '{"alg":"RS256","alg":"none"}']) {
      await invalid(`${part(bad)}.${part(claims)}.${signature}`);
    }
  });

  test("must be signed", async () => {
    for (const alg of ["none", "None", "NONE"]) await invalid(makeJwt(ALICE, { header: { alg } }));
  });

  test("is refused with nothing of it in the message, whatever is wrong", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{12}$/);
    fc.assert(
      fc.property(word, fc.constantFrom("exp", "aud", "email_verified", "sub", "payload", "signature"), (secret, where) => {
        const claims = { ...ALICE, jti: secret, email: where === "sub" ? undefined : ALICE["email"], [where]: { [secret]: secret } };
        const [header = "", payload = "", signature = ""] = makeJwt(claims).split(".");
        const raw =
          where === "payload"
            ? `${header}.${part(`{"${secret}`)}.${signature}`
            : `${header}.${payload}.${signature}${where === "signature" ? "!" : ""}`;
        assert.throws(
          () => read(raw),
          (error) => {
            assert.ok(error instanceof AssayError && error.code === "TOKEN_INVALID");
            const shown = inspect(error, { depth: Infinity, showHidden: true }) + JSON.stringify(error) + error.hint;
            return !shown.includes(secret) && !shown.includes(payload) && !shown.includes(signature);
          },
        );
      }),
    );
  });

  test("throws nothing but its own errors, whatever comes", () => {
    const good = tokenWith({});
    const mutated = fc
      .tuple(fc.nat(good.length), fc.string({ maxLength: 4 }), fc.nat(4))
      .map(([at, text, skip]) => good.slice(0, at) + text + good.slice(at + skip));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          mutated,
          fc.json().map((text) => `${part({ alg: "RS256" })}.${part(text)}.AAAA`),
        ),
        (raw) => {
          try {
            read(raw);
          } catch (error) {
            assert.ok(error instanceof AssayError, String(error));
            assert.match(error.code, /^TOKEN_/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

suite("an identity token that is printed", () => {
  const token = read(tokenWith({}));

  for (const [how, print] of [
    ["String", () => String(token)],
    ["a template", () => "".concat(token.toString())],
    ["JSON.stringify", () => JSON.stringify({ token })],
    ["util.inspect", () => inspect(token, { depth: Infinity, showHidden: true })],
    ["util.inspect of what holds it", () => inspect({ a: [token], m: new Map([[token, token]]) }, { depth: Infinity, showHidden: true })],
    ["util.inspect without its own method", () => inspect(token, { customInspect: false, showHidden: true, depth: Infinity })],
    ["a clone", () => JSON.stringify(structuredClone(token))],
    ["its properties", () => JSON.stringify(Object.getOwnPropertyDescriptors(token))],
    ["an error's cause", () => inspect(new Error("x", { cause: token }), { depth: Infinity })],
    ["an error's property", () => inspect(Object.assign(new Error("x"), { token }), { depth: Infinity })],
  ] as const) {
    test(`by ${how} does not show itself`, () => {
      const printed = print();
      for (const secret of [token.bearer(), ...token.bearer().split(".")]) assert.ok(!printed.includes(secret));
    });
  }

  test("says what is there", () => {
    assert.equal(String(token), "[identity token]");
    assert.equal(inspect({ token }), "{ token: [identity token] }");
    assert.equal(JSON.stringify({ token }), '{"token":"[identity token]"}');
  });
});

const CI: Claims = { email: undefined, email_verified: undefined, sub: "the-job" };

suite("an identity token of a known issuer", () => {
  for (const [what, claims, identity] of [
    [
      "GitHub Actions",
      { iss: "https://token.actions.githubusercontent.com", job_workflow_ref: "octo/app/.github/workflows/sign.yml@refs/heads/main" },
      "https://github.com/octo/app/.github/workflows/sign.yml@refs/heads/main",
    ],
    [
      "GitHub Actions of an enterprise",
      { iss: "https://token.actions.githubusercontent.com/octo", job_workflow_ref: "octo/app/.github/workflows/sign.yml@refs/tags/v1" },
      "https://github.com/octo/app/.github/workflows/sign.yml@refs/tags/v1",
    ],
    [
      "GitLab",
      {
        iss: "https://gitlab.com",
        ci_config_ref_uri: "gitlab.com/group/app//.gitlab-ci.yml@refs/heads/main",
        user_email: "bob@example.com",
      },
      "https://gitlab.com/group/app//.gitlab-ci.yml@refs/heads/main",
    ],
    ["Buildkite", { iss: "https://agent.buildkite.com", organization_slug: "org", pipeline_slug: "app" }, "https://buildkite.com/org/app"],
    [
      "CircleCI",
      {
        iss: "https://oidc.circleci.com/org/0f8b",
        "oidc.circleci.com/project-id": "p-1",
        "oidc.circleci.com/pipeline-definition-id": "d-2",
      },
      "https://circleci.com/api/v2/projects/p-1/pipeline-definitions/d-2",
    ],
    [
      "Codefresh",
      { iss: "https://oidc.codefresh.io", account_name: "acc", pipeline_name: "proj/app", account_id: "1", pipeline_id: "2" },
      "https://g.codefresh.io/acc/proj/app:1/2",
    ],
    [
      "Buddy",
      {
        iss: "https://eu-oidc.buddyusercontent.com",
        base_url: "https://eu.buddy.works",
        workspace_domain: "w",
        project_name: "p",
        pipeline_id: 7,
      },
      "https://eu.buddy.works/w/p/pipelines/pipeline/7",
    ],
    [
      "Kubernetes",
      {
        iss: "https://container.googleapis.com/v1/projects/p/locations/l/clusters/c",
        "kubernetes.io": { namespace: "ns", serviceaccount: { name: "sa" } },
      },
      "https://kubernetes.io/namespaces/ns/serviceaccounts/sa",
    ],
    ["Chainguard", { iss: "https://issuer.enforce.dev" }, "https://issuer.enforce.dev/the-job"],
  ] as const) {
    test(`of ${what}: the certificate's name is known beforehand, the subject is signed`, () => {
      const token = readClaims({ ...CI, ...claims });
      assert.equal(token.kind, "uri");
      assert.equal(token.expectedIdentity, identity);
      assert.equal(token.identity, identity);
      assert.equal(token.subject, "the-job");
      assert.equal(token.expectedIssuer, claims.iss);
    });
  }

  test("of a CI system keeps the subject even where it has an e-mail address", () => {
    const token = readClaims({ iss: "https://gitlab.com", ci_config_ref_uri: "gitlab.com/a/b//c@d" });
    assert.equal(token.subject, "alice-at-the-provider");
  });

  test("claims no name that the server would write in another way, or cannot write", () => {
    for (const job_workflow_ref of ["a/b/.github/workflows/ä.yml@refs/heads/main", "a/b c", "a%2Fb", "a?b", "a#b", "", undefined, 1.5]) {
      const token = readClaims({ ...CI, iss: "https://token.actions.githubusercontent.com", job_workflow_ref });
      assert.equal(token.expectedIdentity, undefined);
      assert.equal(token.identity, "the-job");
    }
  });

  test("of a person must have an e-mail address", () =>
    refusedWith("TOKEN_INVALID", () => readClaims({ ...CI, iss: "https://accounts.google.com" })));

  test("of Sigstore's own log-in names who really vouches", () => {
    const federated = {
      iss: "https://oauth2.sigstore.dev/auth",
      federated_claims: { connector_id: "https://github.com/login/oauth", user_id: "1" },
    };
    assert.equal(readClaims(federated).expectedIssuer, "https://github.com/login/oauth");
    assert.equal(readClaims({ ...federated, federated_claims: undefined }).expectedIssuer, undefined);
    assert.equal(readClaims({ ...federated, federated_claims: "x" }).expectedIssuer, undefined);
    assert.equal(readClaims({ ...federated, iss: "https://dex.example.com" }).expectedIssuer, undefined);
  });

  test("is not found in a look-alike", () => {
    for (const iss of [
      "https://gitlab.com/",
      "http://gitlab.com",
      "https://token.actions.githubusercontent.com/a/b",
      "https://oidc.eks.x.amazonaws.com.evil.example/id/1",
    ]) {
      assert.equal(readClaims({ ...CI, iss }).kind, "subject");
    }
  });
});
