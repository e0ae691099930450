import type { Check } from "../../api/check.ts";
import { plural } from "../../core/sizes.ts";
import { DECISION_LEADS } from "../decision-words.ts";
import { checkDocument } from "../json/check.ts";
import { localPaths, withoutPaths } from "../redact.ts";
import { annexSection, factsSection, identitySection } from "./facts-section.ts";
import { loadSection } from "./load-section.ts";
import { html, type Markup } from "./markup.ts";
import { notCoveredSection } from "./not-covered.ts";
import { pageText } from "./page.ts";
import { rulesSection } from "./rules-section.ts";
import { verdictSection } from "./verdict.ts";

/** How a report is written. */
export interface HtmlOptions {
  /** Leaves out paths and the names of this machine's files: see `withoutLocalNames`. Default false. */
  readonly redact?: boolean;
}

/**
 * The report of one decision, for those who review it: a page of its own without scripts, the verdict first. Every text from
 * the model is escaped, and lists are cut after their first entries, with the count of the rest. A check with `isComplete` has
 * more to show.
 */
export function checkHtml(check: Check, options: HtmlOptions = {}): string {
  return checksHtml([check], options);
}

/** The same of several models, one after another. */
export function checksHtml(checks: readonly Check[], { redact = false }: HtmlOptions = {}): string {
  const reports = checks.map((check) => ({ check, document: checkDocument(check, { redact }) }));
  const [first] = reports;
  const title =
    first !== undefined && reports.length === 1
      ? `${DECISION_LEADS[first.document.decision]}: ${first.document.model.name}`
      : `Decisions about ${plural(reports.length, "model")}`;
  const paths = redact ? [...new Set(checks.flatMap(localPaths))].toSorted((a, b) => b.length - a.length) : [];
  return pageText({
    title,
    body: html`<main>${reports.map(({ check, document }) => articleOf(check, document))}</main>
      <footer>
        <p>Each answer is given by itself: no score adds them up. Names, claims and results come from the model's own files.</p>
      </footer>`,
    clean: (text) => withoutPaths(text, paths),
  });
}

function articleOf(check: Check, document: ReturnType<typeof checkDocument>): Markup {
  return html`<article>
    ${verdictSection(check, document)}${rulesSection(check, document)}${notCoveredSection(check)}${loadSection(check)}${factsSection(check)}${annexSection(check)}${identitySection(document)}
  </article> `;
}
