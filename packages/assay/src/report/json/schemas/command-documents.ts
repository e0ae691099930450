import * as v from "valibot";
import { error as errorPart } from "./common-parts.ts";
import { described, documentFields, flag, text } from "./values.ts";

// The documents that are about the command itself: `demo`, `help`, and what any command prints without an answer.

export const demo = described(
  v.object({
    ...documentFields("demo"),
    exitCode: v.literal(0),
    output: described(text, "The whole text."),
    folder: described(v.nullable(text), "Where the files of the demo are; null where they were not kept."),
  }),
  "What `assay demo` printed.",
);

export const completion = described(
  v.object({
    ...documentFields("completion"),
    exitCode: v.literal(0),
    shell: v.picklist(["bash", "zsh", "fish", "powershell"]),
    script: described(text, "The script, whole."),
  }),
  "What `assay completion` prints.",
);

const commandHelp = v.object({
  command: described(text, "Its words: `verify key`."),
  summary: text,
  usage: text,
  options: v.array(v.object({ option: text, help: text, required: flag })),
});

export const help = described(
  v.object({
    ...documentFields("help"),
    exitCode: v.literal(0),
    commands: described(
      v.array(commandHelp),
      "The commands that were asked about; all of them for `assay help` alone, none for the version.",
    ),
  }),
  "What `assay help` prints, and the version.",
);

export const error = described(
  v.object({
    ...documentFields("error"),
    exitCode: v.picklist([1, 2, 3, 130, 143]),
    command: described(v.nullable(text), "Null where the command line was not understood."),
    error: errorPart,
  }),
  "What any command prints when it has no answer.",
);
