import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { isRemoteReference, readReference } from "../../src/source/reference.ts";
import { effort } from "../support/effort.ts";
import { rejectsWith } from "../support/rejects.ts";

const LETTERS = "a b c X Y Z 0 1 9".split(" ");
const INNER = [...LETTERS, "-", "_", "."];
const part = fc
  .tuple(fc.constantFrom(...LETTERS), fc.array(fc.constantFrom(...INNER), { maxLength: 12 }))
  .map(([first, rest]) => first + rest.join(""))
  .filter((name) => !["api", "docs"].includes(name));
const revision = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"))
  .filter((text) => !text.split("/").includes(".."));

suite("a reference to a model on a hub", () => {
  test("is the same in whatever form it is typed or pasted", () => {
    fc.assert(
      fc.property(part, part, fc.option(revision, { nil: undefined }), (owner, name, rev) => {
        const at = rev === undefined ? "" : `@${rev}`;
        const tree = rev === undefined ? "" : `/tree/${encodeURIComponent(rev)}`;
        const blob = rev === undefined ? "" : `/blob/${encodeURIComponent(rev)}/sub/model.safetensors`;
        const expected = readReference(`hf:${owner}/${name}${at}`);
        assert.deepEqual([expected.name, expected.revision], [`${owner}/${name}`, rev]);
        for (const text of [
          `hf://${owner}/${name}${at}`,
          ...[
            "https://huggingface.co/",
            "http://huggingface.co/",
            "https://www.huggingface.co/",
            "huggingface.co/",
            "hf.co/",
            "https://hf.co/",
          ].flatMap((host) =>
            [tree, blob, `${tree}/`, `${tree}?not-for-all-audiences=true`, `${tree}#usage`].map((rest) => `${host}${owner}/${name}${rest}`),
          ),
        ]) {
          assert.ok(isRemoteReference(text), text);
          assert.deepEqual(readReference(text), expected, text);
        }
      }),
      { numRuns: effort(60, 3000) },
    );
  });

  test("of anything else is a wrong question, and never another model", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (rest) => {
        for (const text of [`hf:${rest}`, `https://huggingface.co/${rest}`, `hf.co/${rest}`]) {
          try {
            const { name } = readReference(text);
            assert.match(name, /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/);
            assert.ok(text.includes(name) || decodeURI(text).includes(name), `${text} is ${name}`);
          } catch (error) {
            if (!(error instanceof AssayError)) throw error;
            assert.equal(error.code, "USAGE");
          }
        }
      }),
      { numRuns: effort(300, 20_000) },
    );
  });

  test("has a commit in lower case, and is pinned by it", () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    const { revision: read, purl } = readReference(`hf:acme/granite@${commit.toUpperCase()}`);
    assert.deepEqual([read, purl], [commit, `pkg:huggingface/acme/granite@${commit}`]);
  });

  test("to a data set, a space or a page of the hub is refused by what it is", async () => {
    for (const [text, said] of [
      ["https://huggingface.co/datasets/acme/data", /is a dataset of the hub/],
      ["hf:spaces/acme/demo", /is a space of the hub/],
      ["https://huggingface.co/docs/hub/index", /is a page of the hub/],
      ["hf.co/collections/acme/one", /is a page of the hub/],
      ["https://huggingface.co/acme", /is not the reference of a model/],
      ["hf:acme", /is not the reference of a model/],
      ["hf:acme/granite/sub", /is not the reference of a model/],
      ["hf:acme/granite@../x", /is not the reference of a model/],
      ["hf:", /is not the reference of a model/],
    ] as const) {
      assert.match((await rejectsWith("USAGE", () => readReference(text))).message, said, text);
    }
  });
});
