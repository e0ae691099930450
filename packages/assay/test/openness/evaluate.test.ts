import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { COMPONENTS } from "../../src/openness/components.ts";
import { everythingFor, found, evaluateModel, model, underLicense } from "../support/openness/models.ts";

suite("the framework", () => {
  test("has 17 components: 6, 4 and 4 that the classes ask for, and 3 that none does", () => {
    const required = (since: number) => COMPONENTS.filter((one) => one.since === since && !one.optional).length;
    assert.equal(COMPONENTS.length, 17);
    assert.deepEqual([required(3), required(2), required(1)], [6, 4, 4]);
    assert.equal(COMPONENTS.filter(({ optional }) => optional).length, 3);
  });
});

suite("the class", () => {
  test("is the best whose components, and those of the classes below it, are all there under open licenses", () => {
    for (const openness of [3, 2, 1] as const) {
      const evaluation = evaluateModel(model(everythingFor(openness)));
      assert.equal(evaluation.class, openness);
      assert.equal(evaluation.progress[openness], 100);
    }
    assert.equal(evaluateModel(model({})).class, null);
    assert.equal(evaluateModel(model({})).label, "Unclassified");
  });

  test("is lost by any component that is missing, has no license, or one that is not open", () => {
    for (const { name, requiredFor } of COMPONENTS) {
      if (!(requiredFor as readonly number[]).includes(3)) continue;
      const { [name]: _, ...rest } = everythingFor(3);
      assert.equal(evaluateModel(model(rest)).class, null, `${name} missing`);
      assert.equal(evaluateModel(model({ ...rest, [name]: "unlicensed" })).class, null, `${name} unlicensed`);
      assert.equal(evaluateModel(model({ ...rest, [name]: "CC-BY-NC-4.0" })).class, null, `${name} not open`);
    }
  });

  test("does not come of a better class's components while a lower one is not whole, whose progress counts then", () => {
    const { "Model card": _, ...rest } = everythingFor(1);
    const { class: reached, progress } = evaluateModel(model(rest));
    assert.equal(reached, null);
    assert.deepEqual(progress, { 1: 0, 2: 0, 3: 83.3333 });
  });

  test("does not depend on whether a license is made for the component's kind", () => {
    const { class: reached, notTypeAppropriate } = evaluateModel(model(everythingFor(3, "MIT")));
    assert.equal(reached, 3);
    assert.deepEqual(notTypeAppropriate, ["Model parameters (Final)", "Model card", "Data card", "Technical report", "Evaluation results"]);
  });
});

suite("a research paper", () => {
  const { "Technical report": _, ...withoutReport } = everythingFor(3);

  test("takes the place of a technical report that is missing, or not open", () => {
    assert.equal(evaluateModel(model({ ...withoutReport, "Research paper": "CC-BY-4.0" })).class, 3);
    assert.equal(evaluateModel(model({ ...withoutReport, "Technical report": "unlicensed", "Research paper": "CC-BY-4.0" })).class, 3);
    assert.equal(evaluateModel(model({ ...withoutReport, "Research paper": "unlicensed" })).class, null);
  });

  test("makes Class I ask for one component less", () => {
    const { "Technical report": _report, Datasets: _datasets, ...rest } = everythingFor(1);
    assert.equal(evaluateModel(model(rest)).progress[1], 92.3077, "12 of 13");
    assert.equal(evaluateModel(model({ ...rest, "Technical report": "MIT" })).progress[1], 92.8571, "13 of 14");
  });

  test("counts once where the report is there, too", () => {
    assert.equal(evaluateModel(model({ ...everythingFor(3), "Research paper": "CC-BY-4.0" })).progress[2], 60);
  });
});

suite("the license that holds", () => {
  test("is the component's own, else the model's for its kind, else the model's for all", () => {
    const licenses = { distribution: "MIT", data: "CC0-1.0" };
    const evaluation = evaluateModel(model({ Datasets: undefined, "Evaluation data": "ODbL-1.0", "Training code": undefined }, licenses));
    assert.deepEqual([found(evaluation, "Datasets").license, found(evaluation, "Datasets").licenseFrom], ["CC0-1.0", "data"]);
    assert.deepEqual(
      [found(evaluation, "Evaluation data").license, found(evaluation, "Evaluation data").licenseFrom],
      ["ODbL-1.0", "component"],
    );
    assert.deepEqual([found(evaluation, "Training code").license, found(evaluation, "Training code").licenseFrom], ["MIT", "distribution"]);
  });

  test("is absent where the component says so, whatever the model's is", () => {
    for (const none of ["unlicensed", "", "Unlicensed", "NONE"]) {
      const evaluation = evaluateModel(model({ Datasets: none }, { distribution: "MIT" }));
      assert.equal(found(evaluation, "Datasets").status, "unlicensed", none);
    }
  });

  test("is absent where none is stated", () => {
    const { status, license, licenseFrom } = found(
      evaluateModel(model({ Datasets: undefined }, { code: "MIT", distribution: "" })),
      "Datasets",
    );
    assert.deepEqual([status, license, licenseFrom], ["unlicensed", "unlicensed", null]);
  });
});

