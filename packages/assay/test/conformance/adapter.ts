// Speaks the protocols of two public conformance suites over the library's public API, as it was built: that of
// OpenSSF Model Signing (docs/conformance_adapter_cli_protocol.md there) and that of Sigstore's clients
// (sigstore/sigstore-conformance, docs/cli_protocol.md). Only the exit code counts, the rest is for people.
import { readFile, rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { AssayError, certificateSigner, digest, keySigner, sign, verify, type HashAlgorithm, type ModelSigner, type Trust } from "assay";
import { keylessSignerFor, materialFor } from "./instance.ts";
import { signBundle, verifyOneBundle } from "./sigstore-client.ts";

const FLAGS = {
  method: { type: "string" },
  "model-path": { type: "string" },
  "output-bundle": { type: "string" },
  bundle: { type: "string" },
  "private-key": { type: "string" },
  "public-key": { type: "string" },
  "signing-cert": { type: "string" },
  "cert-chain": { type: "string", multiple: true },
  "ignore-paths": { type: "string", multiple: true },
  "ignore-unsigned-files": { type: "boolean" },
  identity: { type: "string" },
  "identity-provider": { type: "string" },
  "identity-token": { type: "string" },
  "use-staging": { type: "boolean" },
  // Ours: without it, the public instance is meant.
  "trust-config": { type: "string" },
  operation: { type: "string" },
  repeat: { type: "string" },
  warmup: { type: "string" },
  "hash-algorithm": { type: "string" },
  "shard-size": { type: "string" },
  "chunk-size": { type: "string" },
  "max-workers": { type: "string" },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>["values"];

/** Prints for a person, or the suite, who started it. */
export type Write = (stream: "stdout" | "stderr", text: string) => void;

const COMMANDS: Readonly<Record<string, (flags: Flags, write: Write) => Promise<void>>> = {
  "sign-model": signModel,
  "verify-model": verifyModel,
  "benchmark-model": benchmarkModel,
  capabilities: printCapabilities,
};

const EXIT = { failed: 1, usage: 2, incomplete: 3 } as const;

async function signModel(flags: Flags): Promise<void> {
  const signer = await signerFrom(flags);
  await sign(required(flags, "model-path"), { signer, signature: required(flags, "output-bundle"), ...workFrom(flags) });
}

async function verifyModel(flags: Flags, write: Write): Promise<void> {
  const answer = await verify(required(flags, "model-path"), {
    trust: await trustFrom(flags),
    signature: required(flags, "bundle"),
    ignoreUnsignedFiles: flags["ignore-unsigned-files"] ?? false,
    ...workFrom(flags),
  });
  if (answer.outcome === "verified") return;
  if (answer.outcome === "failed") {
    for (const { kind, name } of answer.differences) write("stderr", `${kind} ${JSON.stringify(name)}\n`);
  }
  throw answer.error;
}

/** Times the work inside one process, after one run that warms the page cache. */
async function benchmarkModel(flags: Flags, write: Write): Promise<void> {
  const work = await operationFrom(flags, write);
  for (let warmup = count(flags.warmup, 1); warmup > 0; warmup -= 1) await work();
  const times: number[] = [];
  for (let left = count(flags.repeat, 5); left > 0; left -= 1) {
    const start = performance.now();
    await work();
    times.push(Number((performance.now() - start).toFixed(3)));
  }
  write("stdout", `${JSON.stringify({ times_ms: times })}\n`);
}

async function operationFrom(flags: Flags, write: Write): Promise<() => Promise<unknown>> {
  if (flags["chunk-size"] !== undefined) throw new AssayError("USAGE", "--chunk-size: Assay chooses how much it reads at once");
  const model = required(flags, "model-path");
  switch (flags.operation) {
    case "hash":
      return () => digest(model, workFrom(flags));
    case "verify":
      return () => verifyModel(flags, write);
    case "sign": {
      const output = required(flags, "output-bundle");
      return async () => {
        await rm(output, { force: true });
        await signModel(flags);
      };
    }
    default:
      throw new AssayError("USAGE", "--operation is one of sign, verify, hash");
  }
}

async function printCapabilities(_: Flags, write: Write): Promise<void> {
  const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const version = /"version": "([^"]+)"/.exec(manifest)?.[1];
  const capabilities = {
    protocol_version: 1,
    client_version: version,
    flags: ["--hash-algorithm", "--shard-size", "--max-workers"],
    hash_algorithms: HASHES,
    benchmark_model: true,
  };
  write("stdout", `${JSON.stringify(capabilities)}\n`);
}

