import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { signedFolder } from "../support/cli/command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SRC = new URL("../../src/", import.meta.url);

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/** Around the way: the host and the printer get no command line, `spec-parts` names the command in the error, and verify is the end. */
const ASIDE = /^cli\/(?:text|host\/(?!settings)|command-line\/spec-parts)|^api\/(?!given-files)/;

/** The files of which a function ran before `verify` refused the question. */
function filesOnTheWay(argv: readonly string[], cwd: string): string[] {
  const folder = temporaryFolder();
  const main = fileURLToPath(new URL("cli/main.ts", SRC));
  const { status } = spawnSync(process.execPath, [main, ...argv], { cwd, env: { ...process.env, NODE_V8_COVERAGE: folder } });
  assert.equal(status, 2);
  return readdirSync(folder)
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as Coverage).result)
    .filter(({ functions }) => functions.some(({ functionName, ranges }) => functionName !== "" && (ranges[0]?.count ?? 0) > 0))
    .map(({ url }) => url.replace(SRC.href, ""))
    .filter((file) => /^(?:cli|api)\//.test(file) && !ASIDE.test(file));
}

test("a command line passes at most ten files on its way to the library's verify", async () => {
  const cwd = await signedFolder();
  const files = filesOnTheWay(["verify", "key", "granite", "--public-key", "key.pub", "--expect-digest", "none"], cwd);
  assert.ok(files.includes("cli/inputs/trust.ts"));
  assert.ok(files.length <= 10, files.join(" "));
});
