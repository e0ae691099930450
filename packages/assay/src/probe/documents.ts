import type { ComponentName } from "../openness/components.ts";
import { readPart } from "./folder.ts";
import type { Gathering } from "./gathering.ts";

/** A text with fewer words reports nothing. */
const LEAST_WORDS = 30;

/** A paper or report counts by what it begins with, not by its name alone. */
export function readPaper(gathering: Gathering, name: string, component: ComponentName): void {
  const part = readPart(gathering.listing, name, 1024);
  if (part === undefined || part.size === 0) return;
  const head = Buffer.from(part.bytes).toString("latin1");
  if (!name.toLowerCase().endsWith(".pdf")) {
    const words = gathering.readText(name)?.text.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
    if (words >= LEAST_WORDS) gathering.collector.found(component, name, "text");
    else gathering.collector.tooLittle(component, `${name}: ${words} words, ${LEAST_WORDS} needed`);
  } else if (head.includes("%PDF-") && endsAsPdf(gathering, name, part.size)) gathering.collector.found(component, name, "PDF");
  else gathering.warnings.push({ code: "EVIDENCE_FILE_DAMAGED", message: `${name} is no PDF, or not a whole one` });
}

/** Where the table of contents is, in the last bytes: without it a PDF has no pages (ISO 32000-2, 7.5.5). */
function endsAsPdf({ listing }: Gathering, name: string, size: number): boolean {
  const tail = readPart(listing, name, 1024, Math.max(0, size - 1024));
  return tail !== undefined && /startxref\s+\d+\s+%%EOF/.test(Buffer.from(tail.bytes).toString("latin1"));
}

const ADDRESS = /(?:doi|url|eprint|arxiv)["']?\s{0,10}[:=]\s{0,10}["'{]?((?:https?:\/\/|10\.|\d{4}\.\d{4,5})[^\s"'{}]{0,200})/i;

/** A citation says that a paper exists, and where. */
export function readCitation(gathering: Gathering, name: string): void {
  const file = gathering.readText(name, 256 * 1024);
  if (file === undefined) return;
  const found = ADDRESS.exec(file.text)?.[1]?.replace(/[,;]+$/, "");
  if (found === undefined) return;
  const target = found.startsWith("10.") ? `https://doi.org/${found}` : /^\d/.test(found) ? `https://arxiv.org/abs/${found}` : found;
  if (!/arxiv|doi\.org|openreview|aclanthology|neurips|mlr\.press|\.pdf/i.test(target)) return;
  gathering.collector.claimed("Research paper", name, target, "cites a paper");
}
