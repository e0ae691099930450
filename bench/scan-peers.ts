// Counts how many models of the generated set `assay scan`, picklescan, modelscan and fickling answer rightly, and prints one table.
// The peers are Python libraries, which read and do not load; each model gets 20 s and 4 GB.
//
// Usage: node bench/scan-peers.ts [--python FILE] [--set FOLDER]
//   FILE   a Python that has the three peers; default: python3
//   FOLDER other models beside the generated set: files and folders in FOLDER/data-only and FOLDER/code
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { scan } from "../packages/assay/src/api/scan.ts";
import { SCAN_CASES } from "../packages/assay/test/scan/cases/index.ts";
import { writeCase } from "../packages/assay/test/support/scan/write-case.ts";

type Kind = "benign" | "dangerous" | "damaged";
interface Subject {
  readonly path: string;
  readonly kind: Kind;
  readonly isPickle: boolean;
}
/** `alarm`: it has something to say against the model; `quiet`: nothing; `failed`: no answer, or only an error. */
type Answer = "alarm" | "quiet" | "failed";

/** Reads paths from a file, and writes an answer for each on a line. */
const DRIVER = `
import sys, os, signal, resource, logging, warnings, contextlib, io
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
def late(*_): raise TimeoutError()
signal.signal(signal.SIGALRM, late)
def files(path):
    if os.path.isfile(path): return [path]
    return [os.path.join(at, name) for at, _, names in os.walk(path) for name in names]
def picklescan(path):
    from picklescan.scanner import scan_directory_path, scan_file_path
    result = scan_file_path(path) if os.path.isfile(path) else scan_directory_path(path)
    return "alarm" if result.infected_files else "failed" if result.scan_err else "quiet"
def modelscan(path):
    from modelscan.modelscan import ModelScan
    result = ModelScan().scan(path)
    return "alarm" if result["issues"] else "failed" if result["errors"] else "quiet"
def fickling(path):
    from fickling.analysis import Severity
    from fickling.loader import scan_file
    answers = []
    for file in files(path):
        try: result = scan_file(file, graceful=True)
        except TimeoutError: raise
        except Exception: answers.append("failed"); continue
        answers.append("failed" if result.errors else "quiet" if result.severity == Severity.LIKELY_SAFE else "alarm")
    return "alarm" if "alarm" in answers else "quiet" if "quiet" in answers else "failed"
tool = globals()[sys.argv[1]]
for path in open(sys.argv[2]).read().splitlines():
    signal.alarm(20)
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out): answer = tool(path)
    except BaseException: answer = "failed"
    signal.alarm(0)
    print(answer, flush=True)
`;

const { values } = parseArgs({ options: { python: { type: "string", default: "python3" }, set: { type: "string" } } });
const folder = mkdtempSync(join(tmpdir(), "assay-peers-"));
try {
  const sets: Readonly<Record<string, readonly Subject[]>> = {
    "the generated set": generated(),
    ...(values.set !== undefined && { "files of the libraries themselves": given(values.set) }),
  };
  for (const [name, subjects] of Object.entries(sets)) await compare(name, subjects);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(name: string, subjects: readonly Subject[]): Promise<void> {
  const own: Answer[] = [];
  for (const { path } of subjects) own.push((await scan(path)).risk.outcome === "data-only" ? "quiet" : "alarm");
  const tools: Readonly<Record<string, readonly Answer[]>> = {
    Assay: own,
    ...Object.fromEntries(["picklescan", "modelscan", "fickling"].map((peer) => [`${peer} ${version(peer)}`, ask(peer, subjects)])),
  };
  const heads = [`tool, on ${name}`, "dangerous, found", "of them pickles", "benign, without alarm", "damaged, told"];
  process.stdout.write(`\n| ${heads.join(" | ")} |\n| ${heads.map(() => "---").join(" | ")} |\n`);
  for (const [tool, answers] of Object.entries(tools)) {
    const count = (isOf: (subject: Subject) => boolean, isRight: (answer: Answer | undefined) => boolean): string => {
      const at = [...subjects.keys()].filter((index) => isOf(subjects[index] as Subject));
      return `${at.filter((index) => isRight(answers[index])).length} of ${at.length}`;
    };
    const cells = [
      count(
        ({ kind }) => kind === "dangerous",
        (answer) => answer === "alarm",
      ),
      count(
        ({ kind, isPickle }) => kind === "dangerous" && isPickle,
        (answer) => answer === "alarm",
      ),
      count(
        ({ kind }) => kind === "benign",
        (answer) => answer === "quiet",
      ),
      count(
        ({ kind }) => kind === "damaged",
        (answer) => answer !== "quiet",
      ),
    ];
    process.stdout.write(`| ${[tool, ...cells].join(" | ")} |\n`);
  }
}

function version(peer: string): string {
  const script = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
  return execFileSync(values.python, ["-c", script, peer], { encoding: "utf8" }).trim();
}

/** A peer that ends in the middle has failed on one model, and is started again behind it. */
function ask(peer: string, subjects: readonly Subject[]): Answer[] {
  const answers: Answer[] = [];
  while (answers.length < subjects.length) {
    const list = join(folder, "list.txt");
    writeFileSync(
      list,
      subjects
        .slice(answers.length)
        .map(({ path }) => path)
        .join("\n"),
    );
    const { stdout } = spawnSync(values.python, ["-c", DRIVER, peer, list], {
      cwd: tmpdir(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    answers.push(...(stdout.split("\n").filter((line) => line !== "") as Answer[]));
    if (answers.length < subjects.length) answers.push("failed");
  }
  return answers;
}

function generated(): Subject[] {
  const kinds = { benign: "benign", dangerous: "dangerous", corrupt: "damaged", hostile: "damaged" } as const;
  return SCAN_CASES.flatMap((one, index): Subject[] => {
    if (one.kind === "debatable" || one.allow !== undefined) return [];
    const path = writeCase(one, join(folder, "set", String(index)));
    const isPickle = Object.keys(one.files).some((file) => /\.(?:pkl|pickle|pt|pth|bin|ckpt|joblib|npy|npz|dat)$/.test(file));
    return [{ path, kind: one.expect === "data-only" ? "benign" : kinds[one.kind], isPickle }];
  });
}

function given(set: string): Subject[] {
  return (["data-only", "code"] as const).flatMap((answer) => {
    const kind = answer === "code" ? "dangerous" : "benign";
    return modelsIn(join(set, answer)).map((path): Subject => ({ path, kind, isPickle: /\/(?:pickle|torch|joblib|numpy)\//.test(path) }));
  });
}

/** Files, and folders that are one model: a SavedModel, ONNX with weights beside it. */
function modelsIn(at: string): string[] {
  const entries = readdirSync(at, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const isOne = files.includes("saved_model.pb") || at.endsWith("/ext");
  if (isOne) return [at];
  return entries.flatMap((entry) => (entry.isDirectory() ? modelsIn(join(at, entry.name)) : [join(at, entry.name)]));
}
