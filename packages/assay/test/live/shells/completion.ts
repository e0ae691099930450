// The completion of zsh, fish and of a bash on a terminal, in the real shells. The functions of bash are tested in
// test/cli/completion.test.ts; PowerShell is tested nowhere.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assay } from "../../support/cli/command.ts";
import { faults, FILES, FOLDER, LINES } from "../../support/completion/lines.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const cwd = temporaryFolder();
for (const name of FILES) writeFileSync(join(cwd, name), "");
mkdirSync(join(cwd, FOLDER));
const scripts = temporaryFolder();
for (const shell of ["bash", "zsh", "fish"]) writeFileSync(join(scripts, shell), (await assay(["completion", shell])).stdout);

function run(program: string, argv: readonly string[], input: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, argv, {
    cwd,
    input,
    encoding: "utf8",
    env: { ...process.env, TERM: "dumb" },
  });
  assert.equal(error, undefined, `${program} is missing: ${String(error)}`);
  assert.equal(status, 0, stderr);
  return stdout;
}

/** The answers, each ended by a line with a dot. */
function answers(output: string): string[][] {
  return output
    .split(/^\.\n/m)
    .slice(0, -1)
    .map((answer) => answer.split("\n").filter((word) => word !== ""));
}

function compare(found: readonly string[][]): void {
  assert.equal(found.length, LINES.length);
  assert.deepEqual(
    LINES.flatMap((line, index) => faults(line, found[index] ?? [])),
    [],
  );
}

suite("completion in the real shells", () => {
  test("fish offers every command and option of the table, choices, and files where they belong", () => {
    const path = join(scripts, "fish");
    run("fish", ["--no-config", "--no-execute", path], "");
    const asked = LINES.map(({ words }) => `complete -C '${words.join(" ")}' | string replace -r '\\t.*' ''; echo .`);
    const stdout = run("fish", ["--no-config", "-c", `source ${path}; ${asked.join("; ")}`], "");
    compare(answers(stdout));
  });

  test("zsh offers every command and option of the table, choices, and files where they belong", () => {
    const record = join(scripts, "record");
    const driver = fileURLToPath(new URL("drive.zsh", import.meta.url));
    run("zsh", ["-f", driver, join(scripts, "zsh"), record], LINES.map(({ words }) => `${words.join(" ")}\n`).join(""));
    compare(answers(readFileSync(record, "utf8").replace(/^ready\n/, "")));
  });

  test("zsh finds the script by its first line, as a file of $fpath", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "_assay"), readFileSync(join(scripts, "zsh")));
    const stdout = run("zsh", ["-f"], `fpath=(${folder} $fpath); autoload -Uz compinit && compinit -u -D; print $_comps[assay]\n`);
    assert.equal(stdout, "_assay\n");
  });

  test("bash on a terminal puts in the one word that fits, and quotes a file's name", () => {
    writeFileSync(join(cwd, "one two.bin"), "");
    const typed =
      "assay() { printf 'GIVEN<%s>\\n' \"$@\"; }\nassay sign key one\t --has\tblake3 --private\tgranite-a\t --cache granite-c\t\nexit\n";
    const bash = `bash --norc --noprofile -i`;
    writeFileSync(join(cwd, "typed"), `. ${join(scripts, "bash")}\n${typed}`);
    const stdout = run("script", ["-qec", `${bash} < /dev/stdin`, "/dev/null"], readFileSync(join(cwd, "typed"), "utf8"));
    const given = [...stdout.matchAll(/^GIVEN<(.*)>\r?$/gm)].map(([, word]) => word);
    assert.deepEqual(given, ["sign", "key", "one two.bin", "--hash", "blake3", "--private-key", "granite-a.bin", "--cache", "granite-c/"]);
  });
});
