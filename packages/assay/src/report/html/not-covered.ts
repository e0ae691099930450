import type { Check } from "../../api/check.ts";
import { plural } from "../../core/sizes.ts";
import { isUnavailable } from "../../policy/facts.ts";
import { firstItems } from "./lists.ts";
import { html, type Markup } from "./markup.ts";

/** What the answers above do not rest on: unsigned files, files that were not understood, what was left out. */
export function notCoveredSection({ facts, scan, digested, signers, inspection, warnings }: Check): Markup {
  const parts = [
    facts === undefined || isUnavailable(facts.uncovered) || signers === undefined
      ? undefined
      : filesPart(
          signers.isSigned === false ? "No file is under a signature" : "Not under the signature",
          facts.uncovered.map(({ name, isLoaded }) => ({ name, why: isLoaded ? "a loader reads it" : "not read when it is loaded" })),
        ),
    facts === undefined || isUnavailable(facts.signature)
      ? undefined
      : filesPart(
          "Other bytes than were signed, or missing",
          facts.signature.changed.map((name) => ({ name, why: "" })),
        ),
    filesPart(
      "Not examined by any reader",
      (scan?.risk.files ?? [])
        .filter(({ format, isLoaded }) => format === undefined && isLoaded)
        .map(({ file }) => ({ name: file, why: "unknown format" })),
    ),
    filesPart(
      "Parts that are not read, by design",
      (scan?.risk.files ?? []).flatMap(({ file, leftOut }) => leftOut.map((why) => ({ name: file, why }))),
    ),
    filesPart(
      "Not part of the model's digest",
      (digested?.notCovered ?? []).map(({ name, fileCount }) => ({ name, why: fileCount > 1 ? plural(fileCount, "file") : "" })),
    ),
    inspection === undefined && digested !== undefined
      ? html`<p>Card, licenses and documents were not read: no rule of the policy asks for them.</p>`
      : undefined,
    warnings.length === 0
      ? undefined
      : html`<h3>To be known besides</h3>
          <ul>
            ${firstItems(warnings, ({ message }) => html`<li>${message}</li>`)}
          </ul> `,
  ].filter((part) => part !== undefined);
  return html`<h2>What was not covered</h2>
    ${parts.length === 0 ? html`<p>Every file of the model was read, and nothing was left out.</p>` : parts} `;
}

interface Named {
  readonly name: string;
  readonly why: string;
}

function filesPart(title: string, files: readonly Named[]): Markup | undefined {
  if (files.length === 0) return undefined;
  return html`<h3>${title}: ${plural(files.length, "file")}</h3>
    <ul>
      ${firstItems(files, ({ name, why }) => html`<li><code>${name}</code>${why === "" ? "" : `, ${why}`}</li>`)}
    </ul> `;
}
