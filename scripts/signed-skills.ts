// Verifies every signature of a checkout of NVIDIA/skills, as the README of that repository does it, and counts the answers.
// Usage: node scripts/signed-skills.ts FOLDER
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { readFileSync } from "node:fs";
import { verify } from "assay";

const ROOT = "nv-agent-root-cert.pem";
const SIGNATURE = "skill.oms.sig";

const [folder] = process.argv.slice(2);
const signatures = folder === undefined ? [] : globSync(`**/${SIGNATURE}`, { cwd: folder }).sort();
if (folder === undefined || signatures.length === 0) {
  process.stderr.write(`usage: node scripts/signed-skills.ts FOLDER\nFOLDER is a checkout of github.com/NVIDIA/skills, with ${ROOT}.\n`);
  process.exit(2);
}

const certificates = [readFileSync(join(folder, ROOT))];
const counts = new Map<string, number>();
const refused: string[] = [];
for (const path of signatures) {
  const model = join(folder, dirname(path));
  const answer = await verify(model, {
    trust: { method: "certificate", certificates },
    signature: join(folder, path),
    ignoreUnsignedFiles: true,
  });
  const kind = answer.outcome === "verified" ? "verified" : `${answer.outcome}: ${answer.error.code}`;
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (answer.outcome === "verified") continue;
  const files = answer.outcome === "failed" ? answer.differences.map(({ kind: what, name }) => `${what} ${name}`) : [];
  refused.push(`- ${dirname(path)}: ${answer.error.message}${files.length === 0 ? "" : ` (${files.join(", ")})`}`);
}

process.stdout.write("| Answer | Signatures |\n|---|---|\n");
for (const [kind, count] of [...counts].sort(([a], [b]) => (a < b ? 1 : -1))) process.stdout.write(`| ${kind} | ${count} |\n`);
process.stdout.write(`| all | ${signatures.length} |\n\n${refused.join("\n")}\n`);
