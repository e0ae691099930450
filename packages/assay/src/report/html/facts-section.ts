import type { Check } from "../../api/check.ts";
import { annexItems } from "../annex-xii.ts";
import type { CheckDocument } from "../json/documents.ts";
import { modelFacts } from "../model-facts.ts";
import { code, pairs } from "./lists.ts";
import { html, type Markup } from "./markup.ts";

/** What is known of the model, with what its own files only claim. */
export function factsSection(check: Check): Markup | undefined {
  const facts = modelFacts(check);
  if (facts.length === 0) return undefined;
  return html`<h2>The model</h2>
    ${pairs(facts.map(({ label, value, basis }) => [label, basis === "claimed" ? html`${value} <span class="soft">(claimed)</span>` : value] as const))}
    ${resultsPart(check)}`;
}

/** What its card says that it scores. */
function resultsPart({ inspection }: Check): Markup | undefined {
  const results = inspection?.findings.cardFields?.results ?? [];
  if (results.length === 0) return undefined;
  const shown = results.slice(0, 12);
  return html`<h3>Results that its card claims</h3>
    ${pairs(shown.map(({ dataset, metric, value }) => [dataset === undefined ? metric : `${dataset}, ${metric}`, value] as const))}
    ${results.length > shown.length ? html`<p class="soft">and ${results.length - shown.length} more</p>` : undefined}`;
}

const STATES = {
  found: ["good", "found"],
  claimed: ["notable", "claimed"],
  absent: ["unknown", "not there"],
  "not-read": ["unknown", "not read"],
} as const;

/** Annex XII of the EU AI Act, item by item. */
export function annexSection(check: Check): Markup | undefined {
  if (check.digested === undefined) return undefined;
  return html`<h2>Annex XII of the EU AI Act</h2>
    <p>
      What providers of general-purpose AI models must give to those who build on them, and what the model's own files show or claim of it.
      Whether the duty is fulfilled is not decided here.
    </p>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Point</th>
          <th scope="col">Asks for</th>
          <th scope="col">In the model</th>
        </tr>
      </thead>
      <tbody>
        ${annexItems(check).map(({ point, asks, state, value }) => {
          const [tone, words] = STATES[state];
          return html`<tr>
            <td><span class="tag fill ${tone}">${words}</span></td>
            <th scope="row">${point}</th>
            <td>${asks}</td>
            <td>${value}</td>
          </tr> `;
        })}
      </tbody>
    </table> `;
}

/** Which bytes, which policy, which signer: what makes the decision checkable. */
export function identitySection({ model, policy, at, signature, version }: CheckDocument): Markup {
  const signer = signature?.signer ?? null;
  return html`<h2>Identity</h2>
    <div class="wide">
      ${pairs([
        ["Model", model.manifestDigest === null ? "unknown" : code(model.manifestDigest)],
        ...(model.rootDigest === null ? [] : [["Root digest", code(model.rootDigest)] as const]),
        ...(model.purl === null ? [] : [["Package URL", code(model.purl)] as const]),
        ...(signer === null ? [] : [["Signer", code(signer.fingerprint)] as const]),
        ["Policy", html`${policy.name} ${code(policy.digest)}`],
        ["Policy URI", code(policy.uri)],
        ...policy.files.map(({ name, digest }) => [name, code(digest)] as const),
        ["Decided for", at],
        ["Written by", `Assay ${version}`],
      ])}
    </div> `;
}
