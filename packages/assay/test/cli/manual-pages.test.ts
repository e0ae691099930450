import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { COMMON_OPTIONS } from "../../src/cli/command-line/spec-parts.ts";
import { OPTION_TABLE } from "../../src/cli/command-line/options.ts";
import { SPECS } from "../../src/cli/registry.ts";

const folder = new URL("../../man/", import.meta.url);
/** As a reader sees it: without the escapes and requests of roff. */
const pages = new Map(
  readdirSync(folder).map((file) => [
    file,
    readFileSync(new URL(file, folder), "utf8")
      .replaceAll("\\-", "-")
      .replace(/\\f[BR]/g, ""),
  ]),
);

suite("the manual pages", () => {
  for (const { words, required, options } of SPECS) {
    const call = `assay ${words.join(" ")}`;
    test(`of ${call} have all its options, in its own section`, () => {
      const page = pages.get(`assay-${words[0]}.1`) ?? "";
      const [, section = ""] = page.split(`.SH ${call.toUpperCase()}\n`);
      const [own = ""] = section.split("\n.SH ");
      const missing = [...required, ...options].filter((name) => !own.includes(`--${name}`) && !own.includes(`--[no-]${name}`));
      assert.deepEqual(missing, []);
      assert.ok(own.includes("\n.SS Examples\n"));
    });
  }

  test("begin with assay(1), which names every command and the options of all", () => {
    const page = pages.get("assay.1") ?? "";
    for (const { words } of SPECS) assert.ok(page.includes(`\nassay ${words.join(" ")}\n`), words.join(" "));
    for (const name of COMMON_OPTIONS)
      assert.ok(page.includes(OPTION_TABLE[name].negative === undefined ? `--${name}` : `--[no-]${name}`), name);
  });

  test("are all installed with the package, and no other", () => {
    const { man, files } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      man: string[];
      files: string[];
    };
    const expected = ["assay.1", ...new Set(SPECS.map(({ words: [first] }) => `assay-${first}.1`))];
    assert.deepEqual([...pages.keys()].sort(), expected.toSorted());
    assert.deepEqual(man.toSorted(), [...pages.keys()].map((file) => `./man/${file}`).sort());
    assert.ok(files.includes("man"));
  });

  test("are ASCII, and no line of text is taken for a request", () => {
    const requests = new Set([".TH", ".SH", ".SS", ".TP", ".PP", '.\\"']);
    for (const [file, page] of pages) {
      assert.doesNotMatch(page, /[^\n -~]/, file);
      for (const line of page.match(/^[.'].*$/gm) ?? []) assert.ok(requests.has(line.split(" ", 1)[0] ?? ""), line);
    }
  });
});
