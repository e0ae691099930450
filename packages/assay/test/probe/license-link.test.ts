import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import { importCard } from "../../src/catalog/import-card.ts";
import { licenseOfLink } from "../../src/probe/card/license-link.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { card, makeFolder } from "../support/models/described.ts";

const root = temporaryFolder();
let count = 0;

function inspect(frontMatter: string): Promise<FolderInspection> {
  return inspectFolder(makeFolder(root, `card-${(count += 1)}`, { "README.md": card(frontMatter) }), {
    cwd: join(root),
    licenses: LICENSES,
  });
}

test("the address of a license names it", () => {
  for (const [link, license] of [
    ["https://llama.meta.com/llama3/license", "llama3"],
    ["https://www.llama.com/llama3_1/license/", "llama3.1"],
    ["https://ai.meta.com/llama/license/", "llama2"],
    ["https://ai.google.dev/gemma/terms", "gemma"],
    ["https://ai.google.dev/gemma/terms#section", "gemma"],
    ["http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"],
    ["https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"],
    ["https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"],
    ["https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode.en", "CC-BY-NC-SA-4.0"],
    ["https://creativecommons.org/licenses/by/3.0/deed.de", "CC-BY-3.0"],
    ["https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"],
    ["https://opensource.org/license/mit/", "MIT"],
    ["https://spdx.org/licenses/CDLA-Permissive-2.0.html", "CDLA-Permissive-2.0"],
  ] as const) {
    assert.equal(licenseOfLink(link), license, link);
    assert.notEqual(LICENSES.find(license), undefined, `${license} is known`);
  }
});

test("an address that is not that of one license, for certain, names none", () => {
  for (const link of [
    "LICENSE",
    "",
    "ftp://apache.org/licenses/LICENSE-2.0",
    "https://apache.org/licenses/",
    "https://apache.org/licenses/LICENSE-2.0?not=this",
    "https://apache.org:8443/licenses/LICENSE-2.0",
    "https://apache.org@example.com/licenses/LICENSE-2.0",
    "https://me@apache.org/licenses/LICENSE-2.0",
    "https://apache.org.example.com/licenses/LICENSE-2.0",
    "https://example.com/apache.org/licenses/LICENSE-2.0",
    "https://apache.org/licenses/LICENSE-2.0/../../me",
    "https://creativecommons.org/licenses/by/3.0/us/",
    "https://creativecommons.org/licenses/by/4.1/",
    "https://creativecommons.org/licenses/by-sa-nc/4.0/",
    "https://github.com/acme/apache-2.0/blob/main/LICENSE",
    "https://huggingface.co/acme/model/blob/main/LICENSE",
    "https://spdx.org/licenses/",
    `https://spdx.org/licenses/${"x".repeat(1000)}`,
  ]) {
    assert.equal(licenseOfLink(link), undefined, link);
  }
});

test("of a card that says other, the address tells which license is claimed", async () => {
  const { findings, asFound, ifClaimsHold } = await inspect("license: other\nlicense_link: https://llama.meta.com/llama3/license");
  assert.deepEqual(
    findings.licenseClaims.map(({ name, isByLink }) => [name, isByLink]),
    [["llama3", true]],
  );
  const statusOf = ({ evaluation }: typeof asFound) => evaluation.components.find(({ name }) => name === "Model card");
  assert.equal(statusOf(ifClaimsHold)?.restriction?.kind, "user-cap");
  assert.equal(statusOf(asFound)?.status, "unlicensed", "a link is only a claim");
});

test("a name beside the link counts before it, for what is behind a link is not read", async () => {
  const link = "license_link: https://www.apache.org/licenses/LICENSE-2.0";
  const claimed = async (fields: string): Promise<string[]> => (await inspect(fields)).findings.licenseClaims.map(({ name }) => name);
  assert.deepEqual(await claimed(`license: other\nlicense_name: acme-license\n${link}`), ["acme-license"]);
  assert.deepEqual(await claimed(`license: mit\n${link}`), ["mit"]);
  assert.deepEqual(await claimed(`license: [mit, other]\n${link}`), ["mit", "other"]);
  assert.deepEqual(await claimed(`license: other\nlicense_name: other\n${link}`), ["Apache-2.0"]);
  assert.deepEqual(await claimed("license: other\nlicense_link: LICENSE"), ["other"]);
});

test("an imported card's license says that it is the link's; one of several that is other is kept", () => {
  const imported = (fields: string): string => importCard(`---\n${fields}\n---\n# M\n`, "README.md", LICENSES).text;
  const byLink = imported("license: other\nlicense_link: https://ai.google.dev/gemma/terms");
  assert.match(byLink, /the card's license_link is the address of LicenseRef-Gemma;/);
  assert.match(byLink, /name: LicenseRef-Gemma\n {6,}path: https:\/\/ai\.google\.dev\/gemma\/terms/);
  assert.match(imported("license: [apache-2.0, other]"), /name: Apache-2\.0 AND other/);
});
