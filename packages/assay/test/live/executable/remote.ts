// The single executable with models on servers: what it says is what its source says.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fakeBucket } from "../../support/bucket/fake-bucket.ts";
import { checkFolder } from "../../support/check/checked.ts";
import { assay } from "../../support/cli/command.ts";
import { fakeHub } from "../../support/hub/fake-hub.ts";
import { fakeRegistry } from "../../support/oci/fake-registry.ts";
import { fakeWeb } from "../../support/web/fake-web.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { ipAddress, makeCertificate, newKey } from "../../support/x509/make.ts";
import { run } from "./executable.ts";

const SIGNED = "signers: [{ key: { file: ours.pub } }]\nload: data-only\n";
type Files = Readonly<Record<string, Uint8Array>>;

interface Served {
  readonly reference: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Each kind of server, with the files of a signed model. */
const SERVERS: Readonly<Record<string, (files: Files) => Promise<Served>>> = {
  hub: async (files) => ({ reference: "hf:acme/granite", env: { HF_ENDPOINT: (await fakeHub(files)).url } }),
  registry: async (files) => {
    const registry = await fakeRegistry();
    registry.artifact(Object.entries(files).map(([name, content]) => registry.file(name, content)));
    return { reference: `oci:${registry.host}/acme/granite:v1`, env: {} };
  },
  bucket: async (files) => {
    const bucket = await fakeBucket(Object.fromEntries(Object.entries(files).map(([name, content]) => [`granite/${name}`, content])));
    const env = { AWS_ENDPOINT_URL: bucket.url, AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "s3cr3t" };
    return { reference: "s3://models/granite/", env };
  },
  web: async (files) => ({ reference: (await fakeWeb(files)).url, env: {} }),
};

suite("the executable reads models where they are", () => {
  for (const [name, serve] of Object.entries(SERVERS)) {
    test(`of a ${name}`, async () => {
      const { root, model, policy } = await checkFolder();
      policy(SIGNED);
      const files = Object.fromEntries(readdirSync(model).map((file) => [file, readFileSync(join(model, file))]));
      const { reference, env } = await serve(files);
      const changed = await serve({ ...files, "config.json": Buffer.from("{}") });
      const verify = (of: string, ...more: string[]): string[] => ["verify", "key", of, "--public-key", "ours.pub", ...more];
      const expected: readonly (readonly [argv: readonly string[], exitCode: number | undefined, served: Served])[] = [
        [verify(reference), 0, { reference, env }],
        [verify(changed.reference), 1, changed],
        // A web server has no list of its files: what else is there stays open.
        [["check", reference, "--policy", "policy.yml", "--offline"], name === "web" ? 3 : 0, { reference, env }],
        [["check", changed.reference, "--policy", "policy.yml", "--offline"], 1, changed],
        ...["digest", "scan", "openness"].map(
          (command) => [[command, reference], name === "web" ? undefined : 0, { reference, env }] as const,
        ),
      ];
      for (const [argv, exitCode, served] of expected) {
        const options = { cwd: root, env: { ...served.env, HOME: root } };
        const ran = await run(argv, options);
        assert.deepEqual(ran, await assay(argv, options), argv.join(" "));
        if (exitCode !== undefined) assert.equal(ran.exitCode, exitCode, ran.stdout + ran.stderr);
      }
      const saved = await run(verify(reference, "--save", "copy"), { cwd: root, env: { ...env, HOME: root } });
      assert.equal(saved.exitCode, 0, saved.stderr);
      assert.ok(existsSync(join(root, "copy", "model.safetensors")));
    });
  }

  test("by TLS, from servers whose authority it was told, whatever NODE_TLS_REJECT_UNAUTHORIZED says", async () => {
    const key = newKey("P-256");
    const usage = { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"], notBefore: new Date(0), notAfter: new Date("2049-01-01") };
    const { pem: cert } = makeCertificate({ key, names: [ipAddress(127, 0, 0, 1)], ...usage });
    const hub = await fakeHub({ "config.json": "{}" }, { tls: { key: String(key.export({ type: "pkcs8", format: "pem" })), cert } });
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "ca.pem"), cert);
    const ask = async (env: Readonly<Record<string, string>>): Promise<number | null> =>
      (await run(["digest", "hf:acme/granite"], { cwd, env: { HF_ENDPOINT: hub.url, ...env } })).exitCode;
    assert.equal(await ask({ NODE_EXTRA_CA_CERTS: "ca.pem" }), 0);
    hub.requests.length = 0;
    assert.equal(await ask({}), 3);
    assert.equal(await ask({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }), 3);
    assert.equal(hub.requests.length, 0);
  });
});
