import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { evidenceRows } from "../../src/cli/text/evidence.ts";
import { layOut } from "../../src/cli/text/layout.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import type { TrustSource } from "../../src/index.ts";
import { status } from "../support/sigstore/loopback-server.ts";
import { startServers } from "../support/sigstore/servers.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { assayAtHome, keylessFolder, type Log, signed, signWords, verifyWords } from "../support/cli/keyless-folder.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

const WORKFLOW = "https://github.com/acme/granite/.github/workflows/release.yml@refs/tags/v1.2.3";
/** Fulcio's extensions, by their last arc. */
const BUILD = {
  11: "github-hosted",
  12: "https://github.com/acme/granite",
  13: "7d0c0a1d8f5c4b3a2f1e0d9c8b7a6f5e4d3c2b1a",
  14: "refs/tags/v1.2.3",
  20: "push",
  21: "https://github.com/acme/granite/actions/runs/123456789/attempts/1",
};

/** A folder whose model a workflow signed, and who says so. */
async function signedByWorkflow(claims: Readonly<Record<number, string>> = BUILD): Promise<string> {
  const cwd = keylessFolder(servers);
  servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, claims }) };
  const token = servers.token("", { claims: { email: undefined, email_verified: undefined, sub: WORKFLOW } });
  const { exitCode, stderr } = await assayAtHome(signWords("rekorV2", token), { cwd });
  assert.equal(exitCode, 0, stderr);
  return cwd;
}

const SCHEMAS = {
  sign: closedSchema("sign"),
  verify: closedSchema("verify"),
  inspect: closedSchema("inspect"),
  error: closedSchema("error"),
};

/** What the documents say, as far as these tests look at it; which of it is there is for the schemas to say. */
interface Document {
  readonly exitCode: number;
  readonly command: string;
  readonly verified: boolean;
  readonly verifiedAt: { readonly source: string };
  readonly signer: {
    readonly method: string;
    readonly identity: string;
    readonly identityProvider: string;
    readonly claims: Readonly<Record<string, string>>;
  };
  readonly claimed: { readonly keyless: { readonly identity: string } };
  readonly evidence: { readonly logEntries: readonly Entry[]; readonly certificateLogs: readonly unknown[] };
  readonly logEntries: readonly Entry[];
  readonly error: { readonly code: string; readonly hint: string };
}

interface Entry {
  readonly entry: string;
  readonly integratedTime: string | null;
}

async function json(name: keyof typeof SCHEMAS, argv: readonly string[], cwd: string, exitCode: number): Promise<Document> {
  const ran = await assayAtHome([...argv, "--json"], { cwd });
  assert.equal(ran.exitCode, exitCode, ran.stdout + ran.stderr);
  const document = JSON.parse(ran.stdout) as Document;
  const validate = SCHEMAS[name];
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
  assert.equal(document.exitCode, exitCode);
  assert.equal(ran.stderr, "");
  return document;
}

suite("--json of a keyless signature is what its published schema describes", () => {
  for (const [log, entry] of [
    ["rekorV1", "dsse 0.0.1"],
    ["rekorV2", "hashedrekord 0.0.2"],
  ] as const satisfies readonly (readonly [Log, string])[]) {
    test(`for sign, verify and inspect: ${log}`, async () => {
      const cwd = keylessFolder(servers);
      const sign = await json("sign", signWords(log, servers.token()), cwd, 0);
      const verify = await json("verify", verifyWords(servers), cwd, 0);
      for (const { signer, evidence } of [sign, verify]) {
        assert.deepEqual([signer.method, signer.identity, signer.identityProvider], ["sigstore", "alice@example.com", servers.oidc.url]);
        assert.equal(evidence.logEntries[0]?.entry, entry);
        assert.equal(evidence.logEntries[0]?.integratedTime === null, log === "rekorV2");
        assert.equal(evidence.certificateLogs.length, 1);
      }
      // The timestamp and the log's time may be in one second, or the log's in the next.
      assert.match(verify.verifiedAt.source, log === "rekorV1" ? /^(?:log|timestamp)$/ : /^timestamp$/);
      const inspect = await json("inspect", ["inspect", "model.sig"], cwd, 0);
      assert.equal(inspect.verified, false);
      assert.equal(inspect.claimed.keyless.identity, "alice@example.com");
      assert.equal(inspect.logEntries[0]?.entry, entry);
    });
  }

  test("with what the identity provider said of the build, by its names", async () => {
    const cwd = await signedByWorkflow();
    const { signer } = await json("verify", verifyWords(servers, WORKFLOW), cwd, 0);
    assert.deepEqual(signer.claims, {
      runnerEnvironment: BUILD[11],
      sourceRepositoryURI: BUILD[12],
      sourceRepositoryDigest: BUILD[13],
      sourceRepositoryRef: BUILD[14],
      buildTrigger: BUILD[20],
      runInvocationURI: BUILD[21],
    });
  });

  test("where the answer is no, or could not be told", async () => {
    const cwd = await signed(servers);
    const other = await json("verify", verifyWords(servers, "bob@example.com"), cwd, 1);
    assert.equal(other.error.code, "IDENTITY_MISMATCH");
    const argv = ["verify", "granite", "--offline", ...verifyWords(servers).slice(4)];
    assert.equal((await json("verify", argv, cwd, 3))["error"].code, "TRUST_ROOT_STALE");
    appendFileSync(join(cwd, "granite", "config.json"), " ");
    const changed = await json("verify", verifyWords(servers), cwd, 1);
    assert.equal(changed.error.code, "MODEL_MISMATCH");
    assert.equal(changed.evidence.logEntries.length, 1);
  });

  test("where the question was wrong, or nothing was signed", async () => {
    const cwd = await signed(servers);
    const asked = await json("error", ["verify", "granite"], cwd, 2);
    assert.equal(asked.error.code, "IDENTITY_MISSING");
    assert.match(asked.error.hint, /assay verify sigstore granite --identity alice@example\.com/);
    servers.rekorV2.fail(status(400));
    const refused = await json("error", signWords("rekorV2", servers.token()), cwd, 1);
    assert.equal(refused.error.code, "SERVER_REFUSED");
    assert.equal(refused.command, "sign sigstore");
  });
});

