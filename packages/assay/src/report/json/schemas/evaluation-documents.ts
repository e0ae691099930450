import * as v from "valibot";
import { source as modelSource, warnings } from "./common-parts.ts";
import { classFields, componentKind, componentStatus, opennessClass } from "./openness-parts.ts";
import { count, described, documentFields, flag, text, texts } from "./values.ts";

// The documents of `openness list`, `compare`, `import` and `schema`.

const license = described(v.nullable(text), "The license that applies; `unlicensed` for none, null where the component is missing.");

export const source = described(
  v.object({ name: text, date: described(text, "YYYY-MM-DD."), url: text, license: v.nullable(text) }),
  "Who published facts, when, and under which license.",
);

export const listedComponent = described(v.object({ name: text, status: componentStatus, license }), "A component of a listed evaluation.");

export const listedEvaluation = described(
  v.object({
    id: described(text, "The name of its file, without .yml."),
    file: described(v.nullable(text), "Absolute path of the caller's own file; null for a public evaluation."),
    name: text,
    version: described(v.nullable(text), "As written: in practice the number of parameters."),
    parameters: described(v.nullable(v.pipe(v.number(), v.integer())), "The number of parameters, where the version is one."),
    organization: v.nullable(text),
    type: v.nullable(text),
    architecture: v.nullable(text),
    treatment: v.nullable(text),
    origin: described(v.nullable(text), "The model that it was made from."),
    date: described(v.nullable(text), "YYYY-MM-DD."),
    repository: v.nullable(text),
    huggingface: v.nullable(text),
    ...classFields,
    license: described(v.nullable(text), "The license of the final parameters, otherwise of the whole."),
    components: described(v.array(listedComponent), "All 17."),
  }),
  "One evaluation of a list.",
);

export const opennessList = described(
  v.object({
    ...documentFields("openness-list"),
    exitCode: described(v.picklist([0, 1]), "1 where none matches."),
    total: described(count, "How many evaluations there are."),
    count: described(count, "How many are listed."),
    sources: described(v.array(source), "Where the public evaluations come from."),
    evaluations: v.array(listedEvaluation),
    warnings,
  }),
  "Evaluations by the Model Openness Framework, the most open first.",
);

export const comparedModel = described(
  v.object({
    given: described(text, "As it was named."),
    from: described(
      v.picklist(["file", "folder", "catalogue"]),
      "What the answer is based on: a mof.yml, what is in a folder or on a server, a public evaluation.",
    ),
    source: described(v.nullable(modelSource), "Null for what is on this machine."),
    name: text,
    version: v.nullable(text),
    organization: v.nullable(text),
    ...classFields,
    licenses: described(
      v.object({ distribution: v.nullable(text), code: v.nullable(text), data: v.nullable(text), document: v.nullable(text) }),
      "The licenses of the whole model, as written.",
    ),
  }),
  "One of the models that are compared.",
);

export const comparedAnswer = described(
  v.object({
    status: componentStatus,
    license,
    typeAppropriate: described(v.nullable(flag), "Whether the license is made for this kind of component; null without an open license."),
    path: v.nullable(text),
  }),
  "A component of one of the models.",
);

export const comparedComponent = described(
  v.object({
    name: text,
    kind: componentKind,
    requiredFor: v.array(opennessClass),
    same: described(flag, "Whether status, license and whether it is made for this kind are the same in all."),
    answers: described(v.array(comparedAnswer), "In the order of the models."),
  }),
  "One component in all models.",
);

export const opennessCompare = described(
  v.object({
    ...documentFields("openness-compare"),
    exitCode: v.literal(0),
    strict: described(flag, "Whether this is the answer of the Model Openness Tool in every detail."),
    models: v.pipe(v.array(comparedModel), v.minLength(2)),
    components: described(v.array(comparedComponent), "All 17."),
    differing: described(v.pipe(count, v.maxValue(17)), "How many components differ."),
    warnings,
  }),
  "Models side by side, by the Model Openness Framework.",
);

export const opennessImport = described(
  v.object({
    ...documentFields("openness-import"),
    exitCode: v.literal(0),
    source: described(text, "Absolute path of what was imported."),
    from: described(v.picklist(["card", "tool"]), "A model card, or YAML or JSON of the Model Openness Tool."),
    file: described(v.nullable(text), "Absolute path of the file that was written; null where none was."),
    text: described(text, "The mof.yml."),
    taken: described(texts, "Fields and components taken from the source."),
    toFillIn: described(texts, "Fields that the source leaves open, empty and marked in the file."),
    toConfirm: described(texts, "What only the source claims, marked in the file."),
    notSaid: described(texts, "Components that the source does not mention."),
    warnings,
  }),
  "A mof.yml made of a model card, or of a file of the Model Openness Tool.",
);

export const opennessSchema = described(
  v.object({
    ...documentFields("openness-schema"),
    exitCode: v.literal(0),
    document: described(v.record(text, v.unknown()), "A JSON schema (draft 2020-12)."),
  }),
  "What `assay openness schema` prints.",
);
