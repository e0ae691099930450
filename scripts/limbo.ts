// Runs the path validator, in its strict profile, and `openssl verify -x509_strict` beside it, on the public suite C2SP/x509-limbo.
// Usage: node scripts/limbo.ts LIMBO_JSON   (the suite's own `limbo compile` writes that file)
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssayError } from "assay";
import { type PathProfile, validateCertificatePath } from "assay/trust";

interface Case {
  readonly id: string;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly extended_key_usage: readonly string[];
  readonly max_chain_depth: number | null;
  readonly expected_result: "SUCCESS" | "FAILURE";
}

const FAMILIES = new Set(["rfc5280", "pathlen", "pathological", "cve", "invalid"]);
const PURPOSES: Readonly<Record<string, string>> = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" };

const [path] = process.argv.slice(2);
if (path === undefined || !existsSync(path)) {
  process.stderr.write("usage: node scripts/limbo.ts LIMBO_JSON\nThe suite is C2SP/x509-limbo; its `limbo compile` writes the file.\n");
  process.exit(2);
}
const suite = JSON.parse(readFileSync(path, "utf8")) as { readonly testcases: readonly Case[] };
const cases = suite.testcases.filter(({ id }) => FAMILIES.has(id.split("::")[0] ?? ""));
const folder = mkdtempSync(join(tmpdir(), "limbo-"));

interface Answer {
  readonly accepts: boolean;
  readonly why: string;
}

const rows = new Map<string, { cases: number; ours: number; openssl: number }>();
const differing: string[] = [];
const lenient: string[] = [];
let slowest = { id: "", milliseconds: 0 };
for (const testCase of cases) {
  const start = performance.now();
  const ours = await askAssay(testCase, "strict");
  const milliseconds = performance.now() - start;
  if (milliseconds > slowest.milliseconds) slowest = { id: testCase.id, milliseconds };
  const byDefault = await askAssay(testCase, "default");
  if (byDefault.accepts !== ours.accepts) lenient.push(`- \`${testCase.id}\`: strict: ${ours.why}; default: ${byDefault.why}`);
  const openssl = askOpenssl(testCase);
  const expected = testCase.expected_result === "SUCCESS";
  const row = rows.get(testCase.id.split("::")[0] ?? "") ?? { cases: 0, ours: 0, openssl: 0 };
  row.cases += 1;
  if (ours.accepts === expected) row.ours += 1;
  if (openssl.accepts === expected) row.openssl += 1;
  rows.set(testCase.id.split("::")[0] ?? "", row);
  if (ours.accepts !== expected) differing.push(`- \`${testCase.id}\`: expected ${testCase.expected_result}, Assay: ${ours.why}`);
  if (openssl.accepts !== expected) differing.push(`- \`${testCase.id}\`: expected ${testCase.expected_result}, OpenSSL: ${openssl.why}`);
}
rmSync(folder, { recursive: true });

process.stdout.write("| Family | Cases | Assay | OpenSSL |\n|---|---|---|---|\n");
const total = { cases: 0, ours: 0, openssl: 0 };
for (const [family, row] of rows) {
  process.stdout.write(`| ${family} | ${row.cases} | ${row.ours} | ${row.openssl} |\n`);
  total.cases += row.cases;
  total.ours += row.ours;
  total.openssl += row.openssl;
}
process.stdout.write(`| all | ${total.cases} | ${total.ours} | ${total.openssl} |\n\n${differing.sort().join("\n")}\n\n`);
process.stdout.write(`The profiles strict and default differ in ${lenient.length}:\n\n${lenient.sort().join("\n")}\n\n`);
process.stdout.write(`slowest in Assay: ${slowest.id}, ${slowest.milliseconds.toFixed(0)} ms\n`);
process.stdout.write(spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout);

function derOf(pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64"));
}

async function askAssay(testCase: Case, profile: PathProfile): Promise<Answer> {
  const purpose = PURPOSES[testCase.extended_key_usage[0] ?? ""];
  try {
    await validateCertificatePath({
      leaf: derOf(testCase.peer_certificate),
      candidates: testCase.untrusted_intermediates.map(derOf),
      anchors: testCase.trusted_certs.map(derOf),
      profile,
      at: testCase.validation_time === null ? new Date() : new Date(testCase.validation_time),
      ...(purpose === undefined ? {} : { extendedKeyUsage: purpose }),
      ...(testCase.max_chain_depth === null ? {} : { maxIntermediates: testCase.max_chain_depth }),
    });
    return { accepts: true, why: "accepts it" };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { accepts: false, why: `${error.code}, ${error.message}` };
  }
}

function askOpenssl(testCase: Case): Answer {
  const file = (name: string, pems: readonly string[]): string => {
    writeFileSync(join(folder, name), pems.join("\n"));
    return join(folder, name);
  };
  const time = testCase.validation_time === null ? Date.now() : Date.parse(testCase.validation_time);
  const options = ["-x509_strict", "-partial_chain", "-attime", String(Math.floor(time / 1000)), "-no-CApath", "-no-CAstore"];
  if (testCase.extended_key_usage.includes("serverAuth")) options.push("-purpose", "sslserver");
  if (testCase.max_chain_depth !== null) options.push("-verify_depth", String(testCase.max_chain_depth));
  options.push("-CAfile", file("trusted.pem", testCase.trusted_certs));
  if (testCase.untrusted_intermediates.length > 0) options.push("-untrusted", file("untrusted.pem", testCase.untrusted_intermediates));
  const { status, stderr } = spawnSync("openssl", ["verify", ...options, file("leaf.pem", [testCase.peer_certificate])], {
    encoding: "utf8",
    timeout: 60_000,
  });
  const why = /error \d+ at .*/.exec(stderr)?.[0] ?? stderr.split("\n")[0] ?? "";
  return { accepts: status === 0, why: status === 0 ? "accepts it" : why };
}
