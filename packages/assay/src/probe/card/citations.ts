/** An entry of BibTeX that a card asks to cite. */
export interface Citation {
  readonly title: string | undefined;
  readonly arxiv: string | undefined;
  readonly address: string | undefined;
}

const MAX_ENTRIES = 50;
const MAX_ENTRY = 8_000;

/** The entries of BibTeX in a card, in order. */
export function citationsIn(text: string): Citation[] {
  const found: Citation[] = [];
  for (const match of text.matchAll(/^[ \t>]{0,8}@[a-z]{3,20}\s{0,5}\{/gim)) {
    if (found.length >= MAX_ENTRIES) break;
    const rest = text.slice(match.index, match.index + MAX_ENTRY);
    const end = /\n[ \t>]{0,8}(?:\}[ \t]*(?:\n|$)|```|@[a-z]{3,20}\s{0,5}\{)/i.exec(rest)?.index ?? rest.length;
    const entry = rest.slice(0, end);
    const title = /\btitle\s{0,10}=\s{0,10}[{"]{1,3}([^\n]{1,300}?)[}"]{1,3}\s{0,5}(?:,|\n|$)/i.exec(entry)?.[1]?.replace(/[{}]/g, "");
    const arxiv = /(?:arxiv[:.\s]{1,3}(?:org\/(?:abs|pdf)\/)?|eprint\s{0,5}=\s{0,5}[{"]?)(\d{4}\.\d{4,5})/i.exec(entry)?.[1];
    const doi = /\bdoi\s{0,10}=\s{0,10}[{"](10\.[^\s{}"]{1,200})[}"]/i.exec(entry)?.[1];
    const url = /\burl\s{0,10}=\s{0,10}[{"](?:\\url\{)?(https?:\/\/[^\s{}"]{1,300})/i.exec(entry)?.[1];
    found.push({ title, arxiv, address: doi === undefined ? (isPaperAddress(url) ? url : undefined) : `https://doi.org/${doi}` });
  }
  return found;
}

function isPaperAddress(url: string | undefined): boolean {
  return url !== undefined && /arxiv|doi\.org|openreview|aclanthology|neurips|mlr\.press|thecvf|rxiv|\.pdf/i.test(url);
}
