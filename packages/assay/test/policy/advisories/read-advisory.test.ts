import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { readPurl } from "../../../src/policy/advisories/purl.ts";
import { readAdvisory } from "../../../src/policy/advisories/read-advisory.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { MANIFEST, OTHER_MANIFEST } from "../../support/policy/facts.ts";

const TEXT = `{
  "schema_version": "1.7.0",
  "id": "x_acme-2026-1",
  "modified": "2026-11-20T10:00:00Z",
  "summary": "runs a command when loaded",
  "affected": [
    {
      "package": { "ecosystem": "GIT", "name": "https://huggingface.co/acme/granite", "purl": "pkg:huggingface/acme/granite" },
      "ranges": [{ "type": "GIT", "repo": "https://huggingface.co/acme/granite", "events": [{ "introduced": "0" }] }],
      "versions": ["0123456789abcdef0123456789abcdef01234567"],
      "database_specific": { "digests": { "manifest": "${MANIFEST}", "files": ["${OTHER_MANIFEST}"] } }
    }
  ]
}`;

const read = (text: string) => readAdvisory(new TextEncoder().encode(text), "advisory a.json");

test("an advisory is read as far as it says which models it is about", () => {
  const { affected, ...rest } = read(TEXT);
  assert.deepEqual(rest, { id: "x_acme-2026-1", summary: "runs a command when loaded", isWithdrawn: false });
  assert.deepEqual(affected, [
    {
      purl: { type: "huggingface", namespace: "acme", name: "granite", version: undefined, repositoryUrl: undefined },
      versions: ["0123456789abcdef0123456789abcdef01234567"],
      ranges: [{ isEverything: true }],
      manifests: [MANIFEST],
      files: [OTHER_MANIFEST],
    },
  ]);
});

test("an advisory may list several manifests, and may have nothing but an id and a time", () => {
  const several = read(TEXT.replace(`"manifest": "${MANIFEST}"`, `"manifest": ["${MANIFEST}", "${OTHER_MANIFEST}"]`));
  assert.deepEqual(several.affected[0]?.manifests, [MANIFEST, OTHER_MANIFEST]);
  const bare = { summary: "", isWithdrawn: false, affected: [] };
  assert.deepEqual(read('{ "id": "CVE-2026-1", "modified": "2026-11-20T10:00:00Z" }'), { id: "CVE-2026-1", ...bare });
  assert.deepEqual(read('{ "id": "A-1", "modified": "2026-11-20T10:00:00.5Z", "affected": null }'), { id: "A-1", ...bare });
});

test("without a summary, the beginning of the details is the summary, in one line", () => {
  const details = TEXT.replace(/"summary": .*,/, String.raw`"details": "\n first\tline \r\nsecond",`);
  assert.equal(read(details).summary, "first line");
  const { summary } = read(TEXT.replace("runs", "x".repeat(500)));
  assert.deepEqual([summary.length, summary.endsWith("x…")], [300, true]);
});

test("fields that are unknown are passed over", () => {
  assert.equal(read(TEXT.replace('"id":', '"credits": [], "future": { "id": 1 }, "id":')).id, "x_acme-2026-1");
});