async function signerFrom(flags: Flags): Promise<ModelSigner> {
  switch (flags.method) {
    case "key":
      return keySigner({ privateKey: await readFile(required(flags, "private-key")) });
    case "certificate":
      return certificateSigner({
        privateKey: await readFile(required(flags, "private-key")),
        signingCertificate: await readFile(required(flags, "signing-cert")),
        certificateChain: await readAll(flags["cert-chain"]),
      });
    case "sigstore":
      return keylessSignerFor(required(flags, "identity-token"), instanceOf(flags));
    default:
      throw unsupportedMethod(flags.method);
  }
}

async function trustFrom(flags: Flags): Promise<Trust> {
  switch (flags.method) {
    case "key":
      return { method: "key", publicKey: await readFile(required(flags, "public-key")) };
    case "certificate":
      return { method: "certificate", certificates: await readAll(flags["cert-chain"]) };
    case "sigstore":
      return {
        method: "sigstore",
        material: await materialFor(instanceOf(flags)),
        identity: required(flags, "identity"),
        identityProvider: required(flags, "identity-provider"),
      };
    default:
      throw unsupportedMethod(flags.method);
  }
}

function instanceOf(flags: Flags): Parameters<typeof materialFor>[0] {
  return { trustConfig: flags["trust-config"], staging: flags["use-staging"] ?? false };
}

interface WorkFlags {
  ignorePaths?: readonly string[];
  hash?: HashAlgorithm;
  shardSize?: number;
  threads?: number;
}

/** The suite's empty string and zero mean "the library's default". */
function workFrom(flags: Flags): WorkFlags {
  const work: WorkFlags = { ignorePaths: flags["ignore-paths"] ?? [] };
  if (flags["hash-algorithm"]) work.hash = hashFrom(flags["hash-algorithm"]);
  if (count(flags["shard-size"], 0) > 0) work.shardSize = count(flags["shard-size"], 0);
  if (count(flags["max-workers"], 0) > 0) work.threads = count(flags["max-workers"], 0);
  return work;
}

const HASHES: readonly HashAlgorithm[] = ["sha256", "blake2b", "blake3"];

function hashFrom(name: string): HashAlgorithm {
  const hash = HASHES.find((known) => known === name);
  if (hash === undefined) throw new AssayError("USAGE", `--hash-algorithm is one of ${HASHES.join(", ")}`);
  return hash;
}

function readAll(paths: readonly string[] = []): Promise<Buffer[]> {
  return Promise.all(paths.map((path) => readFile(path)));
}

function required(
  flags: Flags,
  name: Exclude<keyof Flags, "cert-chain" | "ignore-paths" | "ignore-unsigned-files" | "use-staging">,
): string {
  const value = flags[name];
  if (value === undefined || value === "") throw new AssayError("USAGE", `--${name} is missing`);
  return value;
}

function count(value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new AssayError("USAGE", `${JSON.stringify(value)} is not a count`);
  return number;
}

function unsupportedMethod(method: string | undefined): AssayError {
  return new AssayError("USAGE", `--method is one of key, certificate, sigstore; found ${JSON.stringify(method)}`);
}

function report(thrown: unknown, write: Write): number {
  if (thrown instanceof AssayError) {
    write("stderr", `${thrown.code}: ${thrown.message}\n${thrown.hint === undefined ? "" : `${thrown.hint}\n`}`);
    return EXIT[thrown.outcome];
  }
  write("stderr", `${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  return EXIT.usage;
}

/** Runs one command line of either suite; resolves to the exit code. */
export async function runAdapter([name = "", ...rest]: readonly string[], write: Write): Promise<number> {
  try {
    const command = COMMANDS[name];
    if (name === "sign-bundle") await signBundle(rest);
    else if (name === "verify-bundle") await verifyOneBundle(rest);
    else if (command === undefined)
      throw new AssayError("USAGE", `a command is one of ${[...Object.keys(COMMANDS), "sign-bundle", "verify-bundle"].join(", ")}`);
    else await command(parseArgs({ args: rest, options: FLAGS }).values, write);
    return 0;
  } catch (thrown) {
    return report(thrown, write);
  }
}