suite("missing, unlicensed and not open are three answers", () => {
  test("each with what to do", () => {
    const { "Model card": _card, "Data card": _data, "Evaluation results": _results, ...rest } = everythingFor(3);
    const { steps, nextClass } = evaluateModel(model({ ...rest, "Model card": "unlicensed", "Data card": "CC-BY-ND-4.0" }));
    assert.equal(nextClass, 3);
    const needed = steps.filter(({ problem }) => problem !== "not-fit");
    assert.deepEqual(
      needed.map(({ component, problem }) => [component, problem]),
      [
        ["Model card", "no-license"],
        ["Data card", "not-open"],
        ["Evaluation results", "missing"],
      ],
    );
    assert.match(needed[1]?.text ?? "", /changed versions must not be given on .*section 2\(a\)\(1\)\(B\)/);
    assert.equal(needed[2]?.example, '{ name: Evaluation results, component_path: "eval/results.md", license: CC-BY-4.0 }');
  });

  test("in the order of the work: say a license, change one, write code, gather data", () => {
    const described = model({ ...everythingFor(3), "Inference code": "unlicensed", "Evaluation code": "CC-BY-NC-4.0" });
    assert.deepEqual(
      evaluateModel(described)
        .steps.filter(({ problem }) => problem !== "not-fit")
        .map(({ component, problem }) => `${component}: ${problem}`),
      ["Inference code: no-license", "Evaluation code: not-open", "Training code: missing", "Evaluation data: missing"],
    );
  });

  test("and a paper that is there without an open license is the way to the report, but for Class I, which asks for it", () => {
    const { "Technical report": _, ...withoutReport } = everythingFor(3);
    const [first] = evaluateModel(model({ ...withoutReport, "Research paper": "unlicensed" })).steps;
    assert.deepEqual([first?.component, first?.problem], ["Research paper", "no-license"]);
    assert.match(first?.text ?? "", /it replaces a technical report/);
    const [last] = evaluateModel(model({ ...everythingFor(1), "Research paper": "unlicensed" })).steps;
    assert.equal(last?.text, "no license says what one may do with it");
  });

  test("and what a better license would be comes last, for it decides nothing", () => {
    const { steps } = evaluateModel(model(everythingFor(1, "MIT")));
    assert.deepEqual(new Set(steps.map(({ problem }) => problem)), new Set(["not-fit"]));
  });

  test("following every step reaches the next class", () => {
    let listed: Record<string, string | undefined> = { "Model card": "unlicensed", "Research paper": "unlicensed" };
    for (const expected of [3, 2, 1]) {
      for (const { component, problem, example } of evaluateModel(model(listed)).steps) {
        if (problem !== "not-fit") listed = { ...listed, [component]: /license: ([\w.-]+)/.exec(example)?.[1] };
      }
      assert.equal(evaluateModel(model(listed)).class, expected);
    }
  });

  test("and once the paper is there, no step asks for the report", () => {
    const { steps } = evaluateModel(model({ "Research paper": "CC-BY-4.0" }));
    assert.ok(steps.every(({ component }) => !["Technical report", "Research paper"].includes(component)));
    assert.equal(steps.filter(({ problem }) => problem !== "not-fit").length, 5);
  });
});

suite("strictly as the Model Openness Tool", () => {
  test("licenses are compared letter by letter, and only with those that it knows", () => {
    assert.equal(underLicense("apache-2.0", "Training code", { strict: true }).status, "invalid");
    assert.equal(underLicense("MIT OR Apache-2.0", "Training code", { strict: true }).status, "invalid");
    assert.equal(underLicense("PDDL-1.0", "Datasets", { strict: true }).status, "invalid");
    assert.equal(underLicense("Apache-2.0", "Training code", { strict: true }).status, "included");
  });

  test('none is said with "unlicensed" or an empty text alone, and PHP takes "0" for empty', () => {
    assert.equal(underLicense("NONE", "Training code", { strict: true }).status, "invalid");
    assert.equal(underLicense("0", "Training code", { strict: true }).status, "unlicensed");
    const whole = evaluateModel(model({ "Training code": undefined }, { code: "0", distribution: "MIT" }), { strict: true });
    assert.equal(found(whole, "Training code").license, "MIT");
  });
});
