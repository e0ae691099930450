import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  COSIGN,
  goCommand,
  JAVASCRIPT_LIBRARY,
  JAVASCRIPT_OLDER,
  nodePackages,
  pythonEnvironment,
  PYTHON_OLDER,
  PYTHON_REFERENCE,
} from "../peers.ts";
import type { Urls } from "../trust-config.ts";

/** A model to sign or to verify, and the instance that it is done with. */
export interface Job {
  readonly model: string;
  readonly bundle: string;
  readonly folder: string;
  readonly trustedRoot: string;
  readonly signingConfig: string;
  readonly trustConfig: string;
  readonly token: string;
  readonly identity: string;
  readonly issuer: string;
  readonly urls: Urls;
}

export type Attempt = { readonly worked: true } | { readonly worked: false; readonly why: string };

export interface Client {
  readonly name: string;
  /** Signs an in-toto statement keylessly; libraries that only verify have none. */
  readonly sign?: (job: Job) => Promise<Attempt>;
  readonly verify: (job: Job) => Promise<Attempt>;
}

export function clients(goFile: string | undefined): Client[] {
  return [
    python("Python, sigstore 4.5.1", PYTHON_REFERENCE),
    python("Python, sigstore 4.2.0", PYTHON_OLDER),
    javascript("@sigstore/sign 4.1.1, verify 3.1.1", JAVASCRIPT_OLDER, true),
    javascript("@sigstore/verify 4.1.3", JAVASCRIPT_LIBRARY, false),
    cosign("cosign 3.1.2"),
    ...(goFile === undefined ? [] : [dashed("Go, model-signing", goFile)]),
    assay("Assay"),
  ];
}

function assay(name: string): Client {
  const command = fileURLToPath(new URL("../../../packages/assay/dist/bin/assay.js", import.meta.url));
  return dashed(name, process.execPath, [command]);
}

/** Assay and the Go client, whose options are the same. */
function dashed(name: string, file: string, first: readonly string[] = []): Client {
  const common = (job: Job): string[] => ["--signature", job.bundle, "--trust-config", job.trustConfig];
  return {
    name,
    sign: (job) => run(file, [...first, "sign", "sigstore", job.model, ...common(job), "--identity-token", job.token]),
    verify: (job) =>
      run(file, [...first, "verify", "sigstore", job.model, ...common(job), "--identity", job.identity, "--identity-provider", job.issuer]),
  };
}

function python(name: string, packages: readonly string[]): Client {
  const interpreter = pythonEnvironment(packages);
  const common = (job: Job): string[] => ["sigstore", job.model, "--signature", job.bundle, "--trust_config", job.trustConfig];
  return {
    name,
    sign: (job) => run(interpreter, ["-m", "model_signing", "sign", ...common(job), "--identity_token", job.token]),
    verify: (job) =>
      run(interpreter, ["-m", "model_signing", "verify", ...common(job), "--identity", job.identity, "--identity_provider", job.issuer]),
  };
}

/** The libraries have no command: a script beside them is one. */
function javascript(name: string, packages: readonly string[], signs: boolean): Client {
  const folder = nodePackages(packages);
  const verifier = script(folder, "verify.mjs", VERIFY_SCRIPT);
  const verify = (job: Job): Promise<Attempt> => run(process.execPath, [verifier, job.bundle, job.trustedRoot, job.identity, job.issuer]);
  if (!signs) return { name, verify };
  const signer = script(folder, "sign.mjs", SIGN_SCRIPT);
  const sign = (job: Job): Promise<Attempt> =>
    run(process.execPath, [signer, job.bundle, job.token, job.urls.fulcio, job.urls.rekor2, job.urls.tsa.replace("/api/v1/timestamp", "")]);
  return { name, sign, verify };
}

function script(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const VERIFY_SCRIPT = `
import { readFileSync } from "node:fs";
import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
const [bundle, root, identity, issuer] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const verifier = new Verifier(toTrustMaterial(TrustedRoot.fromJSON(read(root))));
try {
  verifier.verify(toSignedEntity(bundleFromJSON(read(bundle))), { subjectAlternativeName: identity, extensions: { issuer } });
} catch ({ code, message }) {
  process.stderr.write("error " + code + ": " + message);
  process.exitCode = 1;
}
`;

const SIGN_SCRIPT = `
import { writeFileSync } from "node:fs";
import { bundleToJSON } from "@sigstore/bundle";
import { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } from "@sigstore/sign";
const [bundle, token, fulcioBaseURL, rekorBaseURL, tsaBaseURL] = process.argv.slice(2);
const signer = new FulcioSigner({ fulcioBaseURL, identityProvider: { getToken: () => token } });
const witnesses = [new RekorWitness({ rekorBaseURL, majorApiVersion: 2, entryType: "dsse" }), new TSAWitness({ tsaBaseURL })];
const builder = new DSSEBundleBuilder({ signer, witnesses });
const statement = { _type: "https://in-toto.io/Statement/v1", subject: [{ name: "x", digest: { sha256: "00".repeat(32) } }], predicateType: "x", predicate: {} };
const made = await builder.create({ data: Buffer.from(JSON.stringify(statement)), type: "application/vnd.in-toto+json" });
writeFileSync(bundle, JSON.stringify(bundleToJSON(made)));
`;

/** cosign signs a statement about a blob; what it verifies of ours is the envelope, as it knows no models. */
function cosign(name: string): Client {
  const file = goCommand(COSIGN);
  const trust = (job: Job): string[] => ["--bundle", job.bundle, "--trusted-root", job.trustedRoot];
  return {
    name,
    sign(job) {
      const blob = join(job.model, "config.json");
      const config = ["--signing-config", job.signingConfig, "--identity-token", job.token, "--yes"];
      return run(file, ["attest-blob", blob, "--predicate", blob, "--type", "custom", ...trust(job), ...config]);
    },
    verify(job) {
      const identity = ["--certificate-identity", job.identity, "--certificate-oidc-issuer", job.issuer];
      const claims = ["--new-bundle-format", "--check-claims=false", "--type", "https://model_signing/signature/v1.0"];
      return run(file, ["verify-blob-attestation", ...trust(job), ...claims, ...identity]);
    },
  };
}

function run(file: string, words: readonly string[]): Promise<Attempt> {
  return new Promise((resolve) => {
    const child = spawn(file, words, { stdio: ["ignore", "pipe", "pipe"], timeout: 120_000, env: { ...process.env, NO_COLOR: "1" } });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    child.once("error", ({ message }) => resolve({ worked: false, why: message }));
    child.once("close", (status) =>
      resolve(status === 0 ? { worked: true } : { worked: false, why: reason(text) || `exit status ${status}` }),
    );
  });
}

const LONGEST_REASON = 180;

/** The line that says why: the last that speaks of an error. */
function reason(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("at "));
  const said = lines.findLast((line) => /^[✘?] |error|fail|invalid|unsupported|unknown/i.test(line)) ?? lines.at(-1) ?? "";
  return said.length > LONGEST_REASON ? `${said.slice(0, LONGEST_REASON - 1)}…` : said;
}
