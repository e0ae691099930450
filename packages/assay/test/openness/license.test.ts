import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { nearest } from "../../src/core/nearest.ts";
import { licenseCatalog } from "../../src/openness/license-catalog.ts";
import { licenseKey } from "../../src/openness/license-key.ts";
import { evaluateModel, model, underLicense } from "../support/openness/models.ts";
import { licenseData, LICENSES } from "../support/openness/licenses.ts";

suite("a license's name", () => {
  test("is known in any case and as people write it, with a note on how to write it", () => {
    for (const name of [
      "apache-2.0",
      "Apache 2.0",
      "Apache License, Version 2.0",
      "apache license 2.0",
      "APACHE-2.0",
      "Apache v2.0",
      "the Apache-2.0 license agreement",
    ]) {
      const { notes, components } = evaluateModel(model({ "Training code": name }));
      const training = components.find((component) => component.name === "Training code");
      assert.deepEqual([training?.status, training?.license], ["included", "Apache-2.0"], name);
      assert.deepEqual(
        notes.map(({ code }) => code),
        ["LICENSE_SPELLING"],
        name,
      );
    }
    assert.deepEqual(evaluateModel(model({ "Training code": "Apache-2.0" })).notes, []);
  });

  test("that hubs use is what it means", () => {
    const tags: readonly (readonly [string, string | RegExp])[] = [
      ["bsd-3-clause", "BSD-3-Clause"],
      ["BSD-3", "BSD-3-Clause"],
      ["cc-by-sa-4.0", "CC-BY-SA-4.0"],
      ["CC BY-SA 4.0", "CC-BY-SA-4.0"],
      ["cc0-1.0", "CC0-1.0"],
      ["odc-by", "ODC-By-1.0"],
      ["gpl-3.0", "GPL-3.0"],
      ["lgpl-lr", "LGPLLR"],
      ["openmdw-1.0", "OpenMDW-1.0"],
    ];
    for (const [tag, id] of tags) assert.equal(LICENSES.find(tag)?.id, id, tag);
  });

  test("of a community license is known, and not open for a reason with its clause", () => {
    const reasons: readonly (readonly [string, string, RegExp])[] = [
      ["llama2", "user-cap", /section/],
      ["Meta Llama 3 Community License Agreement", "user-cap", /sections 2 and 1\.b\.v/],
      ["llama3.1", "user-cap", /sections 2 and 1\.b\.iv/],
      ["llama4", "user-cap", /sections 2/],
      ["gemma", "field-of-use", /section 3\.2/],
      ["openrail", "field-of-use", /restricted uses/],
      ["bigscience-bloom-rail-1.0", "field-of-use", /Attachment A/],
      ["creativeml-openrail-m", "field-of-use", /Attachment A/],
      ["bigcode-openrail-m", "field-of-use", /Attachment A/],
      ["DeepSeek License Agreement", "field-of-use", /Attachment A/],
      ["tongyi-qianwen-license-agreement", "user-cap", /sections 4 and 5\.b/],
      ["qwen-research", "non-commercial", /section 2/],
      [" Falcon-180B TII License", "field-of-use", /5\.1/],
      ["mrl", "non-commercial", /3\.2/],
      ["mnpl", "non-commercial", /3\.2/],
      ["apple-amlr", "non-commercial", /Research Purposes/],
      ["apple-ascl", "not-approved", /second paragraph/],
      ["cc-by-nc-4.0", "non-commercial", /2\(a\)\(1\)/],
      ["cc-by-nd-4.0", "no-derivatives", /2\(a\)\(1\)\(B\)/],
      ["arXiv.org - Non-exclusive license", "no-grant", /clause/],
      ["BAAI Aquila Model License", "not-approved", /preamble/],
      ["falcon-llm-license", "field-of-use", /5\.1 and 5\.3/],
      ["tencent-hunyuan-community", "user-cap", /5\.b and 5\.c/],
      ["fair-noncommercial-research-license", "non-commercial", /1\.b\.i/],
      ["cc-by-nc-sa-3.0", "non-commercial", /section 4\(c\)/],
    ];
    for (const [name, kind, clause] of reasons) {
      const { status, restriction, why } = underLicense(name, "Model parameters (Final)");
      assert.equal(status, "invalid", name);
      assert.equal(restriction?.kind, kind, name);
      assert.match(restriction?.clause ?? "", clause, name);
      assert.ok(why.includes(restriction?.reason ?? "?") && why.includes(restriction?.clause ?? "?"), `${name}: ${why}`);
    }
  });

  test("that means a text of one's own, or a family, is not open and says so", () => {
    for (const [name, code] of [
      ["other", "LICENSE_CUSTOM"],
      ["LicenseRef-Acme", "LICENSE_CUSTOM"],
      ["bsd", "LICENSE_UNKNOWN"],
      ["gpl", "LICENSE_UNKNOWN"],
    ] as const) {
      const { notes, components } = evaluateModel(model({ "Training code": name }));
      assert.equal(components.find((component) => component.name === "Training code")?.status, "invalid", name);
      assert.equal(notes[0]?.code, code, name);
    }
  });

  test("that is unknown is answered with the nearest known one", () => {
    assert.match(underLicense("Apachee-2.0").why, /an unknown license; Apache-2\.0 is near it/);
    assert.match(underLicense("Undisclosed").why, /^"Undisclosed" is an unknown license/);
  });

  test("has the same nearest one as if all were compared letter by letter", () => {
    const byLength = LICENSES.ids.filter((id) => !id.startsWith("LicenseRef-")).toSorted((a, b) => a.length - b.length);
    const ids = new Map(byLength.map((id) => [id.toLowerCase(), id]));
    const misspelled = byLength.flatMap((id, at) => {
      const middle = Math.floor(id.length / 2);
      const swapped = `${id.slice(0, middle - 1)}${id[middle]}${id[middle - 1]}${id.slice(middle + 1)}`;
      return at % 9 === 0 ? [`${id}x`, id.slice(1), `${id.slice(0, middle)}é~${id.slice(middle + 2)}`, swapped, `My ${id}`] : [];
    });
    for (const name of misspelled.filter(({ length }) => length >= 3 && length <= 40)) {
      assert.equal(LICENSES.near(name), ids.get(nearest(name, ids.keys()) ?? ""), name);
      assert.equal(LICENSES.near(name), LICENSES.near(name), "asked again");
    }
  });

  test("that two licenses share as their full name means neither", () => {
    const both = licenseCatalog({
      sources: [],
      licenses: { "A-1": { name: "Common License" }, "B-1": { name: "Common License" }, "C-1": { name: "Rare License" } },
    });
    assert.equal(both.find("common license"), undefined);
    assert.equal(both.find("rare license")?.id, "C-1");
  });

  test("keeps what tells licenses apart", () => {
    assert.notEqual(licenseKey("CC-BY-4.0"), licenseKey("CC-BY-3.0"));
    assert.notEqual(licenseKey("GPL-2.0+"), licenseKey("GPL-2.0"));
    assert.notEqual(licenseKey("llama3"), licenseKey("llama3.1"));
    assert.equal(LICENSES.find("llama3")?.name, "Meta Llama 3 Community License Agreement");
  });
});

