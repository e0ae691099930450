import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check } from "../../src/api/check.ts";
import { digest } from "../../src/api/digest.ts";
import { assessOpenness } from "../../src/api/assess-openness.ts";
import { verify } from "../../src/api/verify.ts";
import { checkFolder, type CheckFolder } from "../support/check/checked.ts";
import { runHere, type RanHere } from "../support/cli/run-here.ts";
import { COMMIT, fakeHub, sendFile, type FakeHubOptions, type Hub, type HubFile } from "../support/hub/fake-hub.ts";
import { makeKeyPair } from "../support/keys.ts";
import { safetensors } from "../support/scan/safetensors.ts";

const PINNED = `hf:acme/granite@${COMMIT}`;
const SIGNED = "signers: [{ key: { file: ours.pub } }]\nload: data-only\nlicense: [Apache-2.0]\nformats: [safetensors]\n";

/** The files of a folder, as a hub has them. */
function filesIn(folder: string): Record<string, HubFile> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, { content: readFileSync(join(folder, name)), isLfs: name.endsWith(".safetensors") }]),
  );
}

interface HubWithCopy {
  readonly folder: CheckFolder;
  readonly hub: Hub;
  readonly environment: Readonly<Record<string, string>>;
  readonly run: (argv: readonly string[]) => Promise<RanHere>;
}

/** A signed model on a hub, and the copy on disk. */
async function onHub(options: FakeHubOptions = {}): Promise<HubWithCopy> {
  const folder = await checkFolder();
  const hub = await fakeHub(filesIn(folder.model), options);
  const environment = { HF_ENDPOINT: hub.url, HOME: "/nowhere" };
  return { folder, hub, environment, run: async (argv) => runHere(argv, folder.root, 100, environment) };
}

const parsed = ({ stdout }: RanHere): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>;
const count = (hub: Hub, part: string): number => hub.requests.filter(({ path }) => path.includes(part)).length;

