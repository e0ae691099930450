import { COMMON_OPTIONS, MODEL_OPTIONS } from "../command-line/options.ts";
import { type CommandSpec, MODEL } from "./command-spec.ts";

/** What models and signatures say, with nothing verified. */
export const LOOK_COMMANDS: readonly CommandSpec[] = [
  {
    words: ["digest"],
    summary: "what is this model's identity, before anyone signs?",
    description:
      "Prints the root digest that a signature of this model would carry, as sha256:HEX. It covers the digests, not the names: with " +
      "--manifest it prints the manifest digest, which covers both and is the one to record for --expect-digest. The signature in the " +
      "model and git's files are left out, and named.",
    arguments: [MODEL],
    required: [],
    options: ["manifest", "signature", "hash", "shard-size", ...MODEL_OPTIONS, ...COMMON_OPTIONS],
    examples: [
      { line: "assay digest ./granite --manifest", does: "sha256:…, to record and pin" },
      { line: "assay digest ./granite --json", does: "every file's digest, and both digests of the model" },
    ],
    refusal: "No digest",
    load: () => import("../commands/digest/run.ts"),
  },
  {
    words: ["inspect"],
    summary: "what does this signature say? (nothing is verified)",
    description: "Shows what a signature claims: who signed, by which method, which files. It proves nothing; `assay verify` does.",
    arguments: [{ name: "SIGNATURE", help: "a signature file, such as model.sig", isPath: true }],
    required: [],
    options: COMMON_OPTIONS.filter((name) => name !== "progress" && name !== "timeout"),
    examples: [
      { line: "assay inspect model.sig", does: "for a person" },
      { line: "assay inspect model.sig --json", does: "with every file and digest" },
    ],
    refusal: "Not readable",
    load: () => import("../commands/inspect/run.ts"),
  },
  {
    words: ["diff"],
    summary: "what changed between two models, two signatures, or one of each?",
    description: "Compares any two of model, signature and model folder, file by file. Signatures are taken at their word, not verified.",
    arguments: [
      { name: "A", help: "the older one: a model or a signature", isPath: true },
      { name: "B", help: "the newer one", isPath: true },
    ],
    required: [],
    options: [...MODEL_OPTIONS, ...COMMON_OPTIONS],
    examples: [
      { line: "assay diff granite-3.0/ granite-3.1/", does: "exit code 0: the same; 1: different; 3: not all was compared" },
      { line: "assay diff model.sig ./granite", does: "what is not as it was signed" },
    ],
    refusal: "Not compared",
    load: () => import("../commands/diff/run.ts"),
  },
];
