import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { matchAdvisories, type PublishedModel } from "../../../src/policy/advisories/match-advisories.ts";
import { readAdvisory } from "../../../src/policy/advisories/read-advisory.ts";
import { osvAdvisory, type AdvisoryFindings, type AdvisoryWords } from "../../../src/report/osv/advisory.ts";
import type { LoadFinding } from "../../../src/risk/findings.ts";
import { gradeLoad } from "../../../src/risk/grade.ts";
import { rejectsWith } from "../../support/rejects.ts";

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "osv-schema.json"), "utf8")) as { readonly $id: string };
// Draft 2020-12; its formats are checked by its patterns too.
const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

const TIME = new Date("2026-12-01T10:00:00Z");
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const MANIFEST = `sha256:${"a".repeat(64)}`;
const [CODE_DIGEST, OTHER_DIGEST, CLEAN_DIGEST] = ["c".repeat(64), "d".repeat(64), "e".repeat(64)];
const PUBLISHED = { purl: "pkg:huggingface/acme/granite", url: "https://huggingface.co/acme/granite", revision: COMMIT };

const file = (name: string, ...findings: readonly LoadFinding[]) => ({
  file: name,
  size: 10,
  format: "pickle",
  isLoaded: true,
  findings,
  leftOut: [],
  members: [],
  facts: {},
});
const RUNS: LoadFinding = {
  reason: "pickle/global",
  what: "calls os.system with a string",
  member: "archive/data.pkl",
  offset: 2,
  name: "os.system",
};

const FOUND: AdvisoryFindings = {
  risk: gradeLoad([file("model.safetensors"), file("z.bin", RUNS), file("b.bin", RUNS)]),
  digested: {
    manifestDigest: MANIFEST,
    files: [
      { name: "z.bin", size: 10, digests: [CODE_DIGEST] },
      { name: "b.bin", size: 10, digests: [OTHER_DIGEST] },
      { name: "model.safetensors", size: 10, digests: [CLEAN_DIGEST] },
    ],
  },
  published: undefined,
};

function advisory(changes: Partial<AdvisoryFindings> = {}, words: Partial<AdvisoryWords> = {}) {
  const document = osvAdvisory({ ...FOUND, ...changes }, { time: TIME, ...words });
  assert.ok(validate(JSON.parse(JSON.stringify(document))), JSON.stringify(validate.errors, undefined, 2));
  return document;
}

/** Whether the advisory, written and read, is about a model. */
function isAbout(
  document: ReturnType<typeof advisory>,
  model: { readonly manifest?: string; readonly files?: readonly string[]; readonly purl?: PublishedModel },
): boolean {
  const read = readAdvisory(new TextEncoder().encode(JSON.stringify(document)), "advisory");
  const { hits, undecided } = matchAdvisories([{ sources: [], advisories: [read] }], {
    manifestDigest: model.manifest ?? `sha256:${"0".repeat(64)}`,
    fileDigests: new Set(model.files),
    purl: model.purl,
  });
  assert.deepEqual(undecided, []);
  return hits.length === 1;
}

