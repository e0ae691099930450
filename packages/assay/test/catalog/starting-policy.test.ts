import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { FORMAT_NAMES } from "../../../../scripts/docs/policy-schema.ts";
import { initPolicy, SECTORS } from "../../src/api/init-policy.ts";
import { knownPublishers } from "../../src/catalog/known-publishers.ts";
import { decide } from "../../src/policy/decide.ts";
import type { Facts } from "../../src/policy/facts.ts";
import { lintPolicy } from "../../src/policy/lint/lint-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { CLEAN, KNOWLEDGE, MANIFEST, NOW } from "../support/policy/facts.ts";
import { rejectsWith } from "../support/rejects.ts";

const page = readFileSync(new URL("../../../../docs/adopting-models.md", import.meta.url), "utf8");
const read = async (text: string): Promise<Policy> => readPolicy(text, "policy.yml", { formats: FORMAT_NAMES });
const ids = knownPublishers().map(({ id }) => id);

/** A model that was reviewed and pinned by its bytes, unsigned, with the cards that healthcare asks for. */
const REVIEWED: Facts = {
  ...CLEAN,
  signature: { isSigned: false, changed: [], always: [], entry: [] },
  uncovered: [{ name: "model.safetensors", isLoaded: true }],
  lock: {
    lock: {
      models: new Map([
        [
          "granite",
          {
            manifest: MANIFEST,
            signer: null,
            revision: undefined,
            signedAt: undefined,
            decision: "allow",
            policy: "sha256:x",
            pinned: "2026-07-01T00:00:00.000Z",
          },
        ],
      ]),
    },
  },
  openness: { found: { class: 2, open: ["Model card", "Data card"] }, claimed: { class: 2, open: [] } },
};
const RUNS_CODE: Facts = {
  ...REVIEWED,
  load: { outcome: "code", findings: [{ reason: "r", outcome: "code", file: "f", what: "w", offset: 0, name: "os.system" }] },
};

for (const sector of SECTORS) {
  suite(`the starting policy for ${sector}`, () => {
    for (const publishers of [[], ids]) {
      test(`is read and has no lint, with ${publishers.length} publishers`, async () => {
        const policy = await read(initPolicy(sector, publishers).text);
        assert.deepEqual(lintPolicy(policy, NOW, KNOWLEDGE), []);
        assert.deepEqual(
          policy.entries.map(({ id }) => id),
          [...publishers, "reviewed"],
        );
      });
    }

    test("suggests the publishers in comments that only need to be uncommented", async () => {
      const { text } = initPolicy(sector);
      const uncommented = text.replaceAll(/^ {2}# (?=- id: | {2,}\S)/gm, "  ");
      assert.deepEqual((await read(uncommented)).entries, (await read(initPolicy(sector, ids).text)).entries);
    });

    test("allows what was reviewed, and no model that runs code", async () => {
      const policy = await read(initPolicy(sector).text);
      const allowed = decide(REVIEWED, policy, NOW, KNOWLEDGE);
      assert.deepEqual([allowed.decision, allowed.counts.warn], ["allow", 0], JSON.stringify(allowed.rules));
      assert.equal(decide(RUNS_CODE, policy, NOW, KNOWLEDGE).decidedBy?.code, "LOAD_CODE");
      const changed = { ...REVIEWED, model: { ...REVIEWED.model, manifestDigest: `sha256:${"c".repeat(64)}` } };
      assert.equal(decide(changed, policy, NOW, KNOWLEDGE).decidedBy?.code, "PIN_BYTES");
    });

    test("quotes no figure that docs/adopting-models.md lacks, and is on that page", () => {
      const figures = initPolicy(sector).text.match(/\d+%/g) ?? [];
      assert.ok(figures.length > 0);
      assert.deepEqual(
        figures.filter((figure) => !page.includes(` ${figure}`)),
        [],
      );
      assert.ok(page.includes(`| \`${sector}\` `));
    });
  });
}

suite("known publishers", () => {
  test("are those that may be suggested, each with owner and identity, source and date", () => {
    assert.deepEqual(ids, ["ibm-granite"]);
    for (const { reference, issuer, identities, source, date } of knownPublishers()) {
      assert.match(reference, /^hf:[^*]+\/\*\*$/);
      assert.match(issuer, /^https:/);
      assert.ok(identities.length > 0 && source !== "");
      assert.match(date, /^\d{4}-\d\d-\d\d$/);
    }
  });

  test("have no entry where that would trust an identity for other owners' models", async () => {
    const policy = await read(initPolicy("it", ids).text);
    const elsewhere = { ...REVIEWED, model: { ...REVIEWED.model, name: "a/granite", reference: "hf:a/granite" } };
    assert.equal(decide(elsewhere, policy, NOW, KNOWLEDGE).entry?.id, "reviewed");
  });

  test("that are unknown are a wrong question, with the nearest", async () => {
    const error = await rejectsWith("USAGE", async () => initPolicy("it", ["ibm-granit"]));
    assert.match(error.hint ?? "", /did you mean ibm-granite/);
    const other = await rejectsWith("USAGE", async () => initPolicy("it", ["nvidia-internal"]));
    assert.match(other.hint ?? "", /ibm-granite/);
  });
});
