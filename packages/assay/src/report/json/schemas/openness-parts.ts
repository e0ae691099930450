import * as v from "valibot";
import { described, flag, text } from "./values.ts";

// Parts of the documents about openness.

export const opennessClass = v.picklist([1, 2, 3]);
export const componentKind = v.picklist(["code", "data", "document"]);
export const componentStatus = v.picklist(["included", "optional", "unlicensed", "invalid", "missing"]);

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

/** The class and the progress to each. */
export const classFields = {
  class: described(v.nullable(opennessClass), "1 open science, 2 open tooling, 3 open model; null: no class yet."),
  label: described(text, "The class as the Model Openness Tool names it; Unclassified for none."),
  progress: described(v.object({ 1: percent, 2: percent, 3: percent }), "Percent of each class; 0 until the class below is complete."),
};

export const component = described(
  v.object({
    name: described(text, "One of the 17 components of the framework."),
    kind: componentKind,
    requiredFor: described(
      v.array(opennessClass),
      "The classes that require it; empty for an optional one. A research paper may replace a technical report.",
    ),
    status: described(
      componentStatus,
      "included: present under an open license; optional: the same, and no class requires it; unlicensed: present without a license; invalid: present under a license that is not open or not known; missing: not present.",
    ),
    license: described(
      v.nullable(text),
      'The license that applies: an identifier, an SPDX expression, or what was written; "unlicensed" for none, or with that status what a statement says where no text grants it; null where the component is missing.',
    ),
    licenseFrom: described(
      v.nullable(v.picklist(["component", "code", "data", "document", "distribution"])),
      "Whose license it is: the component's own, the model's for its kind, or the whole distribution's.",
    ),
    typeAppropriate: described(v.nullable(flag), "Whether the license is made for this kind of component; null without an open license."),
    path: v.nullable(text),
    why: described(text, "One line: the reason for the status."),
    restriction: described(
      v.nullable(
        v.object({
          kind: v.picklist(["non-commercial", "field-of-use", "user-cap", "no-derivatives", "no-grant", "not-approved"]),
          reason: text,
          clause: described(text, "Where the license says so."),
        }),
      ),
      "Why a known license is not open.",
    ),
  }),
  "A component of the model, and whether it counts.",
);

export const step = described(
  v.object({
    component: text,
    problem: v.picklist(["missing", "no-license", "not-open", "not-fit"]),
    text: described(text, "One line: what is wrong."),
    example: described(text, "An entry for the list of components of a mof.yml that would satisfy it."),
  }),
  "One thing to do for the next class.",
);

export const model = described(
  v.object({
    name: text,
    version: v.nullable(text),
    date: described(v.nullable(text), "YYYY-MM-DD."),
    producer: v.nullable(text),
    type: v.nullable(text),
    architecture: v.nullable(text),
  }),
  "The model as its description names it.",
);

/** How open a model is: once for a mof.yml, twice for a folder. */
export const answerFields = {
  model,
  ...classFields,
  nextClass: described(v.nullable(opennessClass), "The next class; null where the best is reached."),
  components: described(v.array(component), "All 17."),
  steps: described(v.array(step), "What to do for the next class, the least work first."),
  notTypeAppropriate: described(v.array(text), "Components whose license is open and not made for their kind."),
};

export const answer = described(v.object(answerFields), "How open the model is if what its files claim is true.");
