import { VERSION } from "../../core/version.ts";
import { html, type Markup } from "./markup.ts";
import { STYLE } from "./style.ts";

/** How every page begins that Assay writes: what is replaced without being asked begins so. */
const MARK = "<!doctype html>\n<!-- assay report -->\n";

/** A page of its own: no script, no font, nothing that is loaded from elsewhere. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** What is left out of every text, for what is passed on. */
  readonly clean: (text: string) => string;
}

export function pageText({ title, body, clean }: Page): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Assay ${VERSION}">
<title>${title}</title>
<style>`;
  const end = html`</style>
</head>
<body>
${body}
</body>
</html>
`;
  return MARK + page.write(clean) + STYLE + end.write(clean);
}

/** Whether a file is a page that Assay wrote. */
export function isReportPage(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, MARK.length)) === MARK;
}
