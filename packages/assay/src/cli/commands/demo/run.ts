import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage } from "../../../api/open-page.ts";
import { AssayError } from "../../../core/error.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import type { ExitCode } from "../../command-line/exit-codes.ts";
import { SHARDS } from "./model-files.ts";
import { POISONED, poisonCopy } from "./poison.ts";
import { flipOneBit, openWorkshop, type Workshop } from "./workshop.ts";
import type { DemoDocument } from "../../../report/json/documents.ts";
import { head } from "../../../report/json/head.ts";
import { layOut } from "../../text/layout.ts";
import { command, type Block, type Report } from "../../text/report.ts";
import { formatSize, groupDigits, plural } from "../../text/sizes.ts";

/** Tells the story of a signature, of an openness, of a decision and of a scan, with the real commands and what they really print. */
export async function run({ values }: Invocation, context: CommandContext): Promise<CommandResult> {
  const keep = values.text("keep");
  const workshop = await openWorkshop(keep, context.cwd);
  try {
    const told = await story(workshop, context);
    const shown = values.flag("open") === false ? [] : await showReport(workshop, keep, context);
    const report = [...told, ...nextSteps(), ...shown, ...whereItIs(workshop, keep)];
    const output = layOut(report, { width: 100, color: false, live: false });
    const json: DemoDocument = { ...head("demo"), exitCode: 0, output, folder: keep === undefined ? null : resolve(context.cwd, keep) };
    return { exitCode: 0, report, json, warnings: [] };
  } finally {
    await workshop.close();
  }
}

async function story(workshop: Workshop, context: CommandContext): Promise<Report> {
  const { folder, model, privateKey, publicKey, policy } = workshop;
  const sign = ["sign", "key", model, "--private-key", privateKey];
  const verify = ["verify", "key", model, "--public-key", publicKey];
  const openness = ["openness", model, "--signature", "model.sig", "--public-key", publicKey];
  const check = ["check", model, "--policy", policy];
  const [, shard] = SHARDS;
  return [
    ...step(
      "A model",
      `${model}/ is a small Llama, made just now: ${plural(workshop.fileCount, "file")}, ${formatSize(workshop.totalBytes)}, weights in two safetensors files. Beside it is a fresh P-256 key pair, ${privateKey} and ${publicKey}.`,
    ),
    ...step("Its maker signs it", "Every file is hashed, and the list of hashes is signed."),
    ...(await show(sign, 0)),
    ...step("You verify it", `You got the model from anywhere, and ${publicKey} from its maker.`),
    ...(await show(verify, 0)),
    ...step("You ask how open it is", "By the Model Openness Framework, and only by what is in the folder. Nothing is guessed."),
    ...(await show(openness, 0)),
    ...step(
      "You decide whether to run it",
      `${policy}, made just now, asks for its maker's signature, for only data, and for the MIT license. One decision, with every rule.`,
    ),
    ...(await show(check, 0)),
    ...(await tamper()),
    ...(await show(verify, 1)),
    ...step("You decide again", "The same policy. The report for those who review the decision is a web page."),
    ...(await show([...check, "--html", REPORT], 1)),
    ...step(
      "You ask what loading it does",
      "A scan reads the bytes and loads nothing. The flipped bit is data like any other: only the signature tells.",
    ),
    ...(await show(["scan", model], 0)),
    ...(await poison()),
    ...(await show(["scan", POISONED.model], 1)),
  ];

  async function show(argv: readonly string[], expected: ExitCode): Promise<Report> {
    const { exitCode, output } = await context.runInside(argv, folder);
    if (exitCode !== expected) throw new AssayError("INTERNAL", `the demo's own command answered ${exitCode}: ${output.trim()}`);
    return [
      { kind: "prompt", words: ["assay", ...argv] },
      { kind: "finished", text: output },
    ];
  }

  async function poison(): Promise<Report> {
    await poisonCopy(folder, model);
    return step(
      "Someone adds a file",
      `${POISONED.model}/ is a copy with ${POISONED.file}, a pickle of ${plural(POISONED.pickle.length, "byte")}, made just now and never loaded. A program that loads it runs a command.`,
    );
  }

  async function tamper(): Promise<Report> {
    const { offset, before, after } = await flipOneBit(join(folder, model, shard));
    const change = `0x${before.toString(16).padStart(2, "0")} becomes 0x${after.toString(16).padStart(2, "0")}`;
    return step(
      "An attacker tampers",
      `One bit of one weight flips: byte ${groupDigits(offset)} of ${shard}, ${change}. The model still loads and runs.`,
    );
  }
}

const REPORT = "report.html";

/** Opens the report where a person sits at a display. It is then kept, as the browser reads it when it likes. */
async function showReport({ folder }: Workshop, keep: string | undefined, { askSecret, environment }: CommandContext): Promise<Report> {
  if (askSecret === undefined) return [];
  const page = keep === undefined ? join(await mkdtemp(join(tmpdir(), "assay-report-")), REPORT) : join(folder, REPORT);
  if (keep === undefined) await copyFile(join(folder, REPORT), page);
  if (await openPage(page, { platform: process.platform, environment })) {
    return [{ kind: "blank" }, { kind: "text", text: `The report of the second decision is open in your browser: ${page}`, tone: "dim" }];
  }
  if (keep === undefined) await rm(dirname(page), { recursive: true });
  return [];
}

/** Six lines to type. */
function nextSteps(): Report {
  return [
    { kind: "blank" },
    { kind: "heading", text: "Now your own model" },
    command("", ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem"]),
    command("", ["openssl", "pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"]),
    command("", ["assay", "sign", "key", "./your-model", "--private-key", "key.pem"]),
    command("", ["assay", "verify", "key", "./your-model", "--public-key", "key.pub"]),
    command("", ["assay", "policy", "init", "--sector", "it", "--output-file", "policy.yml"]),
    command("", ["assay", "check", "./your-model", "--policy", "policy.yml"]),
  ];
}

function whereItIs({ folder }: Workshop, keep: string | undefined): Report {
  const notes: Block[] = [];
  if (keep !== undefined) notes.push({ kind: "text", text: `Model, keys and signature are in ${folder}.`, tone: "dim" });
  if (inCheckout()) notes.push({ kind: "text", text: "From this checkout, assay is ./assay.", tone: "dim" });
  return notes.length === 0 ? [] : [{ kind: "blank" }, ...notes];
}

/** Whether this runs from a clone of the repository, where the command is the launcher at its root. */
function inCheckout(): boolean {
  const root = fileURLToPath(new URL("../../../../", import.meta.url));
  return existsSync(join(root, "packages", "assay")) && existsSync(join(root, "assay"));
}

function step(title: string, explanation: string): Block[] {
  return [{ kind: "blank" }, { kind: "heading", text: title }, { kind: "text", text: explanation }];
}