suite("what a person sees of a keyless signature", () => {
  test("is the build that signed, and with --verbose all that was said of it", async () => {
    const cwd = await signedByWorkflow();
    for (const argv of [verifyWords(servers, WORKFLOW), ["inspect", "model.sig"]]) {
      const { stdout } = await assayAtHome(argv, { cwd });
      const rows = [
        ["repository", BUILD[12]],
        ["commit", BUILD[13]],
        ["ref", BUILD[14]],
        ["trigger", BUILD[20]],
        ["run", BUILD[21]],
      ] as const;
      for (const [label, value] of rows) assert.ok(stdout.includes(`\n  ${label.padEnd(12)}${value}\n`), stdout);
      assert.doesNotMatch(stdout, /github-hosted/);
      const { stdout: all } = await assayAtHome([...argv, "--verbose"], { cwd });
      assert.match(all, /\n {2}claim {7}runnerEnvironment github-hosted\n/);
    }
  });

  test("is escaped: the operator of an identity provider chooses what a certificate holds", async () => {
    const cwd = await signedByWorkflow({ ...BUILD, 14: "refs/\u001b[2J\u202e", 22: "a\u0007\u200bb" });
    for (const argv of [
      verifyWords(servers, WORKFLOW),
      [...verifyWords(servers, WORKFLOW), "--verbose"],
      ["inspect", "model.sig", "--verbose"],
    ]) {
      const { exitCode, stdout } = await assayAtHome(argv, { cwd });
      assert.equal(exitCode, 0, stdout);
      assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    }
  });

  test("fits the terminal, commands aside, whose words stay whole", async () => {
    const cwd = await signedByWorkflow();
    for (const columns of [60, 100]) {
      for (const argv of [
        verifyWords(servers, WORKFLOW),
        [...verifyWords(servers, WORKFLOW), "--verbose"],
        verifyWords(servers, "bob@example.com"),
        ["verify", "granite", "--trusted-root", "root.json"],
        ["verify", "granite", "--offline", "--identity", WORKFLOW, "--identity-provider", servers.oidc.url],
        ["inspect", "model.sig", "--verbose"],
        ["sign", "granite", "--trust-config", "rekorV2.json", "--use-ambient-credentials"],
      ]) {
        const { stdout, stderr } = await assayAtHome(argv, { cwd, env: { COLUMNS: String(columns) } });
        for (const line of (stdout + stderr).split("\n")) assert.ok(textWidth(line) <= columns || line.startsWith("      http"), line);
      }
      // Addresses are broken where they have parts, if they must be.
      const { stdout } = await assayAtHome(verifyWords(servers, WORKFLOW), { cwd, env: { COLUMNS: "60" } });
      assert.match(stdout, /\/\n {14}workflows\/release\.yml@refs\/tags\/v1\.2\.3/);
    }
  });

  test("names the trusted root, its age, and in a row of its own why there is no newer one", () => {
    const terminal = { color: false, width: 60, live: false };
    const shown = (source: Partial<TrustSource>): string => {
      const trustedRoot = { kind: "shipped", name: "sigstore.dev", date: new Date("2026-11-05"), isCurrent: false, ...source } as const;
      const signer = { method: "key", algorithm: "ecdsa-p256-sha256", fingerprint: "00" } as const;
      return layOut(evidenceRows({ logEntries: [], timestamps: [], certificateLogs: [], trustedRoot }, signer, false), terminal);
    };
    const problem = "https://tuf.example.com/timestamp.json could not be reached: unknown host (ENOTFOUND)\u001b[2J";
    assert.equal(shown({ kind: "named", name: "acme.json" }), "  trust       the trusted root acme.json\n");
    assert.equal(shown({ kind: "refreshed" }), "  trust       sigstore.dev, refreshed just now\n");
    assert.equal(shown({ kind: "cached" }), "  trust       sigstore.dev, as of 2026-11-05\n");
    assert.match(
      shown({ problem }),
      /^ {2}trust {7}sigstore\.dev, as it came with this program, of\n {14}2026-11-05\n {2}no newer {4}https:\/\/tuf\.example\.com\/timestamp\.json could\n/,
    );
    assert.ok(!shown({ problem }).includes("\u001b"));
  });
});
