import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { AssayError } from "../../src/core/error.ts";
import { COMPONENTS, type ComponentName } from "../../src/openness/components.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { parseExpression } from "../../src/openness/spdx-expression.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { component, evaluateModel, model } from "../support/openness/models.ts";
import { effort } from "../support/effort.ts";
import { anyText } from "../support/any-text.ts";

const names = COMPONENTS.map(({ name }) => name);
const license = fc.oneof(
  fc.constantFrom(
    "MIT",
    "Apache-2.0",
    "CC-BY-4.0",
    "CDLA-Permissive-2.0",
    "unlicensed",
    "",
    "CC-BY-NC-4.0",
    "llama3",
    "MIT OR GPL-2.0",
    "?",
  ),
  fc.constantFrom(...LICENSES.ids),
  fc.string(),
);
const listed = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.option(license, { nil: undefined })), { selector: ([name]) => name });
const wholeLicenses = fc.record({ distribution: license, code: license, data: license, document: license }, { requiredKeys: [] });
const described = fc
  .tuple(listed, wholeLicenses)
  .map(([components, licenses]) => ({ ...model({}, licenses), components: components.map(([name, own]) => component(name, own)) }));

/** Better is more: none, III, II, I. */
const rank = (openness: 1 | 2 | 3 | null): number => (openness === null ? 0 : 4 - openness);

suite("whatever a model's description says", () => {
  test("an openly licensed component more never lowers the class, nor the progress to it", () => {
    const open = fc.constantFrom(
      ...LICENSES.ids.filter((id) => LICENSES.exact(id)?.isOpen === true && LICENSES.exact(id)?.mot?.isOpen !== false),
    );
    fc.assert(
      fc.property(described, fc.constantFrom(...names), open, fc.boolean(), (before, name: ComponentName, id, strict) => {
        const after = { ...before, components: [...before.components.filter((one) => one.name !== name), component(name, id)] };
        fc.pre(!strict || LICENSES.exact(id)?.mot?.isOpen === true);
        const [a, b] = [evaluateModel(before, { strict }), evaluateModel(after, { strict })];
        assert.ok(rank(b.class) >= rank(a.class), `${a.class} became ${b.class}`);
        for (const openness of ["1", "2", "3"] as const) {
          // A report beside the paper that took its place makes Class I require one component more.
          if (openness !== "1") assert.ok(b.progress[openness] >= a.progress[openness]);
        }
      }),
      { numRuns: effort(250, 1000) },
    );
  });

  test("the order of its components never changes the answer", () => {
    fc.assert(
      fc.property(described, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), fc.boolean(), (one, random, strict) => {
        const shuffled = one.components
          .map((entry) => ({ entry, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ entry }) => entry);
        assert.deepEqual(evaluateModel({ ...one, components: shuffled }, { strict }), evaluateModel(one, { strict }));
      }),
      { numRuns: effort(75, 300) },
    );
  });

  test("every component gets exactly one status, and each step names one that lacks something", () => {
    fc.assert(
      fc.property(described, (one) => {
        const { components, steps, nextClass } = evaluateModel(one);
        assert.deepEqual(
          components.map(({ name }) => name),
          names,
        );
        for (const { component: name, problem } of steps) {
          const found = components.find((evaluated) => evaluated.name === name);
          const expected = { missing: "missing", "no-license": "unlicensed", "not-open": "invalid", "not-fit": "included" }[problem];
          assert.equal(found?.status, expected);
        }
        if (nextClass !== null) assert.ok(steps.some(({ problem }) => problem !== "not-fit"));
      }),
      { numRuns: effort(75, 300) },
    );
  });
});

suite("whatever a file holds", () => {
  const gives = (text: string | Uint8Array): void => {
    try {
      const { model: read } = readModelFile(text);
      for (const strict of [true, false]) assert.ok(evaluateModel(read, { strict }).components.length === 17);
    } catch (error) {
      assert.ok(error instanceof AssayError, String(error));
      assert.match(error.code, /^(?:YAML|MOF)_/);
    }
  };

  test("any YAML document gives a result or an error of ours", () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 4, withBigInt: true, withDate: true, withNullPrototype: true }), (value) =>
        gives(stringify(value)),
      ),
      { numRuns: effort(125, 500) },
    );
  });

  test("a release with any values in its fields does, too", () => {
    const any = fc.oneof(fc.anything({ maxDepth: 2 }), fc.string());
    const entry = fc.record(
      { name: fc.oneof(fc.constantFrom(...names), fc.string()), license: any, component_path: any },
      { requiredKeys: [] },
    );
    const release = fc.record({ name: any, date: any, license: any, components: fc.oneof(fc.array(entry), any) }, { requiredKeys: [] });
    fc.assert(
      fc.property(release, (value) => gives(stringify({ release: value }, { aliasDuplicateObjects: true }))),
      { numRuns: effort(125, 500) },
    );
  });

  test("any text and any bytes do, too", () => {
    const yamlish = fc.array(
      fc.constantFrom(
        "a",
        ": ",
        "- ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        "&x ",
        "*x",
        "!!str ",
        "|",
        ">",
        "'",
        '"',
        "#",
        "? ",
        "<<",
        "\t",
        "%YAML 1.1\n",
        "---",
        ",",
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          yamlish.map((parts) => parts.join("")),
        ),
        gives,
      ),
      { numRuns: effort(500, 2000) },
    );
    fc.assert(fc.property(fc.uint8Array(), gives), { numRuns: effort(125, 500) });
  });
});

test("whatever a license is called, it is an expression or none, and looking it up throws nothing", () => {
  const parts = fc.array(
    fc.constantFrom("MIT", "OR", "AND", "WITH", "(", ")", "LicenseRef-x", "GPL-2.0+", "or", " ", "+", "LLVM-exception"),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        parts.map((words) => words.join(" ")),
      ),
      (text) => {
        parseExpression(text);
        LICENSES.find(text);
        evaluateModel(model({ Datasets: text }));
      },
    ),
    { numRuns: effort(500, 2000) },
  );
});