/** What is replaced in TEXT, by what, the code, and what the message has. */
const FAULTS: readonly (readonly [what: string, from: string | RegExp, to: string, code: ErrorCode, message: string])[] = [
  ["no JSON", '"id": ', '"id" ', "JSON_SYNTAX", "line 3, column 8"],
  ["a key twice", '"id": ', '"id": "y", "id": ', "JSON_DUPLICATE_KEY", "line 3, column 14"],
  ["a byte order mark", "{", "\ufeff{", "JSON_ENCODING", "line 1, column 1"],
  ["nesting without end", '"summary": "', `"x": ${"[".repeat(40)}${"]".repeat(40)}, "summary": "`, "JSON_TOO_DEEP", "line 5, column 39"],
  ["no id", '"id"', '"identity"', "ADVISORY_SOURCE", '"id" is missing'],
  ["an id with a blank", "x_acme-", "x acme-", "ADVISORY_SOURCE", '"id" is not the id'],
  ["an id that is a number", '"x_acme-2026-1"', "1", "ADVISORY_SOURCE", '"id" is a number'],
  ["no time", '"modified"', '"published"', "ADVISORY_SOURCE", '"modified" is missing'],
  ["a time of another zone", "10:00:00Z", "10:00:00+01:00", "ADVISORY_SOURCE", '"modified" is not a time'],
  ["a wrong time of withdrawal", '"id":', '"withdrawn": true, "id":', "ADVISORY_SOURCE", '"withdrawn" is a boolean'],
  ["another version of OSV", '"1.7.0"', '"2.0.0"', "ADVISORY_SOURCE", '"schema_version"'],
  ["a package that is a text", /\{ "ecosystem".* \},/, '"acme/granite",', "ADVISORY_SOURCE", '"affected[0].package" is a string'],
  [
    "no package URL",
    "pkg:huggingface/acme/granite",
    "huggingface/acme",
    "ADVISORY_SOURCE",
    '"affected[0].package.purl" is not a package URL',
  ],
  ["a broken percent sign", "pkg:huggingface/acme", "pkg:huggingface/ac%me", "ADVISORY_SOURCE", "is not a package URL"],
  ["versions that are a text", /"versions": .*,/, '"versions": "1",', "ADVISORY_SOURCE", '"affected[0].versions" is a string'],
  ["a digest without its algorithm", `"${MANIFEST}"`, `"${MANIFEST.slice(7)}"`, "ADVISORY_SOURCE", "digests.manifest"],
  ["a digest of another algorithm", OTHER_MANIFEST, "sha512:aa", "ADVISORY_SOURCE", "digests.files[0]"],
  ["files that are a text", `["${OTHER_MANIFEST}"]`, `"${OTHER_MANIFEST}"`, "ADVISORY_SOURCE", "digests.files"],
  ["a range without events", '"events"', '"event"', "ADVISORY_SOURCE", '"affected[0].ranges[0].events" is missing'],
  ["a range without a beginning", '"introduced": "0"', '"fixed": "0"', "ADVISORY_SOURCE", 'has no "introduced"'],
];

suite("an advisory that is not right is rejected:", () => {
  for (const [what, from, to, code, message] of FAULTS) {
    test(what, async () => {
      const text = TEXT.replace(from, () => to);
      assert.notEqual(text, TEXT);
      const error = await rejectsWith(code, () => read(text));
      assert.ok(error.message.includes("advisory a.json") && error.message.includes(message), error.message);
    });
  }
});

suite("a package URL", () => {
  test("is decoded, and its type is in lower case", () => {
    assert.deepEqual(readPurl("pkg:HuggingFace/Ac%2Dme/Gra%6Eite@ABC?foo=bar#sub"), {
      type: "huggingface",
      namespace: "Ac-me",
      name: "Granite",
      version: "ABC",
      repositoryUrl: undefined,
    });
  });

  test("names another server, or the usual one in any way", () => {
    const server = (url: string) => readPurl(`pkg:huggingface/a/b?repository_url=${url}`)?.repositoryUrl;
    assert.equal(server("https://hub.example.com"), "https://hub.example.com");
    for (const usual of ["https://huggingface.co", "https%3A%2F%2Fhuggingface.co/", "huggingface.co", ""])
      assert.equal(server(usual), undefined);
    assert.equal(readPurl("pkg:mlflow/a@1?repository_url=https://huggingface.co")?.repositoryUrl, "https://huggingface.co");
  });

  test("is rejected without a type or name", () => {
    for (const text of ["pkg:", "pkg:a/%", "pkg:huggingface", "pkg:huggingface/", "pkg:/a", "huggingface/a/b", "pkg:a/b@1@2", " pkg:a/b"]) {
      assert.equal(readPurl(text), undefined, text);
    }
  });
});
