// What a start costs, as ratios to a bare `node -e 0` of the same run, every command in turn: the command as it is built here,
// as the package ships it (without compiled code), and the single executable, where `npm run executable` has built it.
//
//   node bench/start.ts [--runs 25]
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { measure, median, meterInUse, type Command, type Measurement } from "./measure.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "25" } } });
const bin = resolve("packages/assay/dist/bin");
const executable = resolve(`build/assay-${process.platform}-${process.arch}`);
const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
try {
  process.chdir(folder);
  prepare();
  const version = ["--version"];
  const verify = ["verify", "key", "model", "--public-key", "key.pub"];
  const published = join(folder, "bin", "assay.js");
  const commands: [string, Command][] = [["node -e 0", node("-e", "0")]];
  for (const argv of [version, verify]) {
    commands.push([`built, ${argv[0]}`, node(join(bin, "assay.js"), ...argv)]);
    commands.push([`as published, ${argv[0]}`, node(published, ...argv)]);
    if (existsSync(executable)) commands.push([`executable, ${argv[0]}`, { file: executable, arguments: argv }]);
  }
  const all = commands.map((): Measurement[] => []);
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const [index, [, command]] of commands.entries()) all[index]?.push(measure(command));
  }
  print(
    commands.map(([name]) => name),
    all,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A signed model of two files, and the command without its caches. */
function prepare(): void {
  mkdirSync("model");
  for (const name of ["a", "b"]) writeFileSync(join("model", name), name.repeat(1000));
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync("key.pem", privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync("key.pub", publicKey.export({ type: "spki", format: "pem" }));
  cpSync(bin, "bin", { recursive: true });
  for (const cache of globSync("bin/*.cache")) rmSync(cache);
  execFileSync(process.execPath, [join(bin, "assay.js"), "sign", "key", "model", "--private-key", "key.pem"]);
}

function node(...argv: string[]): Command {
  return { file: process.execPath, arguments: argv };
}

function print(names: readonly string[], all: readonly Measurement[][]): void {
  console.log(`${meterInUse}; medians of ${values.runs} runs in turn`);
  const wall = all.map((runs) => median(runs.map(({ wallSeconds }) => wallSeconds * 1000)));
  const cpu = all.map((runs) => median(runs.map(({ cpuSeconds }) => (cpuSeconds ?? 0) * 1000)));
  for (const [index, name] of names.entries()) {
    const ratio = (times: readonly (number | undefined)[]): string =>
      `${(times[index] ?? 0).toFixed(1).padStart(6)} ms ${((times[index] ?? 0) / (times[0] ?? 1)).toFixed(2).padStart(5)}`;
    console.log(`${name.padEnd(24)} wall ${ratio(wall)}   CPU ${ratio(cpu)}`);
  }
  if (!existsSync(executable)) return console.log("no executable: npm run executable");
  console.log(`executable: ${statSync(executable).size} bytes, ${gzipSync(readFileSync(executable)).length} gzipped`);
}
