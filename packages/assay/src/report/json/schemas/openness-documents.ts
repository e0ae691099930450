import * as v from "valibot";
import { error, notCovered, source, warnings } from "./common-parts.ts";
import { answer, answerFields, opennessClass } from "./openness-parts.ts";
import { signer } from "./signer-parts.ts";
import { count, described, documentFields, flag, sha256, text, texts } from "./values.ts";

// The document of `openness`, of a mof.yml or of a folder.

const headFields = {
  ...documentFields("openness"),
  strict: described(flag, "Whether this is the answer of the Model Openness Tool in every detail."),
  requiredClass: v.exactOptional(
    described(opennessClass, "The class that was required; the exit code is 1 where it is not reached. Absent where none was."),
  ),
};

const ofFile = described(
  v.object({
    ...headFields,
    exitCode: described(v.picklist([0, 1]), "0 whatever the class; 1 where a required class is not reached."),
    file: described(text, "Absolute path of the mof.yml, or which public evaluation it is."),
    ...answerFields,
    unknownFields: described(texts, "Fields that the format does not have, as paths."),
    warnings,
  }),
  "Of a mof.yml:",
);

const sign = v.object({
  state: v.picklist(["found", "claimed"]),
  file: text,
  target: described(v.nullable(text), "Where the file says it is."),
  why: text,
});

const componentEvidence = v.object({
  name: described(text, "The component."),
  state: v.picklist(["found", "claimed", "unknown"]),
  shortfall: described(v.nullable(text), "What is present but not enough to count, and what is needed."),
  files: count,
  signs: v.array(sign),
});

const licenseFile = v.object({
  path: text,
  scope: described(v.nullable(text), "What it covers, where its name, place or words say so."),
  match: v.picklist(["exact", "near", "title", "none"]),
  licenses: texts,
  similarity: v.exactOptional(described(v.number(), "Percent; only of a near match.")),
  changes: v.exactOptional(described(v.array(v.object({ added: text, missing: text })), "Only of a near match.")),
});

const coverage = v.object({
  outcome: v.picklist(["verified", "failed", "incomplete"]),
  signer: v.nullable(signer),
  error: v.nullable(error),
  files: described(
    v.array(v.object({ name: text, covered: flag })),
    "Every file that the answer is based on, and whether the signature covers it.",
  ),
});

const ofFolder = described(
  v.object({
    ...headFields,
    exitCode: described(
      v.picklist([0, 1, 3]),
      "0 whatever the class; 1 where a required class is not reached or the signature fails; 3 where the signature could not be verified.",
    ),
    ...answerFields,
    folder: described(text, "Absolute path, or the pinned reference."),
    source: described(v.nullable(source), "Null for a model on this machine."),
    manifestDigest: described(v.nullable(sha256), "Binds the answer to the bytes of the model, names included; null where it has none."),
    rootDigest: v.nullable(sha256),
    files: count,
    ifClaimsHold: answer,
    evidence: described(v.array(componentEvidence), "What each component is based on: found in the folder, claimed by a file, or unknown."),
    alsoFound: described(texts, "Configuration and tokenizer: not components of the framework, but part of the model."),
    licenseFiles: described(v.array(licenseFile), "Texts of licenses in the folder, compared with those of SPDX."),
    licenseStatements: v.array(
      v.object({
        file: text,
        name: text,
        link: v.nullable(text),
        about: described(v.nullable(text), "What it is said of: parameters, code, data or card; null for everything."),
        sentence: described(v.nullable(text), "The sentence that says it; null for a field."),
      }),
    ),
    notCovered: described(v.array(notCovered), "What is in the folder and was left out: what ignore rules hide, and the signature."),
    notRead: described(texts, "Where reading stopped at a bound, in words: what is neither found nor claimed may be there."),
    signature: described(v.nullable(coverage), "Null where no signature was asked for."),
    written: described(v.nullable(text), "The mof.yml that was written."),
    warnings,
  }),
  "Of a folder; the answer is by what is found in it:",
);

export const openness = described(
  v.union([ofFile, ofFolder]),
  "How open a model is, by the Model Openness Framework. For several models `assay openness` prints an array of these; one that could not be evaluated is an error document in it (error.v1.json).",
);
