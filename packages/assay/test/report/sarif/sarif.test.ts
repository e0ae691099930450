import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { scan, type Scan } from "../../../src/index.ts";
import { scanSarif } from "../../../src/report/index.ts";
import { directoryUri, relativeUri } from "../../../src/report/sarif/file-uri.ts";
import { gradeLoad } from "../../../src/risk/grade.ts";
import { REASONS } from "../../../src/risk/reasons.ts";
import { writeFiles } from "../../support/models/on-disk.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** The official schema is of draft 4, of which it uses nothing that later drafts mean otherwise. */
const {
  $schema: _,
  id,
  ...schema
} = JSON.parse(readFileSync(join(import.meta.dirname, "sarif-schema-2.1.0.json"), "utf8")) as Record<string, unknown>;
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

function check(scans: readonly Scan[]): ReturnType<typeof scanSarif>["runs"][number] {
  const log = JSON.parse(JSON.stringify(scanSarif(scans))) as ReturnType<typeof scanSarif>;
  assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 2));
  const [run] = log.runs;
  assert.ok(run !== undefined);
  return run;
}

/** A scan with these findings, without any file. */
function scanOf(findings: Parameters<typeof gradeLoad>[0][number]["findings"], allow: readonly string[] = []): Scan {
  const file = {
    file: "a folder/model.bin",
    size: 10,
    format: "pickle",
    isLoaded: true,
    findings,
    leftOut: ["the end"],
    members: [],
    facts: {},
  };
  return { model: "/models/granite", kind: "directory", risk: gradeLoad([file], allow), warnings: [] };
}

suite("SARIF 2.1.0, which the official schema describes", () => {
  test("the schema is the official one, and rejects what is wrong", () => {
    assert.match(String(id), /^https:\/\/docs\.oasis-open\.org\/sarif\/sarif\/v2\.1\.0\//);
    assert.ok(!validate({ ...scanSarif([]), version: "2.0.0" }));
    assert.ok(!validate({ ...scanSarif([]), unknown: 1 }));
  });

  test("has one rule for each reason", () => {
    const { rules } = check([]).tool.driver;
    assert.deepEqual(
      rules.map((rule) => rule.id),
      Object.keys(REASONS),
    );
  });

  test("a finding is a result with its rule, its file, and its offset", () => {
    const { results } = check([scanOf([{ reason: "file/polyglot", what: "is two things", offset: 7 }])]);
    const [only, ...more] = results;
    assert.equal(more.length, 0);
    assert.equal(only?.ruleId, "file/polyglot");
    assert.equal(Object.keys(REASONS)[only.ruleIndex], "file/polyglot");
    assert.equal(only.level, "warning");
    assert.equal(only.message.text, "a folder/model.bin (byte 7) is two things.");
    assert.deepEqual(only.locations[0]?.physicalLocation, {
      artifactLocation: { uri: "a%20folder/model.bin", uriBaseId: "MODEL" },
      region: { byteOffset: 7 },
    });
  });

  test("a member is a logical location, and an offset in it is not written as one of the file", () => {
    const { results } = check([scanOf([{ reason: "file/malformed", what: "ends early", offset: 7, member: "archive/data.pkl" }])]);
    assert.equal(results[0]?.locations[0]?.physicalLocation.region, undefined);
    assert.deepEqual(results[0]?.locations[0]?.logicalLocations, [{ fullyQualifiedName: "archive/data.pkl", kind: "member" }]);
    assert.equal(results[0]?.level, "error");
  });

  test("what the caller allows is a suppressed result", () => {
    const findings = [{ reason: "file/not-understood", what: "imports a.b", name: "a.b" } as const];
    assert.equal(check([scanOf(findings)]).results[0]?.suppressions, undefined);
    assert.deepEqual(check([scanOf(findings, ["a.b"])]).results[0]?.suppressions, [
      { kind: "external", justification: "The caller allows a.b." },
    ]);
  });

  test("has a notification for each file that was not read, not loaded, or not read in full", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      "model.safetensors": Buffer.from(safetensors({ a: { shape: [2] } })),
      "README.md": "text\n",
      "x.xyz": "\u0001\u0000",
    });
    const run = check([await scan(folder), scanOf([])]);
    assert.deepEqual(
      run.invocations[0].toolExecutionNotifications.map(({ level, message }) => `${level}: ${message.text}`),
      [
        "note: README.md is text or the like, which no loader reads.",
        "warning: x.xyz was not read.",
        "note: a folder/model.bin was read without the end.",
      ],
    );
    assert.equal(run.invocations[0].exitCode, 3);
    assert.deepEqual(Object.keys(run.originalUriBaseIds), ["MODEL1", "MODEL2"]);
    assert.equal(run.artifacts.length, 4);
  });

  test("of a model in which nothing was examined the result is about the model itself", async () => {
    const { results } = check([await scan(temporaryFolder())]);
    assert.equal(results[0]?.ruleId, "model/nothing-examined");
    assert.equal(results[0].locations[0]?.physicalLocation.artifactLocation.uri, "");
  });

  test("names become URIs, whatever is in them", () => {
    assert.equal(relativeUri("a b/ü#?%.bin"), "a%20b/%C3%BC%23%3F%25.bin");
    assert.equal(relativeUri("\ud800"), "%EF%BF%BD");
    assert.equal(directoryUri("/models/a b", "directory"), "file:///models/a%20b/");
    assert.equal(directoryUri("/models/a.bin", "file"), "file:///models/");
    const folder = temporaryFolder();
    assert.equal(fileURLToPath(directoryUri(folder, "directory")), `${folder}/`);
  });
});
