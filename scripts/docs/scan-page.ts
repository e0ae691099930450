import { ALLOWLISTS } from "../../packages/assay/src/risk/allowed/allowlists.ts";
import { LOAD_ADVICE } from "../../packages/assay/src/risk/advice.ts";
import type { Reason } from "../../packages/assay/src/risk/reason.ts";
import { REASON_FAMILIES } from "../../packages/assay/src/risk/reasons.ts";
import { PACKAGES } from "../../packages/assay/test/live/packages/expectations.ts";
import { code, list, page, table } from "./markdown.ts";

/** docs/scan.md: what the command answers, what is allowed, and a section for each reason. */
export function scanPage(): string {
  return page("What happens when a model is loaded", [
    "Loading a model can run code: a pickle imports and calls whatever it names, a configuration points at Python files, a template is a program. `assay scan` says from the bytes what a loader would do. Nothing is loaded, imported or executed.",
    code(["assay scan ./granite", "assay scan model.pt tokenizer.pkl --json"]),
    "## The answer",
    table(
      ["Answer", "Meaning", "Exit code"],
      [
        ["`data-only`", "Every byte that a loader acts on is understood, and only data comes of it.", "0"],
        ["`code`", "Loading runs or names code. The findings say which, where and at what offset.", "1"],
        ["`unknown`", "Something is not understood in full. Unknown is not safe.", "3"],
        ["`invalid`", "A file is not of its format: damaged, truncated, or made to look like another.", "3"],
      ],
    ),
    "The worst of the parts is the whole: code, then invalid, then unknown, then data only. That holds for the members of an archive, for the files of a model, and for several models. A model in which nothing was examined, or something was left out, never ends with 0. Exit code 2 is a wrong command line, as everywhere.",
    "The rule is an allowlist throughout. A list of what is bad passes everything new; here, what is not known to be data is not called data. In return, the layouts of the field are known: the weights of ordinary models are data only.",
    "## What is not said",
    list([
      "Whether the model is good, or its answers are safe. A model without code can still be a bad model.",
      "Whether a loader has faults of its own. A file that follows its format may still meet a bug.",
      "Who made the model: `assay verify` answers that.",
    ]),
    ...published(),
    ...allowed(),
    "## Reasons",
    "Every finding has a reason with an id, which is stable. A finding about a name can be waived with `--allow NAME`, by the exact name: it is then shown, and counts for nothing.",
    ...REASON_FAMILIES.flatMap(({ about, reasons }) => {
      const sections = Object.entries(reasons).flatMap(([id, reason]) => reasonSection(id, reason));
      return sections.length === 0 ? [] : [`### ${about}`, ...sections];
    }),
  ]);
}

/** The models of published packages, one row for each package, format and answer. */
function published(): string[] {
  const rows = PACKAGES.flatMap(({ name, version, models }) => {
    const counts = new Map<string, number>();
    for (const [, format, expected] of models) {
      const key = [`${name} ${version}`, format, `\`${expected}\``].join("\n");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].map(([key, count]) => [...key.split("\n"), String(count)]);
  });
  const total = PACKAGES.reduce((sum, { models }) => sum + models.length, 0);
  return [
    "## Published models",
    `The answer for ${total} models of ${PACKAGES.length} packages of the Python and npm registries was written down before the first of them was scanned. On 2026-11-29 all ${total} answers were these; \`npm run test:scan-packages\` downloads the packages and asks again. The first run of the readers of graphs had two of them wrong, and both were mended: a SavedModel whose Keras layers call functions that only compute was called code, and weights of TensorFlow.js that end in \`.bin\` were taken for PyTorch's. \`unknown\` is right for formats without a reader.`,
    table(["Package", "Format", "Answer", "Models"], rows),
  ];
}

function allowed(): string[] {
  return ALLOWLISTS.length === 0
    ? []
    : [
        "## What is allowed",
        "These lists are data in the source, and `assay scan --explain` prints them.",
        ...ALLOWLISTS.flatMap(({ what, source, date, names }) => [
          `### ${what.charAt(0).toUpperCase()}${what.slice(1)}`,
          `${source} Compared on ${date}.`,
          names.map((name) => `\`${name}\``).join(", "),
        ]),
      ];
}

function reasonSection(id: string, { outcome, title, meaning, abuse, advice }: Reason): string[] {
  return [
    `#### \`${id}\``,
    `**${outcome}**: ${title}. ${meaning}`,
    ...(abuse === undefined ? [] : [`How it is abused: ${abuse}`]),
    `What to do: ${LOAD_ADVICE[advice]}.`,
  ];
}
