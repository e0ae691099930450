import { visibleText } from "../../core/visible-text.ts";

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

/** Names can have thousands of characters; both ends of them tell them apart. */
const MAX_TEXT = 400;

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

function shortened(text: string): string {
  const characters = Array.from(text.slice(0, 100_000));
  if (characters.length <= MAX_TEXT) return text;
  const half = MAX_TEXT / 2 - 20;
  return `${characters.slice(0, half).join("")} … (${characters.length - 2 * half} characters) … ${characters.slice(-half).join("")}`;
}
