import assert from "node:assert/strict";
import * as fc from "fast-check";
import { suite, test } from "node:test";
import { matchAdvisories, type PublishedModel } from "../../../src/policy/advisories/match-advisories.ts";
import { readAdvisory } from "../../../src/policy/advisories/read-advisory.ts";
import { effort } from "../../support/effort.ts";
import { MANIFEST, OTHER_MANIFEST } from "../../support/policy/facts.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const OTHER_COMMIT = "f".repeat(40);
const FILE = `sha256:${"c".repeat(64)}`;
const GRANITE: PublishedModel = { type: "huggingface", namespace: "acme", name: "granite", revision: COMMIT };

const advisory = (affected: unknown, more: object = {}) =>
  readAdvisory(
    new TextEncoder().encode(
      JSON.stringify({ id: "x_acme-1", modified: "2026-11-20T10:00:00Z", summary: "runs a command", affected: [affected], ...more }),
    ),
    "advisory",
  );
const packageOf = (purl: string) => ({ ecosystem: "GIT", name: "https://huggingface.co/acme/granite", purl });
const digests = (found: object) => ({ database_specific: { digests: found } });
const range = (...events: object[]) => ({ type: "GIT", repo: "https://huggingface.co/acme/granite", events });
const SOURCE = { path: "advisories", generated: undefined, problem: undefined };

/** What an advisory about `affected` comes to for a model. */
function answer(affected: unknown, purl: PublishedModel | null = GRANITE, more: object = {}): "hit" | "undecided" | "no" {
  const collection = { sources: [SOURCE], advisories: [advisory(affected, more)] };
  const { hits, undecided } = matchAdvisories([collection], {
    manifestDigest: MANIFEST,
    fileDigests: new Set([FILE]),
    purl: purl ?? undefined,
  });
  assert.ok(hits.length + undecided.length < 2);
  return hits.length > 0 ? "hit" : undecided.length > 0 ? "undecided" : "no";
}

suite("an advisory is about a model", () => {
  test("by the digest of the whole model or of a file, whatever it is called", () => {
    assert.equal(answer(digests({ manifest: MANIFEST }), null), "hit");
    assert.equal(answer(digests({ manifest: [OTHER_MANIFEST, MANIFEST] }), null), "hit");
    assert.equal(answer(digests({ files: [OTHER_MANIFEST, FILE] }), null), "hit");
    assert.equal(answer(digests({ manifest: OTHER_MANIFEST, files: [OTHER_MANIFEST] }), null), "no");
    assert.equal(answer({ ...digests({ manifest: MANIFEST }), package: packageOf("pkg:huggingface/other/model"), versions: ["1"] }), "hit");
  });

  test("by its package URL: every revision where none is named", () => {
    assert.equal(answer({ package: packageOf("pkg:huggingface/acme/granite") }), "hit");
    assert.equal(answer({ package: packageOf("pkg:huggingface/ac%6De/granite?repository_url=https://huggingface.co") }), "hit");
    assert.equal(answer({ package: packageOf("pkg:huggingface/acme/granite"), versions: [], ranges: [] }), "hit");
  });

  test("only where type, owner, name and server are the same, and case counts", () => {
    const others = [
      "huggingface/Acme/granite",
      "huggingface/acme/Granite",
      "mlflow/acme/granite",
      "huggingface/granite",
      "huggingface/acme/x/granite",
    ];
    for (const other of [...others, "huggingface/acme/granite?repository_url=https://hub.example.com"]) {
      assert.equal(answer({ package: packageOf(`pkg:${other}`) }), "no", other);
    }
    assert.equal(answer({ package: { ecosystem: "GIT", name: "https://huggingface.co/acme/granite" } }), "no");
    const mirrored = { ...GRANITE, repositoryUrl: "https://hub.example.com" };
    assert.equal(answer({ package: packageOf("pkg:huggingface/acme/granite") }, mirrored), "no");
    assert.equal(answer({ package: packageOf("pkg:huggingface/acme/granite?repository_url=https://hub.example.com") }, mirrored), "hit");
  });

  test("by a revision that it lists", () => {
    const at = (...versions: string[]) => ({ package: packageOf("pkg:huggingface/acme/granite"), versions });
    assert.equal(answer(at(OTHER_COMMIT, COMMIT)), "hit");
    assert.equal(answer(at(COMMIT.toUpperCase())), "hit");
    assert.equal(answer(at(OTHER_COMMIT)), "no");
    assert.equal(answer({ package: packageOf(`pkg:huggingface/acme/granite@${COMMIT}`) }), "hit");
    assert.equal(answer({ package: packageOf(`pkg:huggingface/acme/granite@${OTHER_COMMIT}`) }), "no");
  });

  test("not by a folder's name: a model without a reference has no owner", () => {
    assert.equal(answer({ package: packageOf("pkg:huggingface/acme/granite") }, null), "no");
  });

  test("not where it was withdrawn", () => {
    const withdrawn = { withdrawn: "2026-11-21T00:00:00Z" };
    assert.equal(answer({ package: packageOf("pkg:huggingface/acme/granite") }, GRANITE, withdrawn), "no");
    assert.equal(answer(digests({ manifest: MANIFEST }), GRANITE, withdrawn), "no");
  });

  test("by a range that holds every revision", () => {
    const all = range({ introduced: "0" });
    const granite = packageOf("pkg:huggingface/acme/granite");
    assert.equal(answer({ package: granite, ranges: [all] }), "hit");
    assert.equal(answer({ package: granite, ranges: [all], versions: [OTHER_COMMIT] }), "hit");
    assert.equal(answer({ package: granite, ranges: [all] }, { ...GRANITE, revision: undefined }), "hit");
  });
});

