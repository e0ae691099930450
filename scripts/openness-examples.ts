// Writes docs/openness-examples.md: what `assay openness` prints of ten public repositories at named commits.
// Usage: node scripts/openness-examples.ts SNAPSHOTS
// SNAPSHOTS is a folder with OWNER+NAME/repo, a git directory that has the commit; the command must be built.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOut } from "./openness-readings/checkout.ts";

const root = join(import.meta.dirname, "..");

/** Why each is shown: what a reviewer meets in it. */
const EXAMPLES = [
  ["allenai/OLMo", "59a53e3f68e546330ca5a99ec626e58f9ab96494", "Code of every kind, and weights elsewhere"],
  ["EleutherAI/pythia", "a19eecb807ec2c79a39ebf18108816e6ffffc1d5", "Hundreds of files of results"],
  ["deepseek-ai/DeepSeek-V3", "9b4e9788e4a3a731f7567338ed15d3ec549ce03b", "One license for code, another for the model"],
  ["openai/whisper", "c0d2f624c09dc18e709e37c2ad90c039a4eb72a2", "Speech, with a model card of its own"],
  ["MoonshotAI/Kimi-K2", "c6157be8531e1c52f5dfd3bb91a1275b089eac50", "A changed MIT license"],
  ["black-forest-labs/flux", "802fb4713906133fcbd0d8dc5351620ca4773036", "Several models under several terms"],
  ["hexgrad/kokoro", "dfb907a02bba8152ca444717ca5d78747ccb4bec", "A library beside a model"],
  ["openai/gpt-2", "9b63575ef42771a015060c964af2c3da4cf7c8ab", "Weights that no file names"],
  ["google-deepmind/graphcast", "9c034db1ff412d5db6cbe6bb0c5c9afc5a267719", "A license for each kind, stated in the README"],
  ["tloen/alpaca-lora", "8bb8579e403dc78e37fe81ffbb253c413007323f", "An adapter, with a license for its data"],
] as const;

/** Shown in full beside the short form. */
const IN_FULL: ReadonlySet<string> = new Set(["deepseek-ai/DeepSeek-V3"]);

const [snapshots] = process.argv.slice(2);
if (snapshots === undefined) {
  process.stderr.write("usage: node scripts/openness-examples.ts SNAPSHOTS\n");
  process.exit(2);
}

const sections = EXAMPLES.map(([repo, commit, why]) => section(snapshots, repo, commit, why));
const target = join(root, "docs/openness-examples.md");
writeFileSync(
  target,
  [
    "# Ten reports",
    "",
    "What `assay openness` prints of ten public repositories at 100 columns, each at the commit named. No weights are in them: a repository of code seldom holds any. Written by `scripts/openness-examples.ts`; what the words mean is in [openness.md](openness.md).",
    "",
    ...sections,
  ].join("\n"),
);
process.stdout.write(`${target}\n`);

function section(folder: string, repo: string, commit: string, why: string): string {
  const work = mkdtempSync(join(tmpdir(), "assay-examples-"));
  try {
    const name = repo.slice(repo.indexOf("/") + 1);
    if (checkOut(folder, { repo, commit }, join(work, name)) === undefined) throw new Error(`${folder} has no snapshot of ${repo}`);
    const forms = IN_FULL.has(repo) ? [[], ["--full"]] : [[]];
    return [
      `## [${repo}](https://github.com/${repo}/tree/${commit})`,
      "",
      `${why}.`,
      "",
      ...forms.flatMap((options) => ["```", ...printed(work, name, options), "```", ""]),
    ].join("\n");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The report, and below it the warnings, as a terminal shows them. */
function printed(cwd: string, name: string, options: readonly string[]): string[] {
  const words = ["openness", name, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "packages/assay/dist/bin/assay.js"), ...words], {
    cwd,
    env: { ...process.env, COLUMNS: "100", NO_COLOR: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`assay ${words.join(" ")} ended with ${status}: ${stderr}`);
  return [
    `$ assay ${words.join(" ")}`,
    ...stdout.trimEnd().split("\n"),
    ...stderr
      .trimEnd()
      .split("\n")
      .filter((line) => line !== ""),
  ];
}