suite("an SPDX expression", () => {
  test("of alternatives is as open as the best of them", () => {
    assert.equal(underLicense("CC-BY-NC-4.0 OR Apache-2.0").status, "included");
    assert.equal(underLicense("CC-BY-NC-4.0 OR CC-BY-ND-4.0").status, "invalid");
    assert.equal(underLicense("apache-2.0 or mit").license, "Apache-2.0 OR MIT");
  });

  test("of what holds together is as open as the worst of it, whose reason it gives", () => {
    assert.equal(underLicense("MIT AND Apache-2.0").status, "included");
    const { status, restriction } = underLicense("MIT AND CC-BY-NC-4.0");
    assert.deepEqual([status, restriction?.kind], ["invalid", "non-commercial"]);
  });

  test("binds AND before OR, unless parentheses say otherwise", () => {
    assert.equal(underLicense("MIT OR CC-BY-NC-4.0 AND CC-BY-ND-4.0").status, "included");
    assert.equal(underLicense("(MIT OR CC-BY-NC-4.0) AND CC-BY-ND-4.0").status, "invalid");
    assert.equal(underLicense("(MIT OR ISC) AND Apache-2.0").license, "(MIT OR ISC) AND Apache-2.0");
  });

  test("keeps a license open that an exception only widens, and notes one that SPDX does not list", () => {
    assert.equal(underLicense("Apache-2.0 WITH LLVM-exception").license, "Apache-2.0 WITH LLVM-exception");
    assert.deepEqual(evaluateModel(model({ "Training code": "Apache-2.0 WITH LLVM-exception" })).notes, []);
    assert.equal(evaluateModel(model({ "Training code": "Apache-2.0 WITH Acme-exception" })).notes[0]?.code, "LICENSE_UNKNOWN");
  });

  test("with a license of one's own is open only beside an alternative", () => {
    assert.equal(underLicense("LicenseRef-Acme OR MIT").status, "included");
    assert.equal(underLicense("LicenseRef-Acme AND MIT").status, "invalid");
  });

  test("is fit for a component's kind where what one may choose is", () => {
    assert.equal(underLicense("MIT OR CC0-1.0", "Model card").typeAppropriate, true);
    assert.equal(underLicense("MIT AND CC0-1.0", "Model card").typeAppropriate, false);
  });

  test("with + means later versions, too", () => {
    assert.deepEqual([underLicense("GPL-2.0+").status, underLicense("Apache-2.0+").license], ["included", "Apache-2.0+"]);
  });

  test("that is malformed is an unknown license, however long", () => {
    for (const text of [
      "MIT OR",
      "(MIT",
      "MIT)",
      "OR MIT",
      "MIT WITH",
      "MIT AND AND ISC",
      "MIT OR ISC Zlib",
      "MIT ISC",
      "(".repeat(5000),
      "MIT OR ".repeat(5000),
    ]) {
      assert.equal(underLicense(text).status, "invalid", text.slice(0, 30));
    }
  });
});

