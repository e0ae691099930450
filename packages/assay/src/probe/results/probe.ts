import type { Probe, ProbeInput } from "../probe.ts";
import { readAll } from "../read-all.ts";
import { isOfOtherProject } from "../place.ts";
import { findResultTable } from "./result-table.ts";
import { resultsInFile } from "./result-file.ts";

const MAX_DOCUMENT = 512 * 1024;
const MAX_RESULTS = 256 * 1024;
/** Of documents that are searched for tables, all together. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Results of evaluations: files of figures, and tables in any document, the cards first. */
export const RESULTS: Probe = {
  name: "results",
  async run(input) {
    await readAll(input, input.byRole.names("results"), { what: "files of results", limit: MAX_RESULTS }, (name, text) => {
      const metric = resultsInFile(name, text);
      if (metric !== undefined) found(input, name, undefined, `holds figures of ${metric}`);
    });
    const tableIn = (name: string, text: string): void => {
      const table = findResultTable(text);
      if (table === undefined) return;
      const over = table.heading === "" ? "" : ` under "${table.heading}"`;
      found(input, name, `line ${table.line}`, `a table of figures${over}, of ${table.names}`);
    };
    const ofData = new Set(input.findings.flatMap(({ file, facts }) => (facts.kind === "main-card" && facts.isDataSet ? [file] : [])));
    const cards = input.byRole.names("card").filter((name) => MARKDOWN.test(name) && !ofData.has(name));
    // What is left out of a card is said where the card itself is read.
    for (const name of cards) tableIn(name, (await input.readText(name))?.text ?? "");
    const others = otherDocuments(input, new Set([...cards, ...ofData, ...input.byRole.names("results")]));
    await readAll(input, others, { what: "documents", limit: MAX_DOCUMENT, maxBytes: MAX_BYTES }, tableIn);
  },
};

function found({ report }: ProbeInput, file: string, location: string | undefined, why: string): void {
  report({ probe: "results", outcome: "found", file, location, facts: { kind: "component", component: "Evaluation results", why } });
}

/** Every other document in Markdown that is about this model, near the root first. */
function otherDocuments({ files }: ProbeInput, known: ReadonlySet<string>): string[] {
  const names = files.names.filter((name) => MARKDOWN.test(name) && !known.has(name) && !isOfOtherProject(name) && !NOT_RESULTS.test(name));
  return names.sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}

const MARKDOWN = /\.(?:md|markdown)$/i;
const NOT_RESULTS =
  /(?:^|\/)(?:\.[^/]+|tests?)\/|(?:^|\/)(?:changelog|changes|history|contributing|code_of_conduct|security|license|faq|troubleshooting)[^/]*$/i;
