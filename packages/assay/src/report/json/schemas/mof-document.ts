import * as v from "valibot";
import { COMPONENTS } from "../../../openness/components.ts";
import { described, part } from "./values.ts";

// The format that `openness` reads: a mof.yml. Its reader is openness/read-model.ts; this is for editors.

const emptyList = described(v.pipe(v.array(v.unknown()), v.maxLength(0)), "PHP's way to write an empty mapping.");
const plain = v.union([v.string(), v.number(), v.boolean(), v.null()]);

export const text = described(plain, "Numbers are taken as they are written.");

export const day = described(
  v.nullable(v.pipe(v.string(), v.regex(/^\s*(?:[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))?\s*$/))),
  "A day of the calendar.",
);

const optionalText = (meaning: string): v.ExactOptionalSchema<ReturnType<typeof part<typeof text>>, undefined> =>
  v.exactOptional(part(text, meaning));

export const license = described(
  v.union([
    v.object({
      name: optionalText("An SPDX identifier or expression, or the license's name."),
      path: optionalText("Where its text is."),
    }),
    plain,
    emptyList,
  ]),
  "A license, or its name alone.",
);

export const component = v.object({
  name: described(v.picklist(COMPONENTS.map(({ name }) => name)), "Which of the 17 components it is."),
  description: optionalText("What it is."),
  license: v.exactOptional(
    described(
      v.union([plain, v.object({ name: optionalText("The license's name."), path: optionalText("Where its text is.") })]),
      "Absent: the model's for its kind, otherwise for the whole. `unlicensed` or empty: none.",
    ),
  ),
  license_path: optionalText("Where the text of its license is."),
  component_path: optionalText("Where it is."),
});

const framework = v.object({
  name: optionalText("Model Openness Framework"),
  version: optionalText("Such as 1.0."),
  date: v.exactOptional(part(day, "Of the framework's version.")),
});

const release = v.object({
  name: described(v.union([v.pipe(v.string(), v.regex(/\S/)), v.number(), v.boolean()]), "The name of the model."),
  version: optionalText("In practice the number of parameters, such as 7B."),
  date: v.exactOptional(part(day, "Of the release, YYYY-MM-DD.")),
  type: optionalText("language, vision, image, audio, video, 3d, code, multimodal or other."),
  architecture: optionalText("Such as transformer decoder, diffusion or RNN."),
  treatment: optionalText("pre-trained, instruct fine-tuned or chat fine-tuned."),
  origin: optionalText("The model that it was made from."),
  producer: optionalText("The organization that made it."),
  contact: optionalText("Whom to ask."),
  repository: optionalText("Where its code is."),
  huggingface: optionalText("Where it is on Hugging Face."),
  license: v.exactOptional(
    described(
      v.union([
        v.object({
          distribution: v.exactOptional(part(license, "For everything without a license of its own or of its kind.")),
          code: v.exactOptional(part(license, "For components that are code.")),
          data: v.exactOptional(part(license, "For components that are data.")),
          document: v.exactOptional(part(license, "For components that are documents.")),
        }),
        plain,
        emptyList,
      ]),
      "The licenses of the whole model. A name alone is that of the whole distribution, as an older form has it.",
    ),
  ),
  components: v.exactOptional(
    described(
      v.union([v.pipe(v.array(component), v.maxLength(17)), v.pipe(v.record(v.string(), v.unknown()), v.maxEntries(0)), v.null()]),
      "Those of the 17 components that are present; none twice.",
    ),
  ),
});

export const mof = described(
  v.object({ framework: v.exactOptional(v.union([framework, emptyList, v.null()])), release }),
  "A model's description by the Model Openness Framework, as `assay openness` reads it: the Model Openness Tool's format, version 1, and its older forms. Other fields are kept and not used. Component names are read in any case, too.",
);
