import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { textWidth } from "../../src/cli/text/width.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openPage } from "../../src/api/open-page.ts";
import { runCommandLine } from "../../src/cli/run.ts";
import { assay, assayProcess, cleanEnvironment } from "../support/cli/command.ts";

suite("assay demo", () => {
  test("signs, verifies, tampers and explains, plainly where it is piped", async () => {
    const TMPDIR = temporaryFolder();
    const { exitCode, stdout, stderr } = await assayProcess(["demo"], { env: { TMPDIR } });
    assert.equal(exitCode, 0, stderr);
    assert.equal(stderr, "");
    assert.ok(!stdout.includes("\u001b"));
    const order = [
      "\n$ assay sign key pebble --private-key demo.key\n✔ Signed: all 7 files",
      "\n$ assay verify key pebble --public-key demo.pub\n✔ Verified: all 7 files",
      "\n$ assay openness pebble --signature model.sig --public-key demo.pub\n✘ No class: pebble shows 2 of the 6 components",
      "\n$ assay check pebble --policy policy.yml\n✔ ALLOW: pebble: 4 of 4 rules pass\n",
      "One bit of one weight flips",
      "\n$ assay verify key pebble --public-key demo.pub\n✘ Not verified: 1 of 7 files is not what was signed: model-00002-of-00002.safetensors\n  changed     model-00002-of-00002.safetensors",
      "\n$ assay check pebble --policy policy.yml --html report.html\n✘ DENY: pebble by signers: model-00002-of-00002.safetensors: not the bytes that were signed\n",
      "\n$ assay scan pebble\n✔ Data only: pebble, 7 of 7 files examined",
      "made just now and never loaded",
      "\n$ assay scan pebble-poisoned\n✘ Code: pebble-poisoned: pytorch_model.bin runs or names code when it is loaded; 8 of 8 files examined",
      "\nNow your own model\n",
    ].map((part) => stdout.indexOf(part));
    assert.ok(
      order.every((position, index) => position > (order[index - 1] ?? -1)),
      `${order.join(" ")}\n${stdout}`,
    );
    assert.deepEqual(readdirSync(TMPDIR), [], "nothing is left behind");
  });

  test("says what is missing where no temporary folder can be made", async () => {
    const TMPDIR = join(temporaryFolder(), "none");
    const { exitCode, stderr } = await assayProcess(["demo"], { env: { TMPDIR } });
    assert.equal(exitCode, 3);
    assert.match(stderr, /no temporary folder can be made in .*none\n.*assay demo --keep FOLDER/);
  });

  test("tells in six lines what to type next", async () => {
    const { stdout } = await assay(["demo"]);
    const next = stdout.slice(stdout.indexOf("\nNow your own model\n")).split("\n\n")[0]?.split("\n").slice(2) ?? [];
    assert.equal(next.filter((line) => line !== "").length, 6, next.join("\n"));
  });

  test("looks good on 60 columns", async () => {
    const { stdout } = await assay(["demo"], { env: { COLUMNS: "60" } });
    for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= 60, line);
  });

  test("keeps its files where it is asked to, and the commands work there", async () => {
    const cwd = temporaryFolder();
    assert.equal((await assay(["demo", "--keep", "kept"], { cwd })).exitCode, 0);
    const kept = join(cwd, "kept");
    assert.deepEqual(readdirSync(kept).sort(), [
      "demo.key",
      "demo.pub",
      "model.sig",
      "pebble",
      "pebble-poisoned",
      "policy.yml",
      "report.html",
    ]);
    assert.equal((await assay(["verify", "key", "pebble", "--public-key", "demo.pub"], { cwd: kept })).exitCode, 1);
    assert.equal((await assay(["sign", "key", "pebble", "--private-key", "demo.key"], { cwd: kept })).exitCode, 0);
    assert.equal((await assay(["verify", "key", "pebble", "--public-key", "demo.pub"], { cwd: kept })).exitCode, 0);
  });

  test("touches nothing in a folder that holds something", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "mine"));
    writeFileSync(join(cwd, "mine", "file"), "mine");
    const { exitCode, stderr } = await assay(["demo", "--keep", "mine"], { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /is not empty/);
    assert.ok(!existsSync(join(cwd, "mine", "pebble")));
  });

  suite("the report of its second decision", () => {
    /** A machine whose opener of pages writes down what it is given. */
    function desk(): { readonly opened: () => string; readonly env: Record<string, string> } {
      const folder = temporaryFolder();
      const seen = join(folder, "seen");
      writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\nprintf %s "$1" > ${seen}\n`, { mode: 0o755 });
      writeFileSync(join(folder, "open"), `#!/bin/sh\nprintf %s "$1" > ${seen}\n`, { mode: 0o755 });
      const env = cleanEnvironment({ PATH: `${folder}:${process.env["PATH"] ?? ""}`, DISPLAY: ":9" });
      return { env, opened: () => (existsSync(seen) ? readFileSync(seen, "utf8") : "") };
    }

    async function demo(argv: readonly string[], environment: Readonly<Record<string, string>>, isAtTerminal: boolean): Promise<string> {
      let printed = "";
      await runCommandLine(["demo", ...argv], {
        cwd: temporaryFolder(),
        environment,
        signal: new AbortController().signal,
        interruptExitCode: () => undefined,
        facts: () => ({ isTerminal: false, columns: 100 }),
        write: (_, text) => void (printed += text),
        askSecret: isAtTerminal ? () => Promise.resolve("") : undefined,
      });
      return printed;
    }

    test("opens where a person sits at a display, and stays for the browser to read", async () => {
      const { env, opened } = desk();
      const printed = await demo([], env, true);
      assert.match(opened(), /^file:\/\/.*\/report\.html$/);
      const page = fileURLToPath(opened());
      assert.ok(printed.replaceAll(/\s+/g, "").includes(`isopeninyourbrowser:${page}`.replaceAll(/\s+/g, "")), printed.slice(-600));
      assert.match(readFileSync(page, "utf8"), /<title>DENY: pebble<\/title>/);
      rmSync(dirname(page), { recursive: true });
    });

    test("does not open without a terminal, in a CI job, over SSH, without a display, or with --no-open", async () => {
      for (const [argv, more, isAtTerminal] of [
        [[], {}, false],
        [[], { CI: "true" }, true],
        [[], { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" }, true],
        [[], { DISPLAY: "" }, true],
        [["--no-open"], {}, true],
      ] as const) {
        const { env, opened } = desk();
        await demo(argv, { ...env, ...more }, isAtTerminal);
        assert.equal(process.platform === "linux" ? opened() : "", "", JSON.stringify([argv, more]));
      }
      assert.equal(await openPage("/report.html", { platform: "darwin", environment: { CI: "1" } }), false);
    });
  });
});
