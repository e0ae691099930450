// Measures how many bytes `assay scan` reads of large weights: 10 GB of safetensors, 5 GB of PyTorch archives, as sparse files. The
// kernel counts (`rchar` of /proc/PID/io, of a shell and of what it waited for; Linux only), the command's own code included.
//
// Usage: node bench/scan-reads.ts
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largeSafetensors, largeTorchArchive } from "../packages/assay/test/support/scan/large.ts";
import type { SparseFile } from "../packages/assay/test/support/scan/sparse-file.ts";
import { ASSAY_COMMAND } from "./tools.ts";

const GOAL = 50_000_000;
const folder = mkdtempSync(join(tmpdir(), "assay-reads-"));

try {
  const small = join(folder, "small.safetensors");
  write(small, largeSafetensors(1000));
  const bare = bytesRead([ASSAY_COMMAND, "scan", small]);
  process.stdout.write(`| what | bytes in all | read | of 1 kB of safetensors | goal |\n| --- | --- | --- | --- | --- |\n`);
  measure("safetensors, 2 files", "model", ".safetensors", [largeSafetensors(5_000_000_000), largeSafetensors(5_000_000_000)]);
  measure("PyTorch archives, 2 files", "pytorch_model", ".bin", [largeTorchArchive(625_000_000), largeTorchArchive(625_000_000)]);

  function measure(what: string, stem: string, ending: string, files: readonly SparseFile[]): void {
    const model = join(folder, stem);
    mkdirSync(model);
    for (const [index, file] of files.entries()) write(join(model, `${stem}-${index}${ending}`), file);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const read = bytesRead([ASSAY_COMMAND, "scan", model]);
    const cells = [what, `${(size / 1e9).toFixed(1)} GB`, megabytes(read), megabytes(bare), `under ${megabytes(GOAL)}`];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
    if (read >= GOAL) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Fails where the command does: a scan of these ends with 0. */
function bytesRead(given: readonly string[]): number {
  const script = '"$@" >&2 && cat /proc/$$/io';
  const out = execFileSync("sh", ["-c", script, "sh", process.execPath, ...given], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return Number(/^rchar: (\d+)/m.exec(out)?.[1]);
}

function write(path: string, { size, pieces }: SparseFile): void {
  const file = openSync(path, "w");
  for (const [at, bytes] of pieces) writeSync(file, bytes, 0, bytes.length, at);
  truncateSync(path, size);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
