import { groupDigits } from "../../core/sizes.ts";
import { html, type Content, type Markup } from "./markup.ts";

/** A page stays readable, and small, whatever a model has. */
const MAX_SHOWN = 20;

/** The first of a list, and how many more there are. */
export function firstItems<Item>(items: readonly Item[], show: (item: Item) => Markup): Content {
  const rest = items.length - MAX_SHOWN;
  return [items.slice(0, MAX_SHOWN).map(show), rest > 0 ? html`<li class="more">and ${groupDigits(rest)} more</li>` : undefined];
}

/** Labels with their values. */
export function pairs(all: readonly (readonly [label: string, value: Content])[]): Markup {
  return html`<dl class="pairs">
    ${all.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}

/** A name or digest, in letters of one width. */
export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}
