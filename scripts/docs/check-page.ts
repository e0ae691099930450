import { readFileSync } from "node:fs";
import { page, table } from "./markdown.ts";

const SHOWN = new URL("../../packages/assay/test/check/shown.txt", import.meta.url);

/** What each of the ten models is, in the order of test/check/shown-models.ts. */
const MODELS: Readonly<Record<string, string>> = {
  clean: "A small Llama in safetensors, signed by its maker, under Apache-2.0.",
  "remote-code": "Its `config.json` has `auto_map`: a library that trusts the repository runs `modeling_example.py`.",
  "poisoned-pickle": "Its weights are a pickle that runs a command when it is loaded.",
  "excluded-weights": "Its maker signed everything but the weights.",
  "expired-waiver": "A scikit-learn model for which an exception was granted until October.",
  "changed-signer": "Signed by a key that the policy accepts, and not by the one that the lock file pins.",
  "non-open-license": "Under the Llama 3.1 license, which has a cap on the number of users.",
  "corrupt-gguf": "Its header promises more tensors than the file holds.",
  unsigned: "The clean model without its signature.",
  "incomplete-download": "Cloned without git-LFS: in the place of the weights is a pointer.",
};

/** docs/check.md: what the command answers, the report, and what is printed for ten models that people meet. */
export function checkPage(): string {
  const shown = readShown();
  return page("May we run it?", [
    "`assay check MODEL --policy FILE` makes one decision about one model by one policy at one time: ALLOW (exit code 0), DENY (1) or INCOMPLETE (3). The model is opened and read once; signature, files, load risk, license and openness come from the same reading, and the decision names the model by its manifest digest. What could not be established never allows.",
    "```console\n$ assay policy init --sector finance > policy.yml\n$ assay check ./granite --policy policy.yml --html report.html\n```",
    "The first line is the decision, the model and the rule that decided. Then every rule with its outcome (`pass`, `deny`, `warn`, `unknown`, `waived`) and the fact it was decided by, and what would settle what does not pass. [policy.md](policy.md) has every key of a policy, [adopting-models.md](adopting-models.md) leads to a starting policy, and [compare.md](compare.md) is about choosing among models.",
    "## The report",
    "`--html FILE` writes the decision as one web page for those who review it: the verdict first, then why, waivers with their reasons and approvers, what was not covered, what loading does, the facts of the model, what of Annex XII of the EU AI Act its files show or claim, and the digests of model and policy. It has no script and loads nothing from elsewhere, shows every name of the model as text, follows the reader's light or dark mode, and prints. A list that is long is cut, with the count of the rest. With `--redact` it has no path or name of this machine. The report reads what no rule asks for, too. A file that is there is replaced only where it is a report of Assay, or with `--force`.",
    "![The report of a model whose weights run a command: DENY](images/report-deny.png)",
    "![The report of a model with a waiver, on a phone in dark mode: ALLOW](images/report-allow-dark.png)",
    "`--markdown` prints the decision as Markdown instead, of several models with a table of all decisions first: for the summary of a CI job, a ticket or a merge request. Names of files are code spans, and nothing of a model makes a link, a tag or a line of its own.",
    "`node scripts/look-at-report.ts` looks at such pages in a real browser: at 320 and 1280 pixels, light and dark, and printed; axe must find nothing.",
    "## Ten models",
    "The policy of these examples asks for one of two keys of the maker, for every file to be signed, for the pinned signer where the lock file names the model, for data only, and for a license without certain restrictions. A test compares what is printed with this page.",
    table(
      ["Model", "Decision", "What it is"],
      [...shown].map(([name, { first }]) => [`[${name}](#${name})`, first, MODELS[name] ?? ""]),
    ),
    ...[...shown].flatMap(([name, { wide, narrow }]) => [
      `### ${name}`,
      MODELS[name] ?? "",
      `\`\`\`\n${wide}\n\`\`\``,
      `<details><summary>On 60 columns</summary>\n\n\`\`\`\n${narrow}\n\`\`\`\n\n</details>`,
    ]),
  ]);
}

interface Shown {
  /** `DENY by load` */
  readonly first: string;
  readonly wide: string;
  readonly narrow: string;
}

/** What the test holds, by model. */
function readShown(): ReadonlyMap<string, Shown> {
  const [, ...runs] = readFileSync(SHOWN, "utf8").split(/^(?=\$ assay check )/m);
  const read = new Map<string, Shown>();
  for (const run of runs) {
    const [head = "", ...lines] = run.trimEnd().split("\n");
    const name = /^\$ assay check (\S+)/.exec(head)?.[1] ?? "";
    const text = [head.replace(/ {3}# .*$/, ""), ...lines].join("\n");
    const known = read.get(name);
    if (known === undefined) read.set(name, { first: firstWords(lines.join(" ")), wide: text, narrow: "" });
    else read.set(name, { ...known, narrow: text });
  }
  return read;
}

function firstWords(output: string): string {
  const [, decision = "", by] = /^\S+ (ALLOW|DENY|INCOMPLETE): \S+?(?: by (\w+))?:/.exec(output) ?? [];
  return by === undefined ? decision : `${decision} by \`${by}\``;
}
