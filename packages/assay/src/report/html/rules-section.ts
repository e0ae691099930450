import type { Check } from "../../api/check.ts";
import { RULE_NAMES } from "../../policy/policy.ts";
import type { CheckDocument, RuleResultPart } from "../json/documents.ts";
import { firstItems } from "./lists.ts";
import { html, type Content, type Markup } from "./markup.ts";

const TONES = { pass: "good", deny: "bad", warn: "notable", unknown: "unknown", waived: "notable" } as const;

/** Every rule with its outcome, the fact it rests on and what would settle it; then the exceptions that were granted. */
export function rulesSection(check: Check, document: CheckDocument): Markup {
  const { rules } = document;
  if (rules.length === 0) {
    return html`<h2>Why</h2>
      <p>${check.error === undefined ? "No rule was evaluated." : `No rule was evaluated: ${check.error.message}`}</p> `;
  }
  return html`<h2>Why</h2>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Rule</th>
          <th scope="col">What it rests on</th>
        </tr>
      </thead>
      <tbody>
        ${rules.map((rule) => ruleRow(rule, check, document))}
      </tbody>
    </table>
    ${notAsked(rules)}${waiversSection(check, document)}`;
}

function ruleRow(
  { rule, scope, outcome, onFail, message, names, remedy, waiver, line }: RuleResultPart,
  check: Check,
  { policy }: CheckDocument,
): Markup {
  const granted = waiver === null ? undefined : check.policy.policy.waivers[waiver];
  const settle: Content =
    outcome === "waived"
      ? granted && html`<p class="soft">Waived until ${granted.expires}: ${granted.reason}</p>`
      : remedy === null
        ? undefined
        : html`<p class="remedy">${remedy.text}</p>`;
  const where = scope === "always" ? "for every model" : policy.entry === null ? "" : `entry ${policy.entry.id}`;
  return html`<tr>
    <td><span class="tag fill ${TONES[outcome]}">${outcome}</span></td>
    <th scope="row">${rule}<br /><span class="soft">${where}, line ${line}</span></th>
    <td>
      ${message}${
        names.length > 1
          ? html`<ul>
              ${firstItems(names, (name) => html`<li><code>${name}</code></li>`)}
            </ul>`
          : undefined
      }${settle}${onFail === "warn" && outcome !== "pass" ? html`<p class="soft">The policy lets this rule warn only.</p>` : undefined}
    </td>
  </tr> `;
}

function notAsked(rules: readonly RuleResultPart[]): Markup | undefined {
  const asked = new Set(rules.map(({ rule }) => rule));
  const others = RULE_NAMES.filter((name) => !asked.has(name));
  return others.length === 0 ? undefined : html`<p class="soft">The policy has no rule for this model on: ${others.join(", ")}.</p> `;
}

const STATES = {
  used: "in use",
  unused: "not needed",
  expired: "expired",
  "other-model": "for other bytes",
} as const;

function waiversSection({ policy }: Check, { waivers }: CheckDocument): Markup | undefined {
  const about = waivers.filter(({ state }) => state !== "other-model");
  if (about.length === 0) return undefined;
  return html`<h3>Waivers</h3>
    ${about.map(({ index, rule, advisory, expires, state }) => {
      const waiver = policy.policy.waivers[index];
      return html`<div class="note">
        <p>
          <strong>${rule}${advisory === null ? "" : ` ${advisory}`}</strong>, ${STATES[state]}; last day
          ${expires}${waiver?.issued === undefined ? "" : `, issued ${waiver.issued}`}
        </p>
        <p>${waiver?.reason}</p>
        <p class="soft">
          Approved by ${waiver?.approvedBy.join(", ")}, as the policy says${waiver?.ticket === undefined ? "" : `; ticket ${waiver.ticket}`}
        </p>
      </div> `;
    })}`;
}