suite("a model on a hub is", () => {
  test("decided about as a copy on disk is: opened and listed once, by the commit, with its own reference", async () => {
    const { folder, hub, environment } = await onHub();
    const policy = folder.policy(SIGNED, "");
    const there = await check("hf:acme/granite", policy, { cwd: folder.root, environment });
    const here = await check("granite", policy, { cwd: folder.root });
    assert.deepEqual([there.decision.decision, there.error], ["allow", undefined], JSON.stringify(there.decision.rules));
    assert.equal(there.digested?.manifestDigest, here.digested?.manifestDigest);
    assert.deepEqual(there.facts?.load, here.facts?.load);
    assert.deepEqual([there.model, there.source?.pinned, there.isReferenceGiven], [PINNED, PINNED, true]);
    assert.equal(there.reference.purl, `pkg:huggingface/acme/granite@${COMMIT}`);
    assert.deepEqual([count(hub, "/revision/"), count(hub, "/tree/")], [1, 1]);
    for (const name of ["config.json", "README.md", "model.sig"]) assert.equal(count(hub, `/resolve/${COMMIT}/${name}`), 1, name);
  });

  test("denied where a byte of it is not the signed one, and where it is not signed", async () => {
    const folder = await checkFolder();
    const files = filesIn(folder.model);
    const policy = folder.policy(SIGNED, "");
    const decide = async (hub: Hub): Promise<string | undefined> =>
      (await check("hf:acme/granite", policy, { cwd: folder.root, environment: { HF_ENDPOINT: hub.url } })).decision.decidedBy?.code;
    assert.equal(await decide(await fakeHub({ ...files, "config.json": "{}" })), "BYTES_DIFFER");
    const { "model.sig": _signature, ...unsigned } = files;
    assert.equal(await decide(await fakeHub(unsigned)), "SIGNER_UNSIGNED");
  });

  test("denied where the hub gives headers other than those of the file that it signs for", async () => {
    const folder = await checkFolder({ "model.safetensors": safetensors({ signed: { shape: [200_000] } }) });
    const shown = safetensors({ "shown!": { shape: [200_000] } }).subarray(0, 400_000);
    const { url } = await fakeHub(filesIn(folder.model), {
      // A part shows another file, and the whole is the signed one.
      instead: (request, response, path) => {
        if (!path.endsWith(".safetensors") || request.headers.range === undefined) return false;
        sendFile(request, response, Buffer.concat([shown, readFileSync(join(folder.model, "model.safetensors")).subarray(shown.length)]));
        return true;
      },
    });
    const environment = { HF_ENDPOINT: url };
    const { decision, error } = await check("hf:acme/granite", folder.policy(SIGNED, ""), { cwd: folder.root, environment });
    assert.deepEqual([decision.decision, error?.code], ["deny", "REMOTE_DIGEST"]);
  });

  test("evaluated for openness, and scanned, by some of its bytes", async () => {
    const size = 40_000_000;
    const sent = { bytes: 0 };
    const weights = safetensors({ a: { shape: [size / 4] } });
    const hub = await fakeHub(
      { "README.md": "---\nlicense: apache-2.0\n---\n# Granite\n", "config.json": "{}", "model.safetensors": weights },
      {
        instead: (_request, response) => {
          const write = response.end.bind(response);
          // oxlint-disable-next-line typescript/no-explicit-any, typescript/no-unsafe-type-assertion -- counts what is sent
          response.end = ((chunk: Uint8Array | string = "") => ((sent.bytes += chunk.length), write(chunk))) as any;
          return false;
        },
      },
    );
    const environment = { HF_ENDPOINT: hub.url, HOME: "/nowhere" };
    const assessment = await assessOpenness("hf:acme/granite", { environment });
    assert.deepEqual([assessment.source?.pinned, assessment.binding, assessment.name], [PINNED, undefined, "granite"]);
    assert.ok(assessment.warnings.some(({ code }) => code === "EVIDENCE_NOT_BOUND"));
    const { exitCode } = await runHere(["scan", "hf:acme/granite"], "/", 100, environment);
    assert.equal(exitCode, 0);
    assert.ok(sent.bytes < 2_000_000, String(sent.bytes));
  });

  test("not read in part: a hub that fails in the middle gives no answer", async () => {
    for (const [question, code] of [
      [["openness"], 3],
      [["scan"], 3],
      [["check", "--policy", "policy.yml"], 3],
    ] as const) {
      const { run, folder } = await onHub({
        instead: (_request, response, path) => path.endsWith("README.md") && (response.writeHead(403).end(), true),
      });
      folder.policy(SIGNED, "");
      const ran = await run([...question, "hf:acme/granite"]);
      assert.equal(ran.exitCode, code, ran.stdout + ran.stderr);
      assert.match(ran.stdout + ran.stderr, /does not give README\.md/);
    }
  });
});

