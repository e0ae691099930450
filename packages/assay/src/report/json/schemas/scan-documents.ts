import * as v from "valibot";
import { source, warnings } from "./common-parts.ts";
import { count, described, documentFields, flag, part, text, texts } from "./values.ts";

const outcome = described(
  v.picklist(["data-only", "code", "unknown", "invalid"]),
  "data-only: only data comes of loading it. code: loading runs or names code. unknown: not understood in full. invalid: not a file of its format.",
);

export const loadFacts = described(
  v.object({
    tensors: v.nullable(count),
    parameters: described(v.nullable(count), "Numbers in all tensors."),
    types: described(texts, "Types of the numbers."),
    quantization: v.nullable(text),
    weightBytes: described(v.nullable(count), "Bytes that the weights take in memory, as they are stored."),
    architecture: v.nullable(text),
    contextLength: described(v.nullable(count), "Tokens."),
  }),
  "What headers say of a model.",
);

export const loadFinding = described(
  v.object({
    reason: described(text, "Its id: docs/scan.md has a section for each."),
    outcome: described(v.picklist(["code", "unknown", "invalid", "note"]), "What it makes of the file; a note makes nothing of it."),
    waived: described(flag, "Whether the caller allowed the name: the finding then counts for nothing."),
    what: described(text, "What the file does or is, as the end of a sentence about it."),
    member: described(v.nullable(text), "Of an archive, from the outermost inwards."),
    offset: described(v.nullable(count), "Bytes from the start of the file or of the member."),
    name: described(v.nullable(text), "The name that can be allowed."),
    advice: described(text, "What to do about it."),
  }),
  "Something seen in a file.",
);

export const scannedFile = described(
  v.object({
    model: described(text, "The model that it belongs to: a path as in `models`."),
    file: described(text, "From the model's root."),
    size: count,
    format: described(v.nullable(text), "Null where the format is unknown."),
    outcome,
    loaded: described(flag, "False for what no loader reads: text, images, licenses."),
    findings: v.array(part(loadFinding, "What was seen.")),
    members: described(
      v.array(v.object({ member: text, format: v.nullable(text), outcome })),
      "Members of an archive that were examined as files of their own.",
    ),
    notRead: described(texts, "What was not read, by design, and changes no outcome."),
    facts: part(loadFacts, "What its header says."),
  }),
  "One file of a scanned model.",
);

export const scan = described(
  v.object({
    ...documentFields("scan"),
    outcome: described(outcome, "The worst of all models."),
    exitCode: v.picklist([0, 1, 3]),
    models: v.array(
      v.object({
        model: described(text, "Absolute path, or the pinned reference."),
        source: described(v.nullable(source), "Null for a model on this machine."),
        kind: v.picklist(["directory", "file"]),
        outcome: described(outcome, "The worst of its files; unknown where nothing was examined."),
        findings: described(v.array(part(loadFinding, "What was seen.")), "What is about none of its files."),
        facts: part(loadFacts, "Of its weights together."),
        waived: described(v.array(v.object({ name: text, findings: count })), "Names that the caller allowed, and that it uses."),
        unusedWaivers: described(texts, "Names that the caller allowed, and that it does not use."),
      }),
    ),
    files: v.array(part(scannedFile, "One file of a model.")),
    warnings,
  }),
  "The answer of `assay scan`.",
);

export const scanRules = described(
  v.object({
    ...documentFields("scan-rules"),
    exitCode: v.literal(0),
    allowlists: described(
      v.array(
        v.object({
          what: described(text, "What the names are."),
          source: described(text, "Where they are from."),
          date: described(text, "When they were compared with it."),
          names: texts,
        }),
      ),
      "What is accepted, and nothing else.",
    ),
    reasons: v.array(
      v.object({
        id: described(text, "Stable; docs/scan.md has a section for each."),
        outcome: v.picklist(["code", "unknown", "invalid", "note"]),
        title: text,
        meaning: text,
        abuse: described(v.nullable(text), "How it is abused; null where no abuse is known."),
        advice: described(text, "What to do about it."),
      }),
    ),
  }),
  "What counts as code, as data and as neither: every reason, and what is allowed.",
);