suite("an advisory that was made of a scan", () => {
  test("is what the official schema of OSV describes, which rejects what is wrong", () => {
    assert.equal(schema.$id, "https://raw.githubusercontent.com/ossf/osv-schema/main/validation/schema.json");
    const document = advisory({ published: PUBLISHED });
    for (const wrong of [
      { more: 1 },
      { id: "ACME-1" },
      { modified: "2026-12-01T10:00:00+01:00" },
      { affected: [{ package: { ecosystem: "GIT" } }] },
    ]) {
      assert.ok(!validate({ ...document, ...wrong }), JSON.stringify(wrong));
    }
  });

  test("names the bytes, the published revision and every finding", () => {
    assert.deepEqual(advisory({ published: PUBLISHED }), {
      schema_version: "1.7.5",
      id: "x_assay-2026-aaaaaaaaaaaaaaaa",
      modified: "2026-12-01T10:00:00.000Z",
      summary: "b.bin calls os.system with a string",
      details: [
        "What a loader of this model does or cannot tell, by reading its files:",
        "",
        "- b.bin (in archive/data.pkl, at byte 2): calls os.system with a string [code, pickle/global]",
        "- z.bin (in archive/data.pkl, at byte 2): calls os.system with a string [code, pickle/global]",
        "",
      ].join("\n"),
      affected: [
        {
          package: { ecosystem: "GIT", name: PUBLISHED.url, purl: PUBLISHED.purl },
          versions: [COMMIT],
          database_specific: { digests: { manifest: MANIFEST, files: [`sha256:${CODE_DIGEST}`, `sha256:${OTHER_DIGEST}`] } },
        },
      ],
      references: [{ type: "PACKAGE", url: PUBLISHED.url }],
      database_specific: {
        tool: advisory().database_specific.tool,
        outcome: "code",
        reasons: ["pickle/global"],
      },
    });
  });

  test("is about the whole model, each file with a finding, and the revision; not about files without a finding", () => {
    const document = advisory({ published: PUBLISHED });
    assert.ok(isAbout(document, { manifest: MANIFEST }));
    assert.ok(isAbout(document, { files: [`sha256:${OTHER_DIGEST}`] }));
    assert.ok(!isAbout(document, { files: [`sha256:${CLEAN_DIGEST}`] }));
    const granite = { type: "huggingface", namespace: "acme", name: "granite" };
    assert.ok(isAbout(document, { purl: { ...granite, revision: COMMIT } }));
    assert.ok(!isAbout(document, { purl: { ...granite, revision: "f".repeat(40) } }));
  });

  test("is about the bytes alone where no commit is given", () => {
    for (const published of [undefined, { ...PUBLISHED, revision: undefined }, { ...PUBLISHED, revision: "main" }]) {
      const document = advisory({ published });
      assert.deepEqual(Object.keys(document.affected[0] ?? {}), ["database_specific"]);
      assert.ok(isAbout(document, { manifest: MANIFEST }));
      assert.ok(!isAbout(document, { purl: { type: "huggingface", namespace: "acme", name: "granite", revision: COMMIT } }));
    }
  });

  test("does not name an empty file, which every model may have", () => {
    const digested = { manifestDigest: MANIFEST, files: FOUND.digested.files.map((one) => ({ ...one, size: 0 })) };
    assert.deepEqual(advisory({ digested }).affected[0]?.database_specific.digests.files, []);
  });

  test("has the id and the summary that a person gives", async () => {
    const { id, summary } = advisory({}, { id: "x_acme-2026-1", summary: "runs a command" });
    assert.deepEqual([id, summary], ["x_acme-2026-1", "runs a command"]);
    for (const wrong of ["acme-1", "x_-1", "x_acme", "x_acme-", "CVE-2026-1", "x_acme-a b"])
      await rejectsWith("USAGE", () => advisory({}, { id: wrong }));
  });

  test("has no markup of a model's names", () => {
    const hostile = { ...RUNS, what: "calls [x](https://example.com)\n\n# <b>", member: "`a`" };
    const { details, summary } = advisory({ risk: gradeLoad([file("a\n- b\u202e", hostile)]) });
    assert.ok(!/<b>|\]\(https|\n\n#|`a`\)|\u202e/.test(details.replaceAll(/\\./g, "")), details);
    assert.ok(!/[\n\u202e]/.test(summary), summary);
  });

  test("is bounded, however many findings there are", () => {
    const { details, summary } = advisory({ risk: gradeLoad([file("a".repeat(500), ...Array.from({ length: 500 }, () => RUNS))]) });
    assert.equal(details.split("\n").length, 2 + 100 + 1 + 1);
    assert.match(details, /\n- and 400 more\n$/);
    assert.equal(summary.length, 120);
  });

  test("is not made without a finding, or of findings that are allowed", async () => {
    await rejectsWith("ADVISORY_NO_FINDING", () => advisory({ risk: gradeLoad([file("model.safetensors")]) }));
    await rejectsWith("ADVISORY_NO_FINDING", () => advisory({ risk: gradeLoad([file("a.bin", RUNS)], ["os.system"]) }));
    await rejectsWith("ADVISORY_NO_FINDING", () => advisory({ risk: gradeLoad([]) }));
  });
});
