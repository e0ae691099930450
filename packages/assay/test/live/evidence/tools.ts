import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = ["check-jsonschema==0.39.0", "pyshacl==0.40.0", "spdx-python-model==0.0.6"];
const COSIGN = "github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3";
/** Where the programs are, or are put once. */
const FOLDER = process.env["ASSAY_EVIDENCE_TOOLS"] ?? fileURLToPath(new URL("../../../../../.cache/evidence-tools", import.meta.url));

export interface Answer {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program to its end. */
export function run(program: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Answer {
  const { status, stdout, stderr, error } = spawnSync(program, argv, { encoding: "utf8", env: { ...process.env, ...env } });
  if (error !== undefined) throw new Error(`cannot run ${program}: ${error.message}`);
  return { status, output: stdout + stderr };
}

/** A program of the Python packages, which are installed where they are missing. */
export function pythonTool(name: "check-jsonschema" | "pyshacl" | "python"): string {
  const environment = join(FOLDER, "venv");
  const program = join(environment, "bin", name);
  if (existsSync(program) && existsSync(join(environment, "bin/pyshacl"))) return program;
  mkdirSync(FOLDER, { recursive: true });
  must("python3", ["-m", "venv", environment]);
  must(join(environment, "bin/pip"), ["install", "--quiet", ...PACKAGES]);
  return program;
}

/** cosign, which Go builds where it is missing: minutes. */
export function cosign(): string {
  const program = join(FOLDER, "bin/cosign");
  if (!existsSync(program)) must("go", ["install", COSIGN], { GOBIN: join(FOLDER, "bin") });
  return program;
}

function must(program: string, argv: readonly string[], env?: Readonly<Record<string, string>>): void {
  const { status, output } = run(program, argv, env);
  if (status !== 0) throw new Error(`${program} ${argv.join(" ")} failed:\n${output}`);
}
