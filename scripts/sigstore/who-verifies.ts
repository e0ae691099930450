// Which client writes and reads which kind of log entry, measured: every client signs, every client verifies every
// kind, and the table says what happened. By hand; builds cosign and an older Rekor, which takes some minutes.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startStack, type Stack } from "./stack.ts";
import { clients, type Client, type Job } from "./who-verifies/clients.ts";
import { entryKind, renderTable, type Row } from "./who-verifies/table.ts";

const HELP = `Usage: node scripts/sigstore/who-verifies.ts [--go FILE]

  --go FILE   the Go client's command, model-signing
`;

/** A column: a kind of entry, and who makes one of it where. */
interface Sample {
  readonly title: string;
  readonly kind: string;
  readonly stack: Stack;
  readonly rekor: 1 | 2;
  readonly signer: string;
}

const { values } = parseArgs({ options: { go: { type: "string" }, help: { type: "boolean", short: "h", default: false } } });
if (values.help) process.stdout.write(HELP);
else await main();

async function main(): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = mkdtempSync(join(tmpdir(), "assay-who-verifies-"));
  const everyone = clients(values.go);
  const today = await startStack({ say });
  const older = await startStack({ rekor2: "rekor2-older", say });
  try {
    const samples: Sample[] = [
      { title: "hashedrekord 0.0.2", kind: "hashedrekord 0.0.2", stack: today, rekor: 2, signer: "Python, sigstore 4.5.1" },
      { title: "dsse 0.0.2", kind: "dsse 0.0.2", stack: older, rekor: 2, signer: "Python, sigstore 4.2.0" },
      { title: "dsse 0.0.1", kind: "dsse 0.0.1", stack: today, rekor: 1, signer: "Python, sigstore 4.5.1" },
      { title: "Assay's on Rekor 2", kind: "hashedrekord 0.0.2", stack: today, rekor: 2, signer: "Assay" },
      { title: "Assay's on Rekor 1", kind: "dsse 0.0.1", stack: today, rekor: 1, signer: "Assay" },
    ];
    const bundles = await Promise.all(samples.map((sample) => makeSample(sample, everyone, folder)));
    const rows: Row[] = [];
    for (const client of everyone) {
      const logged = client.sign === undefined ? undefined : await signToday(client, today, folder);
      const verified = [];
      for (const job of bundles) verified.push(await client.verify(job));
      rows.push({ client: client.name, logged, verified });
      say(`${client.name} done`);
    }
    process.stdout.write(
      renderTable(
        samples.map(({ title }) => title),
        rows,
      ),
    );
  } finally {
    await Promise.all([today.end(), older.end()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeSample({ title, kind, stack, rekor, signer }: Sample, everyone: readonly Client[], folder: string): Promise<Job> {
  const job = await jobOn(stack, rekor, folder, title.replaceAll(/\W/g, "-"));
  const client = everyone.find(({ name }) => name === signer);
  const answer = await client?.sign?.(job);
  if (answer?.worked !== true) throw new Error(`${signer} could not sign for ${kind}: ${answer?.why}`);
  if (entryKind(job.bundle) !== kind) throw new Error(`${signer} wrote ${entryKind(job.bundle)}, not ${kind}`);
  return job;
}

/** Whether the client's own signature of an in-toto statement gets into today's Rekor 2, and as what. */
async function signToday(client: Client, stack: Stack, folder: string): Promise<Row["logged"]> {
  const job = await jobOn(stack, 2, folder, `by-${client.name.replaceAll(/\W/g, "-")}`);
  const answer = await client.sign?.(job);
  return answer?.worked === true ? { worked: true, kind: entryKind(job.bundle) } : answer;
}

async function jobOn(stack: Stack, rekor: 1 | 2, folder: string, name: string): Promise<Job> {
  const own = join(folder, name);
  const model = join(own, "model");
  mkdirSync(model, { recursive: true });
  writeFileSync(join(model, "config.json"), "{}");
  const { trustedRoot, signingConfig, clientTrustConfig } = stack.trust[rekor];
  // Copies, as a client may take the name of a file for what is in it.
  copyFileSync(trustedRoot, join(own, "trusted_root.json"));
  copyFileSync(signingConfig, join(own, "signing_config.json"));
  return {
    model,
    bundle: join(own, "model.sig"),
    folder: own,
    trustedRoot: join(own, "trusted_root.json"),
    signingConfig: join(own, "signing_config.json"),
    trustConfig: clientTrustConfig,
    token: await stack.token(),
    identity: "alice@example.com",
    issuer: stack.urls.issuer,
    urls: stack.urls,
  };
}
