import type { ComponentName } from "../openness/components.ts";
import { readPart } from "./model-files.ts";
import type { Probe, ProbeInput } from "./probe.ts";

/** A text with fewer words does not count. */
const MIN_WORDS = 30;
const MAX_CITATION = 256 * 1024;

/** Papers, reports, citations, samples and the state of a training. */
export const DOCUMENTS: Probe = {
  name: "documents",
  async run(input) {
    const { byRole } = input;
    for (const name of byRole.names("paper")) await readPaper(input, name, "Research paper");
    for (const name of byRole.names("report")) await readPaper(input, name, "Technical report");
    for (const name of byRole.names("citation")) await readCitation(input, name);
    for (const name of byRole.names("sample")) await reportUnlessEmpty(input, name, "Sample model outputs", "is among samples");
    for (const name of byRole.names("training-state")) {
      await reportUnlessEmpty(input, name, "Model metadata", "state or settings of the training");
    }
  },
};

function found({ report }: ProbeInput, file: string, component: ComponentName, why: string): void {
  report({ probe: "documents", outcome: "found", file, facts: { kind: "component", component, why } });
}

async function reportUnlessEmpty(input: ProbeInput, name: string, component: ComponentName, why: string): Promise<void> {
  const part = await readPart(input.files, name, 1);
  if (part !== undefined && part.size > 0) found(input, name, component, why);
}

/** A paper or report counts by what it begins with, not by its name alone. */
async function readPaper(input: ProbeInput, name: string, component: ComponentName): Promise<void> {
  const part = await readPart(input.files, name, 1024);
  if (part === undefined || part.size === 0) return;
  if (!name.toLowerCase().endsWith(".pdf")) {
    const words = (await input.readText(name))?.text.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
    if (words >= MIN_WORDS) return found(input, name, component, "text");
    const why = `${name}: ${words} words, ${MIN_WORDS} needed`;
    return input.report({ probe: "documents", outcome: "insufficient", file: name, facts: { kind: "component", component, why } });
  }
  const head = Buffer.from(part.bytes).toString("latin1");
  if (head.includes("%PDF-") && (await endsAsPdf(input, name, part.size))) return found(input, name, component, "PDF");
  input.warn("EVIDENCE_FILE_DAMAGED", `${name} is not a whole PDF`);
  const why = "not a whole PDF";
  input.report({ probe: "documents", outcome: "damaged", file: name, facts: { kind: "component", component, why } });
}

/** Where the table of contents is, in the last bytes: without it a PDF has no pages (ISO 32000-2, 7.5.5). */
async function endsAsPdf({ files }: ProbeInput, name: string, size: number): Promise<boolean> {
  const tail = await readPart(files, name, 1024, Math.max(0, size - 1024));
  return tail !== undefined && /startxref\s+\d+\s+%%EOF/.test(Buffer.from(tail.bytes).toString("latin1"));
}

const ADDRESS = /(?:doi|url|eprint|arxiv)["']?\s{0,10}[:=]\s{0,10}["'{]?((?:https?:\/\/|10\.|\d{4}\.\d{4,5})[^\s"'{}]{0,200})/gi;
/** What Zenodo gives a number to is a version of a program or a data set. */
const OF_SOFTWARE = /10\.5281\/zenodo/i;

/** A citation says that a paper exists, and where. */
async function readCitation({ readText, report }: ProbeInput, name: string): Promise<void> {
  const text = (await readText(name, MAX_CITATION))?.text ?? "";
  const addresses = [...text.matchAll(ADDRESS)].map(([, address = ""]) => address.replace(/[,;]+$/, ""));
  const address = addresses.find((one) => !OF_SOFTWARE.test(one));
  if (address === undefined) return;
  const target = address.startsWith("10.")
    ? `https://doi.org/${address}`
    : /^\d/.test(address)
      ? `https://arxiv.org/abs/${address}`
      : address;
  if (!/arxiv|doi\.org|openreview|aclanthology|neurips|mlr\.press|\.pdf/i.test(target)) return;
  const why = "cites a paper";
  report({ probe: "documents", outcome: "claimed", file: name, facts: { kind: "component", component: "Research paper", target, why } });
}