suite("every command takes a reference in the place of a model:", () => {
  test("inspect, diff, compare, pin and sign say where they read, in JSON too", async () => {
    const { run, folder } = await onHub();
    const source = { kind: "hf", given: "hf:acme/granite", pinned: PINNED };
    folder.policy(SIGNED, "");
    const at = (document: Record<string, unknown>, ...path: readonly (string | number)[]): unknown =>
      path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], document);
    const { privateKey } = makeKeyPair("P-256");
    writeFileSync(join(folder.root, "k.pem"), privateKey);
    for (const [argv, path] of [
      [["inspect", "hf:acme/granite"], ["source"]],
      [
        ["diff", "granite", "hf:acme/granite"],
        ["b", "source"],
      ],
      [
        ["compare", "hf:acme/granite", "granite"],
        ["models", 0, "source"],
      ],
      [
        ["pin", "hf:acme/granite", "--policy", "policy.yml"],
        ["models", 0, "source"],
      ],
      [
        ["check", "hf:acme/granite", "--policy", "policy.yml"],
        ["model", "source"],
      ],
      [
        ["scan", "hf:acme/granite"],
        ["models", 0, "source"],
      ],
      [["openness", "hf:acme/granite"], ["source"]],
      [
        ["openness", "compare", "hf:acme/granite", "granite"],
        ["models", 0, "source"],
      ],
      [["digest", "hf:acme/granite"], ["source"]],
      [["sign", "key", "hf:acme/granite", "--private-key", "k.pem", "--signature", "new.sig"], ["source"]],
    ] as const) {
      const ran = await run([...argv, "--json"]);
      assert.ok(ran.exitCode === 0 || argv[0] === "compare", `${argv.join(" ")}: ${ran.stdout}${ran.stderr}`);
      const { host: _host, ...found } = at(parsed(ran), ...path) as Record<string, unknown>;
      assert.deepEqual(found, source, argv.join(" "));
    }
    assert.match(readFileSync(join(folder.root, "assay.lock"), "utf8"), new RegExp(`acme/granite[^]*${COMMIT}`));
  });

  test("a redacted decision names the commit, and nothing of this machine", async () => {
    const { run, folder } = await onHub();
    folder.policy(SIGNED, "");
    for (const more of [[], ["--json"]]) {
      const { stdout, stderr } = await run(["check", "hf:acme/granite", "--policy", "policy.yml", "--redact", ...more]);
      assert.ok(stdout.includes(PINNED), stdout);
      assert.ok(!(stdout + stderr).includes(folder.root), stdout);
    }
  });

  test("sign reads a model on a hub and writes the signature here, to a file that must be named", async () => {
    const folder = await checkFolder();
    const { "model.sig": _signature, ...files } = filesIn(folder.model);
    const hub = await fakeHub(files);
    const environment = { HF_ENDPOINT: hub.url };
    const { privateKey, publicKey } = makeKeyPair("P-256");
    writeFileSync(join(folder.root, "k.pem"), privateKey);
    const sign = ["sign", "key", "hf:acme/granite", "--private-key", "k.pem"];
    const unnamed = await runHere(sign, folder.root, 100, environment);
    assert.equal(unnamed.exitCode, 2);
    assert.match(unnamed.stdout + unnamed.stderr, /no file for its signature is named/);
    assert.ok(!existsSync(join(folder.root, "model.sig")));
    const signed = await runHere([...sign, "--signature", "new.sig"], folder.root, 100, environment);
    assert.equal(signed.exitCode, 0, signed.stderr);
    const verification = await verify("hf:acme/granite", {
      trust: { method: "key", publicKey },
      signature: join(folder.root, "new.sig"),
      environment,
    });
    assert.equal(verification.outcome, "verified");
    // Nothing of this machine is in what was signed.
    assert.ok(!JSON.stringify(verification.manifest?.ignorePaths).includes("new.sig"));
    assert.equal(verification.manifest?.manifestDigest, (await digest("hf:acme/granite", { environment })).manifestDigest);
  });

  test("evidence names the model by its package URL, and is verified against the hub", async () => {
    const { run, folder } = await onHub();
    folder.policy(SIGNED, "");
    const { privateKey, publicKey } = makeKeyPair("P-256");
    writeFileSync(join(folder.root, "k.pem"), privateKey);
    writeFileSync(join(folder.root, "k.pub"), publicKey);
    const signing = ["--evidence", "evidence", "--sign", "key", "--private-key", "k.pem"];
    const checked = await run(["check", "hf:acme/granite", "--policy", "policy.yml", ...signing]);
    assert.equal(checked.exitCode, 0, checked.stdout + checked.stderr);
    const summary = join("evidence", "verification-summary.sigstore.json");
    const uri = ["--resource-uri", `pkg:huggingface/acme/granite@${COMMIT}`];
    const ran = await run(["verify", "evidence", summary, "hf:acme/granite", "--public-key", "k.pub", ...uri, "--json"]);
    assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
  });
});
