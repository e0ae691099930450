import { visibleText } from "../../core/visible-text.ts";
import { shortened } from "../shortened.ts";

/** What may be between tags: texts of any origin, markup, lists of them; nothing for what is missing. */
export type Content = string | number | Markup | readonly Content[] | undefined;

/** Markup whose texts are still what they were: they are cleaned and escaped when the page is written. */
export class Markup {
  readonly #strings: readonly string[];
  readonly #values: readonly Content[];

  constructor(strings: readonly string[], values: readonly Content[]) {
    this.#strings = strings;
    this.#values = values;
  }

  /** The text of it, every text through `clean` first. Only the literals of the source are markup. */
  write(clean: (text: string) => string): string {
    return this.#strings.map((literal, index) => literal + written(this.#values[index], clean)).join("");
  }
}

/** A template of HTML: what is put in is text, never markup, unless it was made by `html` too. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings, values);
}

function written(content: Content, clean: (text: string) => string): string {
  if (content === undefined) return "";
  if (typeof content === "string") return escapeHtml(clean(content));
  if (typeof content === "number") return String(content);
  if (content instanceof Markup) return content.write(clean);
  return content.map((part) => written(part, clean)).join("");
}

/** Text as HTML shows it, in a text or a quoted attribute. What a reader would not see, or what turns a line around, is written out. */
function escapeHtml(text: string): string {
  return visibleText(shortened(text)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
