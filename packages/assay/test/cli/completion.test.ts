import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { completionTable } from "../../src/cli/commands/completion/table.ts";
import { OPTION_TABLE } from "../../src/cli/command-line/options.ts";
import { SPECS } from "../../src/cli/registry.ts";
import { assay } from "../support/cli/command.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { faults, FILES, FOLDER, LINES } from "../support/completion/lines.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const script = (await assay(["completion", "bash"])).stdout;
const cwd = temporaryFolder();
for (const name of FILES) writeFileSync(join(cwd, name), "");
mkdirSync(join(cwd, FOLDER));
writeFileSync(join(cwd, "assay.bash"), script);

/** What bash offers for the last of the words, by calling the function as bash does. */
function offeredByBash(lines: readonly (readonly string[])[]): string[][] {
  const calls = lines.map((words) => {
    const list = words.map((word) => `'${word}'`).join(" ");
    return `COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _assay; printf '%s\\n' "\${COMPREPLY[@]-}" .`;
  });
  const { stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile"], {
    cwd,
    encoding: "utf8",
    input: `set -u\n. ./assay.bash\n${calls.join("\n")}\n`,
  });
  assert.equal(stderr, "");
  return stdout
    .split(/^\.\n/m)
    .slice(0, -1)
    .map((answer) => answer.split("\n").filter((word) => word !== ""));
}

suite("assay completion bash", () => {
  test("offers every command and option of the table, choices, and files where they belong", () => {
    const found = offeredByBash(LINES.map(({ words }) => words));
    assert.equal(found.length, LINES.length);
    assert.deepEqual(
      LINES.flatMap((line, index) => faults(line, found[index] ?? [])),
      [],
    );
  });

  test("reads --option=value, which bash takes for three words", () => {
    const [choices, whole, after, ofSwitch] = offeredByBash([
      ["assay", "sign", "key", "m", "--hash", "=", "b"],
      ["assay", "sign", "key", "m", "--hash", "="],
      ["assay", "sign", "key", "m", "--hash", "=", "blake3", "--priv"],
      ["assay", "digest", "--manifest", "=", "gran"],
    ]);
    assert.deepEqual(choices, ["blake2b", "blake3"]);
    assert.deepEqual(whole, ["sha256", "blake2b", "blake3"]);
    assert.deepEqual(after, ["--private-key"]);
    assert.deepEqual(ofSwitch, []);
  });

  test("quotes what a file's name holds where bash does not: nothing of it runs", () => {
    const folder = temporaryFolder();
    const names = ["m1$(touch pwned)", "m2`touch pwned`", "m3;touch pwned", "m4 'a' \"b\"", "m5|touch pwned", "m6\\", "m7\ntouch pwned"];
    for (const name of names) writeFileSync(join(folder, name), "");
    // What bash would put into the line, read as a line.
    const asked = names.map(
      (name) => `COMP_WORDS=(assay digest ${name.slice(0, 2)}); _assay; eval "given=(\${COMPREPLY[0]})"; printf '<%s>' "\${given[@]}"`,
    );
    const { stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile"], {
      cwd: folder,
      encoding: "utf8",
      input: `. '${join(cwd, "assay.bash")}'\nCOMP_CWORD=2\n${asked.join("\n")}\n`,
    });
    assert.equal(stderr, "");
    assert.equal(stdout, names.map((name) => `<${name.split("\n")[0]}>`).join(""));
    assert.deepEqual(readdirSync(folder).toSorted(), names.toSorted());
  });

  test("offers no options after --", () => {
    assert.deepEqual(offeredByBash([["assay", "digest", "--", "--"]]), [[]]);
  });
});

suite("assay completion", () => {
  test("prints a script for each shell, the same with --json", async () => {
    const validate = closedSchema("completion");
    for (const shell of ["bash", "zsh", "fish", "powershell"]) {
      const { stdout } = await assay(["completion", shell]);
      assert.match(stdout, new RegExp(`Made by: assay completion ${shell}\\n`));
      const document = JSON.parse((await assay(["completion", shell, "--json"])).stdout) as { script: string };
      assert.ok(validate(document), JSON.stringify(validate.errors));
      assert.equal(document.script, stdout);
    }
  });

  test("names the shells where the argument is another, and the nearest", async () => {
    const { exitCode, stderr } = await assay(["completion", "zhs"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /"zhs" is not one of bash, zsh, fish, powershell/);
    assert.match(stderr, /assay completion zsh/);
  });

  test("has one kind of argument for each command, as its table supposes", () => {
    for (const { words, arguments: all } of SPECS) {
      const kinds = new Set(
        all.map(({ isPath, mayBePath, isCommand, choices }) => [isPath === true || mayBePath === true, isCommand, choices].join()),
      );
      assert.ok(kinds.size <= 1, words.join(" "));
    }
  });

  test("completes paths for every value that is called FILE, PATH or FOLDER", () => {
    for (const {
      spellings: [long = ""],
      value,
    } of completionTable(SPECS).options) {
      const name = Object.entries(OPTION_TABLE).find(([option]) => `--${option}` === long)?.[1].value;
      const isPath = name !== undefined && /^(?:FILE|PATH|FOLDER)$/.test(name);
      assert.equal(value?.completes === "file" || value?.completes === "folder", isPath, long);
    }
  });
});