suite("what cannot be told without the repository is undecided:", () => {
  const named = { package: packageOf("pkg:huggingface/acme/granite") };

  test("a range of revisions", () => {
    for (const events of [
      [{ introduced: "0" }, { fixed: OTHER_COMMIT }],
      [{ introduced: OTHER_COMMIT }],
      [{ introduced: "0" }, { last_affected: COMMIT }],
      [{ introduced: "0" }, { limit: COMMIT }],
    ]) {
      assert.equal(answer({ ...named, ranges: [range(...events)] }), "undecided");
      assert.equal(answer({ ...named, ranges: [range(...events)], versions: [OTHER_COMMIT] }), "undecided");
      assert.equal(answer({ ...named, ranges: [range(...events)], versions: [COMMIT] }), "hit");
      assert.equal(answer({ package: packageOf("pkg:huggingface/acme/other"), ranges: [range(...events)] }), "no");
    }
  });

  test("a revision that is not known", () => {
    assert.equal(answer({ ...named, versions: [COMMIT] }, { ...GRANITE, revision: undefined }), "undecided");
  });

  test("a commit and the name of a branch or tag, and a commit that is cut short", () => {
    assert.equal(answer({ ...named, versions: ["v1.0"] }), "undecided");
    assert.equal(answer({ ...named, versions: [COMMIT] }, { ...GRANITE, revision: "main" }), "undecided");
    assert.equal(answer({ ...named, versions: ["v1.0"] }, { ...GRANITE, revision: "v1.1" }), "no");
    assert.equal(answer({ ...named, versions: [COMMIT.slice(0, 8)] }), "undecided");
    assert.equal(answer({ ...named, versions: [OTHER_COMMIT.slice(0, 8)] }), "no");
  });
});

test("the order of advisories and sources' documents changes nothing, and an id is named once", () => {
  const named = { package: packageOf("pkg:huggingface/acme/granite") };
  const open = { ...named, ranges: [range({ introduced: OTHER_COMMIT })] };
  const advisories = [
    advisory(named),
    advisory(named, { summary: "another text" }),
    advisory(open),
    advisory(named, { id: "x_acme-0" }),
    advisory(open, { id: "x_acme-3" }),
    advisory(open, { id: "x_acme-2" }),
    advisory(named, { id: "x_acme-4", withdrawn: "2026-11-21T00:00:00Z" }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(advisories, { minLength: advisories.length }), (shuffled) => {
      const facts = matchAdvisories([{ sources: [SOURCE], advisories: shuffled }], {
        manifestDigest: MANIFEST,
        fileDigests: new Set(),
        purl: GRANITE,
      });
      assert.deepEqual(facts, {
        sources: [SOURCE],
        hits: [
          { id: "x_acme-0", summary: "runs a command" },
          { id: "x_acme-1", summary: "another text" },
        ],
        undecided: ["x_acme-2", "x_acme-3"],
      });
    }),
    { numRuns: effort(50, 50 * 20) },
  );
});
