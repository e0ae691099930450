import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { detailsOf } from "../../src/core/error.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { rejectsWith } from "../support/rejects.ts";
import { FORMATS } from "../support/policy/facts.ts";
import { FAULTS, SHORT, TEXT } from "../support/policy/texts.ts";

const read = async (text: string | Uint8Array) => readPolicy(text, "p.yml", { formats: FORMATS });

test("a policy is read with every key", async () => {
  const policy = await read(TEXT);
  assert.deepEqual([policy.name, policy.uri], ["production", "https://example.com/policies/production"]);
  const [banned, granite] = policy.entries;
  assert.equal(banned?.deny, "withdrawn by its publisher");
  assert.deepEqual(granite?.match, { name: undefined, reference: ["hf:ibm-granite/**"], manifest: undefined });
  const { signers, size, license, openness, formats } = granite?.rules ?? assert.fail();
  assert.deepEqual(
    signers?.anyOf.map(({ kind, label, validUntil }) => [kind, label, validUntil]),
    [
      ["sigstore", "releases", undefined],
      ["key", "our intake", "2027-06-30"],
      ["certificate", undefined, undefined],
    ],
  );
  assert.deepEqual([size?.maxBytes, size?.maxMemory], [1_500_000_000, 80 * 2 ** 30]);
  assert.deepEqual(
    [license?.basis, openness?.onFail, openness?.onUnknown, openness?.components],
    ["claimed", "warn", "incomplete", ["Technical report"]],
  );
  assert.deepEqual(formats?.allow, ["safetensors", "GGUF"]);
  assert.equal(policy.always?.advisories?.maxAge, 30 * 24 * 60 * 60 * 1000);
  assert.deepEqual(policy.waivers[0]?.approvedBy, ["a@example.com", "b@example.com"]);
});

test("a policy without an address gets one that leaks no path", async () => {
  assert.equal((await read(TEXT.replace(/^uri:.*\n/m, ""))).uri, "urn:assay:policy:production");
});

test("the short form of each rule means what its mapping means", async () => {
  const policy = await read(SHORT);
  const rules = policy.entries[0]?.rules ?? assert.fail();
  assert.equal(policy.entries[0]?.id, "models[0]");
  assert.deepEqual(
    [rules.coverage?.level, rules.pin?.mode, rules.load?.level, rules.openness?.class, rules.digests?.level],
    ["complete", "if-present", "any", 2, "attested"],
  );
  assert.deepEqual([rules.advisories?.onFail, rules.advisories?.from], ["warn", []]);
  assert.deepEqual(rules.license?.allow, [
    { kind: "license", id: "MIT" },
    { kind: "category", category: "open" },
  ]);
});

suite("a malformed policy is a wrong question, with the place of its first fault:", () => {
  for (const [what, from, to, code, line, column] of FAULTS) {
    test(what, async () => {
      assert.ok(TEXT.includes(from), from);
      const error = await rejectsWith(code, async () => read(TEXT.replace(from, to)));
      assert.equal(error.outcome, "usage");
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all codes of FAULTS have the same details
      const details = detailsOf(error, code as "POLICY_VALUE");
      assert.deepEqual([details?.file, details?.line, details?.column], ["p.yml", line, column], error.message);
      assert.match(error.message, new RegExp(`line ${line}, column ${column}`));
    });
  }

  for (const [what, text] of [
    ["an empty file", ""],
    ["a list", "[]"],
    ["one word", "a"],
  ] as const) {
    test(what, async () => rejectsWith("POLICY_TYPE", async () => read(text)) as unknown as Promise<void>);
  }

  test("characters that a reviewer does not see, or sees as the end of a line or in another order", async () => {
    for (const hidden of ["\u0085", "\u009b", "\u2028", "\u2029", "\u202e", "\u2067"]) {
      for (const text of [`# ${hidden}\n${TEXT}`, TEXT.replace("name: production", `name: production\ndescription: "a${hidden}"`)]) {
        const error = await rejectsWith("YAML_SYNTAX", async () => read(text));
        assert.match(error.message, /a control character/);
      }
      const escaped = `\\u${hidden.charCodeAt(0).toString(16).padStart(4, "0")}`;
      await rejectsWith("YAML_SYNTAX", async () => read(TEXT.replace("name: production", `name: production\ndescription: "a${escaped}"`)));
    }
    // Letters of a script from right to left, and the marks that its keyboards have, are text.
    assert.equal(
      (await read(TEXT.replace("name: production", "name: production\ndescription: מדיניות\u200f"))).description,
      "מדיניות\u200f",
    );
  });

  test("too large, too deep, with too many values, not UTF-8", async () => {
    await rejectsWith("YAML_TOO_LARGE", async () => read(`version: 1 #${"x".repeat(2 ** 20)}`));
    await rejectsWith("YAML_TOO_DEEP", async () => read("[".repeat(25) + "]".repeat(25)));
    await rejectsWith("YAML_TOO_LARGE", async () => read(`[${"a,".repeat(40_000)}a]`));
    const error = await rejectsWith("YAML_ENCODING", async () => read(Uint8Array.of(0xff, 0xfe, 0x00)));
    assert.equal(error.outcome, "usage");
  });

  test("the first fault of several is reported, whatever the order in which keys are read", async () => {
    const error = await rejectsWith("POLICY_VALUE", async () =>
      read(TEXT.replace("pin: required", "pin: requird").replace("class: 3", "class: 4")),
    );
    assert.match(error.message, /line 24/);
  });
});