suite("the licenses that ship", () => {
  const data = licenseData("licenses");

  test("say where they come from, and of when", () => {
    for (const { sources } of [data, licenseData("licenses-models")]) {
      assert.ok(sources.length > 0);
      for (const { date, url, gives } of sources) {
        assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
        assert.match(url, /^https:\/\//);
        assert.notEqual(gives, "");
      }
    }
  });

  test("are open where the Model Openness Tool says so, but for those that it or its list of 2024 misses", () => {
    const differing = Object.keys(data.licenses).filter((id) => {
      const facts = LICENSES.exact(id);
      return facts?.mot !== undefined && facts.mot.isOpen !== facts.isOpen;
    });
    assert.deepEqual(differing, ["BSD-3-Clause-Open-MPI", "CC-BY-SA-3.0-DE", "CC-BY-SA-3.0-IGO", "PDDL-1.0", "W3C-20150513"]);
  });

  test("have a reason for whatever is restricted, and none for what is open", () => {
    const { restrictions = {}, names = {}, licenses } = licenseData("licenses-models");
    for (const id of Object.keys(restrictions)) assert.equal(LICENSES.exact(id)?.isOpen, false, id);
    for (const [id, entry] of Object.entries(licenses)) {
      assert.ok(id.startsWith("LicenseRef-"), id);
      assert.notEqual(entry.restriction?.clause ?? "", "", id);
    }
    for (const id of Object.values(names)) assert.ok(LICENSES.exact(id) !== undefined, id);
    for (const id of Object.keys(data.licenses)) {
      if (/^CC-BY-(?:NC|ND)/.test(id)) assert.ok(LICENSES.exact(id)?.restriction !== undefined, id);
    }
  });

  test("answer to each of their names with themselves", () => {
    for (const file of [data, licenseData("licenses-models")]) {
      for (const [id, { names = [], deprecated }] of Object.entries(file.licenses)) {
        if (deprecated !== true) assert.equal(LICENSES.find(id.toLowerCase())?.id.toLowerCase(), id.toLowerCase());
        for (const name of names) assert.equal(LICENSES.find(name)?.id, id, name);
      }
    }
  });
});

suite("as the Model Openness Tool evaluates", () => {
  const strictly = (license: string): string =>
    evaluateModel(model({ Datasets: license }), { strict: true }).components.find(({ name }) => name === "Datasets")?.status ?? "";

  test("its name for PDDL-1.0 is open, letter by letter, and the identifier of SPDX is not", () => {
    assert.deepEqual(["ODC-PDDL-1.0", "odc-pddl-1.0", "PDDL-1.0"].map(strictly), ["included", "invalid", "invalid"]);
    assert.equal(underLicense("ODC-PDDL-1.0", "Datasets").license, "PDDL-1.0");
  });

  test("OpenMDW-1.1 is not known, and is open else", () => {
    assert.equal(strictly("OpenMDW-1.1"), "invalid");
    assert.deepEqual([underLicense("OpenMDW-1.1").status, underLicense("openmdw-1.1", "Datasets").typeAppropriate], ["included", true]);
  });
});
