import assert from "node:assert/strict";
import { test } from "node:test";
import type { RandomAccess } from "../../src/formats/random-access.ts";
import type { OpennessFinding } from "../../src/openness/folder/findings.ts";
import { gatherFindings } from "../../src/probe/gather.ts";
import { PROBES } from "../../src/probe/probes.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { card, gguf, safetensors } from "../support/models/described.ts";

const POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 4976698672\n";

/** What the probes see of files in memory: no model on disk is needed. */
async function findingsOf(files: Readonly<Record<string, string | Uint8Array | RandomAccess>>): Promise<readonly OpennessFinding[]> {
  const { findings } = await gatherFindings(
    {
      root: "/model",
      names: Object.keys(files),
      links: [],
      others: [],
      isPartial: false,
      open: (name) => {
        const file = files[name];
        return typeof file === "string" || file instanceof Uint8Array ? inMemory(file) : file;
      },
      targetOf: () => undefined,
    },
    () => {
      throw new Error("no mof.yml here");
    },
    { isOpen: () => false, isClosedName: () => false, find: () => undefined },
  );
  return findings;
}

async function outcomesOf(name: string, content: string | Uint8Array | RandomAccess): Promise<string[]> {
  const about = (await findingsOf({ [name]: content })).filter(({ facts }) => facts.kind === "component");
  return about.map(({ probe, outcome }) => `${probe} ${outcome}`);
}

test("weights are found, damaged, or not available where only a git-LFS pointer is there", async () => {
  assert.deepEqual(await outcomesOf("model.safetensors", safetensors()), ["weights found"]);
  assert.deepEqual(await outcomesOf("model.gguf", gguf({ a: 1 })), ["weights found"]);
  assert.deepEqual(await outcomesOf("model.safetensors", safetensors().subarray(0, 90)), ["weights damaged"]);
  assert.deepEqual(await outcomesOf("model.safetensors", POINTER), ["weights not-available"]);
});

test("a card with too few words is insufficient, and a paper that is not a PDF is damaged", async () => {
  assert.deepEqual(await outcomesOf("README.md", card("license: mit")), ["card found"]);
  assert.deepEqual(await outcomesOf("README.md", "# Model\n\nSoon.\n"), ["card insufficient"]);
  assert.deepEqual(await outcomesOf("paper.pdf", "hello"), ["documents damaged"]);
});

test("a license of a format that is not read is not supported", async () => {
  const [license] = await findingsOf({ "LICENSE.pdf": "%PDF-1.7\n" });
  assert.deepEqual([license?.probe, license?.outcome, license?.file], ["license", "not-supported", "LICENSE.pdf"]);
});

test("a file that cannot be read shows nothing, and stops no probe", async () => {
  const unreadable: RandomAccess = { size: 4096, read: async () => Promise.reject(new Error("permission denied")) };
  for (const name of ["README.md", "model.safetensors", "config.json", "train.py", "paper.pdf", "data/train.csv"]) {
    assert.deepEqual(await outcomesOf(name, unreadable), [], name);
  }
});

test("a statement on the license says in which field it was found", async () => {
  const statements = (await findingsOf({ "README.md": card("license: other\nlicense_name: acme") })).filter(
    ({ facts }) => facts.kind === "license-statement",
  );
  assert.deepEqual(
    statements.map(({ outcome, location }) => [outcome, location]),
    [["claimed", "license_name"]],
  );
});

test("every finding comes from a probe of the list", async () => {
  const names: ReadonlySet<string> = new Set(PROBES.map(({ name }) => name));
  for (const { probe } of await findingsOf({ "README.md": card("license: mit"), "model.safetensors": safetensors() }))
    assert.ok(names.has(probe));
});
