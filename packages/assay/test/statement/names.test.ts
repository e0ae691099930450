import assert from "node:assert/strict";
import { posix } from "node:path";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { codePointOrder, compareNames } from "../../src/statement/name-order.ts";
import { checkName, nameWarnings } from "../../src/statement/names.ts";
import { anyText } from "../support/any-text.ts";

const warnings = (...names: string[]): string[] => nameWarnings(new Map(names.map((name) => [name, 0]))).map(({ code }) => code);

suite("a name", () => {
  test("may be anything that a POSIX file system allows", () => {
    for (const name of [
      "a",
      "a/b/c.bin",
      ".hidden",
      "..a",
      "a..",
      "...",
      "a/.b",
      "模型.bin",
      "with blank ",
      "a.",
      "CON",
      "a:b",
      "c:\\x",
      "\n",
      "\u202Ebin",
      "-",
      "~",
      "*",
    ]) {
      checkName(name);
      checkName(name, "posix");
    }
  });

  test("is accepted exactly where normalizing would not change it and it stays below the root", () => {
    const component = fc.constantFrom("", ".", "..", "a", "b", "...", ".a", "\0", "é");
    fc.assert(
      fc.property(
        fc.array(component, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/")),
        (name) => {
          const normal = posix.normalize(name);
          const canonical =
            name !== "" &&
            name === normal &&
            !name.includes("\0") &&
            !name.startsWith("/") &&
            !name.endsWith("/") &&
            name !== "." &&
            !name.startsWith("../") &&
            name !== "..";
          let accepted = true;
          try {
            checkName(name);
          } catch (error) {
            assert.ok(error instanceof AssayError && error.code === "NAME_NOT_CANONICAL");
            accepted = false;
          }
          assert.equal(accepted, canonical, JSON.stringify(name));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("that is refused is named with the reason", () => {
    const reasons: Record<string, RegExp> = {
      "": /empty/,
      "a\0": /NUL/,
      "/a": /absolute/,
      "a/": /slash/,
      "a//b": /component of it is empty/,
      "a/../b": /"\.\."/,
      "./a": /"\."/,
    };
    for (const [name, reason] of Object.entries(reasons))
      assert.throws(() => checkName(name), { code: "NAME_NOT_CANONICAL", message: reason });
    assert.throws(
      () => checkName(`/${"x".repeat(100_000)}`),
      (error) => error instanceof Error && error.message.length < 400,
    );
  });

  test("on Windows must not be a path of another kind, a stream, a device, or change when it is written", () => {
    const refused: Record<string, RegExp> = {
      "a\\b": /backslash/,
      "..\\..\\x": /backslash/,
      "c:": /colon/,
      "c:/x": /colon/,
      "a/b:stream": /colon/,
      "a.": /dot or blank/,
      "a ": /dot or blank/,
      "a./b": /dot or blank/,
      CON: /CON is a device/,
      "dir/nul": /NUL is a device/,
      "com1.txt": /COM1 is a device/,
      "lpt9.a.b": /device/,
      "aux .txt": /device/,
      "COM²": /device/,
      CONOUT$: /device/,
    };
    for (const [name, reason] of Object.entries(refused)) {
      checkName(name, "posix");
      assert.throws(() => checkName(name, "windows"), { code: "NAME_FORBIDDEN", message: reason }, name);
    }
    for (const name of ["a/b.bin", "CONSOLE", "com10", "null", ".con", "a.b", " a"]) checkName(name, "windows");
    assert.throws(() => checkName("../x", "windows"), { code: "NAME_NOT_CANONICAL" });
  });
});

suite("names that are allowed and worth a warning", () => {
  test("hold a backslash or a drive letter", () => {
    assert.deepEqual(warnings("a\\b"), ["NAME_UNUSUAL"]);
    assert.deepEqual(warnings("c:x"), ["NAME_UNUSUAL"]);
    assert.deepEqual(warnings("a:b/c:d", "e", "ab:c"), ["NAME_UNUSUAL"]);
    assert.deepEqual(warnings("ab:c", "e"), []);
  });

  test("are one where case is ignored", () => {
    assert.deepEqual(warnings("A", "a"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("a", "A"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("Dir/x", "dIR/x"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("STRASSE", "straße"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("Σ", "ς"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("A", "b", "É", "e"), []);
  });

  test("are one where Unicode is normalized", () => {
    assert.deepEqual(warnings("\u00e9", "e\u0301"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("\u00c9", "e\u0301"), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(warnings("e", "e\u0301"), []);
  });

  test("are not normalized where that would take minutes", () => {
    const marks = "\u0345".repeat(200_000) + "\u0334".repeat(200_000);
    assert.deepEqual(warnings(`e${marks}`, `\u00e9${marks}`), []);
    assert.deepEqual(warnings(`e\u0301${"\u0316".repeat(29)}`, `\u00e9${"\u0316".repeat(29)}`), ["NAMES_FOLD_TOGETHER"]);
  });

  test("are counted, and give one warning of a kind", () => {
    const all = nameWarnings(new Map(["A", "a", "B", "b", "C", "x\\", "y\\"].map((name) => [name, 0])));
    assert.deepEqual(
      all.map(({ code }) => code),
      ["NAME_UNUSUAL", "NAMES_FOLD_TOGETHER"],
    );
    assert.match(all[0]?.message ?? "", /2 names.*"x\\".*1 more/);
    assert.match(all[1]?.message ?? "", /"A" and "a" and 1 more|"a" and "A" and 1 more/);
  });
});

suite("code-point order", () => {
  const name = anyText({ maxLength: 4 }).filter((text) => text.isWellFormed());
  const border = fc
    .array(fc.constantFrom("a", "\uD7FF", "\uE000", "\uFFFF", "\u{10000}", "\u{10FFFF}"), { maxLength: 3 })
    .map((parts) => parts.join(""));

  test("is the byte order of UTF-8", () => {
    fc.assert(
      fc.property(fc.oneof(name, border), fc.oneof(name, border), (a, b) => {
        assert.equal(Math.sign(compareNames(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 1000 },
    );
  });

  test("is told by places, and only where names are not in it", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(name, border), { maxLength: 20 }), (names) => {
        const expected = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        const order = codePointOrder(names);
        assert.deepEqual(order === undefined ? names : order.map((index) => names[index]), expected);
        assert.equal(
          order === undefined,
          names.every((one, index) => index === 0 || compareNames(names[index - 1] ?? "", one) < 0),
        );
      }),
    );
  });
});
