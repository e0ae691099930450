import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readYaml, type YamlValue } from "../../src/encoding/yaml.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { withoutHanging } from "../support/without-hanging.ts";

function plain(value: YamlValue): unknown {
  if (value.kind === "map") return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
  if (value.kind === "list") return value.items.map(plain);
  return value.kind === "null" ? null : value.text;
}

const read = (text: string | Uint8Array): unknown => plain(readYaml(text, "x.yml").value);

suite("YAML", () => {
  test("is read with the places of its values", () => {
    const { value } = readYaml("a:\n  - b\n  -  c\n", "x.yml");
    assert.ok(value.kind === "map");
    const list = value.entries.get("a");
    assert.ok(list?.kind === "list");
    assert.deepEqual(
      list.items.map(({ place }) => place),
      [
        { line: 2, column: 5 },
        { line: 3, column: 6 },
      ],
    );
  });

  test("may use aliases, within bounds", () => {
    assert.deepEqual(read("a: &x { k: v }\nb: *x\nc: &x 2\nd: *x\n"), { a: { k: "v" }, b: { k: "v" }, c: "2", d: "2" });
  });

  test("gives numbers as they are written", () => {
    assert.deepEqual(read("a: 7.0\nb: 0x10\nc: 1e3\nd: 1_000"), { a: "7.0", b: "0x10", c: "1e3", d: "1_000" });
  });

  test("with a list or mapping as key is refused", async () => {
    for (const text of ["[a, b]: 1", "? { a: b }\n: c"]) await rejectsWith("YAML_SYNTAX", () => read(text));
  });

  test("keeps the last anchor of a name, not one inside of what an alias repeats", () => {
    assert.deepEqual(read("a: &x { k: &y 1 }\nb: &y 2\nc: *x\nd: *y\n"), { a: { k: "1" }, b: "2", c: { k: "1" }, d: "2" });
  });

  test("of aliases that multiply is refused, however small it is", () => {
    const levels = Array.from(
      { length: 6 },
      (_, at) => `x${at}: &x${at} [${Array.from({ length: 9 }, () => (at === 0 ? "1" : `*x${at - 1}`)).join(", ")}]`,
    );
    return refusedWith("YAML_TOO_LARGE", () => readYaml(levels.join("\n"), "x.yml"));
  });

  test("with an alias to what is around it, or to nothing, is refused", async () => {
    assert.match((await rejectsWith("YAML_ALIAS", () => read("a: &x [*x]"))).message, /line 1, column 7: aliases lead ever deeper/);
    await rejectsWith("YAML_ALIAS", () => read("a: &x { b: { c: *x } }"));
    await rejectsWith("YAML_ALIAS", () => read("a: *later\nb: &later 1\n"));
  });

  test("with a merge key is refused: another reader would see other fields", () =>
    refusedWith("YAML_ALIAS", () => read("a: &x { k: v }\nb: { <<: *x }\n")));

  test("with a key given twice is refused, at its place", async () => {
    const error = await rejectsWith("YAML_DUPLICATE_KEY", () => read('a: 1\nb: 2\n"a": 3\n'));
    assert.match(error.message, /x\.yml, line 3, column 1: the key "a" is given twice/);
    await rejectsWith("YAML_DUPLICATE_KEY", () => read("? 1\n: x\n'1': y\n"));
  });

  test("nested over 50 levels is refused before anything recurses", async () => {
    assert.ok(read("[".repeat(49) + "]".repeat(49)) !== undefined);
    for (const deep of ["[".repeat(60), "[".repeat(500_000), "- ".repeat(300_000), "{a: ".repeat(200_000), "? ".repeat(300_000)]) {
      await rejectsWith("YAML_TOO_DEEP", () => read(deep));
    }
  });

  test("of over 1 MiB is refused", () => refusedWith("YAML_TOO_LARGE", () => read(`a: ${"x".repeat(1024 * 1024)}`)));

  test("of over 100,000 values is refused", () => refusedWith("YAML_TOO_LARGE", () => read(`[${"1,".repeat(100_001)}]`)));

  test("that is not UTF-8 is rejected", () => refusedWith("YAML_ENCODING", () => read(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))));

  test("of two documents is refused", async () => {
    assert.match((await rejectsWith("YAML_SYNTAX", () => read("a: 1\n---\nb: 2\n"))).message, /a second document starts/);
  });

  test("with a syntax error is refused with line and column", async () => {
    for (const [text, place] of [
      ["a: 'open\n", "line 2"],
      ["a: 1\n\tb: 2\n", "line 2"],
      ["a: 1\n b: 2\n", "line "],
      ["a: !!js/function x\n", "line 1, column 4"],
      ["a: [1, 2\n", "line "],
    ] as const) {
      const error = await rejectsWith("YAML_SYNTAX", () => read(text));
      assert.ok(error.message.includes(place), error.message);
    }
  });

  test("takes a moment, whatever is in it", () => {
    const hostile = [
      `{${Array.from({ length: 60_000 }, (_, at) => `k${at}: 1`).join(", ")}}`,
      Array.from({ length: 40_000 }, (_, at) => `k${at}: &a${at} 1`).join("\n"),
      `a: &a 1\n${Array.from({ length: 40_000 }, (_, at) => `k${at}: *a`).join("\n")}`,
      "#\n".repeat(500_000),
      `a: "${"\\n".repeat(400_000)}"`,
      `a: |\n${" x\n".repeat(300_000)}`,
      "\n".repeat(1_000_000),
      `a: ${"x ".repeat(500_000)}`,
    ];
    for (const text of hostile) {
      try {
        withoutHanging(() => read(text));
      } catch (error) {
        assert.ok(error instanceof Error && error.name === "AssayError", String(error));
      }
    }
  });
});
