import type { ModelComparison } from "../../api/compare-models.ts";
import type { Sector } from "../../api/init-policy.ts";
import { candidateTable, type CandidateCell } from "../candidates/candidate-rows.ts";
import { html } from "./markup.ts";
import { pageText } from "./page.ts";

/** Models side by side as a page of its own, without scripts. */
export function candidatesHtml(comparison: ModelComparison, sector?: Sector): string {
  const { names, groups, why } = candidateTable(comparison, sector);
  return pageText({
    title: `Compared: ${names.join(", ")}`,
    body: html`<main>
        <article>
          <h1>${names.length} models side by side</h1>
          <p class="soft">${why === "" ? "By what people choose models by." : `Order: ${why}.`}</p>
          <div class="scroll" tabindex="0" role="region" aria-label="Comparison">
            <table class="compared">
              <thead>
                <tr>
                  <th scope="col">By</th>
                  ${names.map((name) => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              ${groups.map(
                ({ title, rows }) =>
                  html`<tbody>
                    <tr>
                      <th scope="rowgroup" class="group" colspan="${names.length + 1}">${title}</th>
                    </tr>
                    ${rows.map(
                      (row) =>
                        html`<tr>
                          <th scope="row">${row.title}</th>
                          ${row.cells.map(cell)}
                        </tr> `,
                    )}
                  </tbody> `,
              )}
            </table>
          </div>
        </article>
      </main>
      <footer><p>Results are what the models' own cards claim. No score adds the answers up.</p></footer>`,
    clean: (text) => text,
  });
}

function cell({ text, tone }: CandidateCell): ReturnType<typeof html> {
  return tone === undefined ? html`<td>${text}</td>` : html`<td class="${tone === "dim" ? "soft" : tone}">${text}</td>`;
}
