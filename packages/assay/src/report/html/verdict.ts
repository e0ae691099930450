import type { Check } from "../../api/check.ts";
import { DECISION_LEADS, decisionReason } from "../decision-words.ts";
import type { CheckDocument } from "../json/documents.ts";
import { modelAxes } from "../model-axes.ts";
import { html, type Markup } from "./markup.ts";

const TONES = { allow: "good", deny: "bad", incomplete: "unknown" } as const;
const MEANINGS = {
  allow: "Every rule of the policy that applies holds.",
  deny: "The policy does not permit this model.",
  incomplete: "Something that the policy asks for could not be established, so the model is not permitted.",
} as const;

/** The decision, what decided, and the four separate answers. */
export function verdictSection(check: Check, { model, policy, at }: CheckDocument): Markup {
  const { decision, counts } = check.decision;
  const isReserved = decision === "allow" && counts.warn + counts.waived > 0;
  const tone = isReserved ? "notable" : TONES[decision];
  const reason = decisionReason(check.decision, check.error).replace(/^: /, "").replace(/^ by /, "Decided by the rule ");
  const meaning = isReserved ? "The policy permits this model, with the reservations below." : MEANINGS[decision];
  const entry = policy.entry === null ? "" : `, entry ${policy.entry.id}`;
  const digest = model.manifestDigest === null ? undefined : html`<br />Model <code>${model.manifestDigest}</code>`;
  return html`<header class="verdict">
      <div class="stamp fill ${tone}">${DECISION_LEADS[decision]}</div>
      <div>
        <h1>${model.name}</h1>
        <p class="why">${sentence(reason)}</p>
        <p>${meaning}</p>
        <p class="soft">Policy ${policy.name}${entry}; decided for ${shownTime(at)}.${digest}</p>
      </div>
    </header>
    <ul class="axes">
      ${modelAxes(check).map(
        ({ title, tone: own, lead, detail }) =>
          html`<li class="edge-${own}">
            <div class="name">${title}</div>
            <div class="lead ${own}">${lead}</div>
            <p>${detail}</p>
          </li> `,
      )}
    </ul> `;
}

/** `2026-12-01 00:00:00 UTC` */
function shownTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function sentence(words: string): string {
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
