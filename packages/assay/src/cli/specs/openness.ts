import { COMMON_OPTIONS, MODEL_OPTIONS, type OptionName } from "../command-line/options.ts";
import { type CommandSpec, BRIEF_OPTIONS, INSTANCE_OPTIONS } from "./command-spec.ts";

/** Whose signature counts for the files that an answer on openness rests on. */
const OPENNESS_TRUST_OPTIONS: readonly OptionName[] = [
  "signature",
  "public-key",
  "certificate-chain",
  "certificate-identity",
  "certificate-fingerprint",
  "require-code-signing",
  "strict-certificates",
  "crl",
  "identity",
  "identity-provider",
  "identity-regexp",
  "identity-provider-regexp",
  "offline",
  "tsa-chain",
  ...INSTANCE_OPTIONS,
];

/** `assay openness …`: the Model Openness Framework. */
export const OPENNESS_COMMANDS: readonly CommandSpec[] = [
  {
    words: ["openness"],
    summary: "how open is this model, and what is missing for the next class?",
    description:
      "Judges by the Model Openness Framework: 17 components, their licenses, three classes. Of a mof.yml it takes what is written " +
      "there; in a model's folder it looks for evidence, and answers twice: by what lies there, and if what is claimed is true. " +
      "Openness is neither safety nor quality.",
    arguments: [{ name: "FILE", help: "a mof.yml, or a model's folder; several may be given", many: true, isPath: true }],
    required: [],
    options: [
      "full",
      "require-class",
      "strict",
      "markdown",
      "badge",
      "write",
      ...OPENNESS_TRUST_OPTIONS,
      ...MODEL_OPTIONS,
      ...COMMON_OPTIONS,
    ],
    examples: [
      { line: "assay openness mof.yml", does: "the class, and what is missing for the next one; --full shows every component" },
      {
        line: "assay openness ./granite --require-class 3 --markdown --badge openness.svg",
        does: "for CI: a section and a badge for the README; exit code 1 where the model is in no class",
      },
    ],
    refusal: "Not evaluated",
    load: () => import("../commands/openness/run.ts"),
  },
  {
    words: ["openness", "list"],
    summary: "how open are published models? Public evaluations, and your own",
    description:
      "The evaluations that the Model Openness Tool publishes, as this program judges them, the most open first; with --files, your own " +
      "beside them. Every question narrows the list; WORDs are looked for in names and organizations. Exit code 1 where none is left.",
    arguments: [{ name: "WORD", help: "what the name or organization holds", many: true, optional: true }],
    required: [],
    options: ["class", "organization", "type", "license", "parameters", "component", "files", "strict", "csv", ...BRIEF_OPTIONS],
    examples: [
      { line: "assay openness list --class 3 --parameters 1B..10B", does: "open models of a size" },
      { line: "assay openness list --organization IBM --component Datasets:open --csv", does: "for a spreadsheet" },
    ],
    refusal: "Not listed",
    load: () => import("../commands/openness-list/run.ts"),
  },
  {
    words: ["openness", "show"],
    summary: "one public evaluation in full: every component, and what is missing",
    description:
      "The report of `assay openness FILE` on an evaluation of the list. NAME is the model's, in any case, or that of its file (Amber.yml) " +
      "where two are called alike.",
    arguments: [{ name: "NAME", help: "the model's name, such as Amber" }],
    required: [],
    options: ["files", "strict", "markdown", ...BRIEF_OPTIONS],
    examples: [
      { line: "assay openness show Amber", does: "every component, with its license" },
      { line: "assay openness show GPT-NeoX-20B --markdown", does: "as a section for a model card" },
    ],
    refusal: "Not shown",
    load: () => import("../commands/openness-show/run.ts"),
  },
  {
    words: ["openness", "compare"],
    summary: "how do models differ in openness, component by component?",
    description:
      "Puts two or more side by side: class, progress, and each component with its license. A MODEL is a mof.yml, a model's folder (judged by " +
      "what lies in it), or the name of a public evaluation; what lies on disk counts first.",
    arguments: [{ name: "MODEL", help: "a mof.yml, a model's folder, or a name of the list; two or more", many: true }],
    required: [],
    options: ["files", "strict", "markdown", ...BRIEF_OPTIONS],
    examples: [
      { line: "assay openness compare Amber BLOOM", does: "two public evaluations" },
      { line: "assay openness compare ./granite mof.yml Amber --markdown", does: "a table for a README" },
    ],
    refusal: "Not compared",
    load: () => import("../commands/openness-compare/run.ts"),
  },
  {
    words: ["openness", "import"],
    summary: "make a mof.yml of a model card, or of the Model Openness Tool's YAML or JSON",
    description:
      "Of a model card (a README.md, or a folder with one) what its front matter and links say is taken over, each marked with where it comes from; " +
      "the rest is left for you to fill in, marked too. Nothing is guessed. YAML and JSON of the Model Openness Tool keep every field. Without " +
      "FILE it is printed.",
    arguments: [
      { name: "SOURCE", help: "a model card, or the tool's model.yml or model.json" },
      { name: "FILE", help: "the file to write, such as mof.yml", optional: true },
    ],
    required: [],
    options: BRIEF_OPTIONS,
    examples: [
      { line: "assay openness import ./granite/README.md", does: "shows what the card can say" },
      { line: "assay openness import model.json mof.yml", does: "writes mof.yml" },
    ],
    refusal: "Not imported",
    load: () => import("../commands/openness-import/run.ts"),
  },
  {
    words: ["openness", "schema"],
    summary: "print the JSON schema of a mof.yml",
    description:
      "What assay openness reads, as a JSON schema (draft 2020-12) for editors and CI: all that the Model Openness Tool's format allows, and " +
      "its older forms. With --result, the schema of what assay openness --json prints.",
    arguments: [],
    required: [],
    options: ["result", ...BRIEF_OPTIONS],
    examples: [
      { line: "assay openness schema", does: "of a mof.yml" },
      { line: "assay openness schema --result", does: "of the answer" },
    ],
    refusal: "No schema",
    load: () => import("../commands/openness-schema/run.ts"),
  },
];
