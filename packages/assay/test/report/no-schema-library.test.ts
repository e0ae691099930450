import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

function filesWith(pattern: string, text: RegExp): string[] {
  return globSync(pattern, { cwd: root }).filter((file) => text.test(readFileSync(`${root}${file}`, "utf8")));
}

suite("the schema library is used at build time only", () => {
  test("no source but the schemas imports it, and none imports the schemas", () => {
    const users = filesWith("src/**/*.ts", /from "(?:valibot|@valibot\/[^"]*|[^"]*\/schemas\/[^"]*)"/);
    assert.deepEqual(
      users.filter((file) => !file.startsWith("src/report/json/schemas/")),
      [],
    );
  });

  test("neither the command nor the library that is published holds it", () => {
    assert.deepEqual(filesWith("dist/bin/*.js", /valibot/), []);
    assert.deepEqual(filesWith("dist/**/*.{js,d.ts}", /valibot/), []);
    assert.deepEqual(globSync("dist/report/json/schemas/**", { cwd: root }), []);
    assert.ok(globSync("dist/report/**/*.js", { cwd: root }).length > 10, "the library was built");
  });

  test("the package's users do not depend on it", () => {
    const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as Record<string, Record<string, string> | undefined>;
    for (const field of ["dependencies", "optionalDependencies", "peerDependencies"]) {
      assert.deepEqual(
        Object.keys(manifest[field] ?? {}).filter((name) => name.includes("valibot")),
        [],
      );
    }
  });
});
