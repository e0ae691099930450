import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite, test } from "node:test";
import { readAdvisories } from "../../src/api/read-advisories.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const text = (id: string) => JSON.stringify({ id, modified: "2026-11-20T10:00:00Z" });

/** A folder `advisories` with these files, and the folder that it is in. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "advisories"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(cwd, "advisories", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return cwd;
}

const read = (cwd: string, ...paths: string[]) => {
  const { sources, advisories } = readAdvisories(paths.length === 0 ? ["advisories"] : paths, { cwd });
  return { sources, ids: advisories.map(({ id }) => id) };
};

suite("advisories are read", () => {
  test("from every JSON file below a folder, sorted by name, with the time of its index", () => {
    const cwd = folderWith({
      "z.json": text("A-3"),
      "b/c/x.json": text("A-2"),
      "a.json": text("A-1"),
      "README.md": "no",
      ".git/x.json": "no",
      "index.json": '{ "generated": "2026-11-20T10:00:00Z", "more": 1 }',
    });
    assert.deepEqual(read(cwd), {
      sources: [{ path: "advisories", generated: "2026-11-20T10:00:00.000Z", problem: undefined }],
      ids: ["A-1", "A-2", "A-3"],
    });
  });

  test("from one file, and from several sources in the order given", () => {
    const cwd = folderWith({ "a.json": text("A-1"), "b.json": text("B-1") });
    const source = { generated: undefined, problem: undefined };
    assert.deepEqual(read(cwd, "advisories/b.json", join(cwd, "advisories", "a.json")), {
      sources: [
        { path: "advisories/b.json", ...source },
        { path: join(cwd, "advisories", "a.json"), ...source },
      ],
      ids: ["B-1", "A-1"],
    });
  });

  test("through links to files in the folder, and never out of it", () => {
    const cwd = folderWith({ "a.json": text("A-1"), "b/x": text("A-2") });
    writeFileSync(join(cwd, "outside.json"), text("A-9"));
    symlinkSync("b/x", join(cwd, "advisories", "c.json"));
    symlinkSync("b", join(cwd, "advisories", "d"));
    symlinkSync(".", join(cwd, "advisories", "e"));
    assert.deepEqual(read(cwd).ids, ["A-1", "A-2"]);
    assert.equal(read(cwd).sources[0]?.problem, undefined);
    symlinkSync("../outside.json", join(cwd, "advisories", "f.json"));
    assert.deepEqual(read(cwd).ids, ["A-1", "A-2"]);
    assert.equal(read(cwd).sources[0]?.problem, "f.json is a link that leads out of the folder");
    symlinkSync("..", join(cwd, "advisories", "g"));
    assert.equal(read(cwd).sources[0]?.problem, "f.json is a link that leads out of the folder (and 1 more)");
  });

  test("beside those that cannot be read", () => {
    const cwd = folderWith({ "a.json": text("A-1"), "b.json": "{\n  nothing", "c.json": "{}", "d.json": text("A-4") });
    const { sources, ids } = read(cwd);
    assert.deepEqual(ids, ["A-1", "A-4"]);
    assert.match(sources[0]?.problem ?? "", /^the advisory b\.json is refused, line 2, column 3: .* \(and 1 more\)$/);
  });
});

suite("a source of advisories has a problem", () => {
  const problem = (files: Readonly<Record<string, string>>): string | undefined => read(folderWith(files)).sources[0]?.problem;

  test("where it holds no advisory", () => {
    assert.equal(problem({}), "holds no advisory");
    assert.equal(problem({ "index.json": '{ "generated": "2026-11-20T10:00:00Z" }' }), "holds no advisory");
  });

  test("where its index is not right", () => {
    assert.match(problem({ "a.json": text("A-1"), "index.json": "[]" }) ?? "", /index\.json is refused/);
    assert.match(problem({ "a.json": text("A-1"), "index.json": '{ "generated": "2026-11-20" }' }) ?? "", /"generated" is not a time/);
  });

  test("where it is nested too deep", () => {
    assert.match(problem({ "a.json": text("A-1"), "1/2/3/4/5/6/7/8/9/10/x.json": text("A-2") }) ?? "", /deeper than 10 levels/);
    assert.equal(problem({ "1/2/3/4/5/6/7/8/9/x.json": text("A-2") }), undefined);
  });

  test("where an advisory is too large", () => {
    assert.match(problem({ "a.json": " ".repeat(4 * 1024 * 1024 + 1) }) ?? "", /larger than 4,194,304 bytes/);
  });

  test("where it does not exist and may be absent; it is an error where it may not", async () => {
    const cwd = temporaryFolder();
    const error = await rejectsWith("ADVISORY_SOURCE", () => readAdvisories(["absent"], { cwd }));
    assert.deepEqual([error.outcome, error.message], ["usage", "the advisories absent do not exist"]);
    assert.deepEqual(readAdvisories(["absent"], { cwd, mayBeAbsent: true }), {
      sources: [{ path: "absent", generated: undefined, problem: "does not exist" }],
      advisories: [],
    });
  });
});
