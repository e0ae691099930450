import { parse, tokenize } from "@huggingface/jinja";
import { TemplateReader } from "./read-tree.ts";
import type { Template } from "./syntax.ts";

/** Of a template, in characters. Real ones have up to 40,000. */
const MAX_TEMPLATE = 1024 * 1024;
/** Brackets in brackets, blocks in blocks. Real ones have up to 30. */
const MAX_NESTING = 200;
/** The tokenizer looks at runs of white space from each of their characters on; their length means nothing here. */
const LONG_SPACE = /\s{64,}/g;
const GENERATION = /\{%(-?)\s*(?:end)?generation\s*(-?)%\}/g;

export type TemplateReading =
  | { readonly kind: "template"; readonly template: Template }
  /** Not what the parser knows; `why` is a sentence part. */
  | { readonly kind: "not-parsed"; readonly why: string }
  /** Too long or too deep to be read. */
  | { readonly kind: "too-large"; readonly why: string };

/**
 * Parses a Jinja template as chat templates use it (the parser of @huggingface/jinja). Nothing is rendered. Never
 * throws; the call stack is bounded.
 */
export function parseTemplate(text: string): TemplateReading {
  if (text.length > MAX_TEMPLATE) return { kind: "too-large", why: `it has ${text.length} characters, and ${MAX_TEMPLATE} are read` };
  try {
    const tokens = tokenize(keepTagsApart(text.replaceAll(LONG_SPACE, " ".repeat(63))));
    if (isTooDeep(tokens)) return { kind: "too-large", why: `it is nested over ${MAX_NESTING} levels` };
    const reader = new TemplateReader();
    reader.read(parse(tokens));
    return { kind: "template", template: reader };
  } catch (error) {
    // A long chain of operators or branches is as deep as it is long.
    if (error instanceof RangeError) return { kind: "too-large", why: "it is nested too deep" };
    return { kind: "not-parsed", why: error instanceof Error ? error.message.slice(0, 120) : "unknown syntax" };
  }
}

/**
 * The tokenizer removes the tag `generation` before it looks for anything else, so that what is around one can join to a
 * comment that Jinja does not see. A tag that sets a variable keeps its place.
 */
function keepTagsApart(text: string): string {
  // The sign that keeps white space has no meaning here, and the tokenizer does not know it.
  return text.replaceAll("{%+", "{%").replaceAll("+%}", "%}").replaceAll(GENERATION, "{%$1 set generation = 0 $2%}");
}

function isTooDeep(tokens: readonly { readonly type: string; readonly value: string }[]): boolean {
  let brackets = 0;
  let blocks = 0;
  for (const [index, { type }] of tokens.entries()) {
    if (type === "OpenParen" || type === "OpenSquareBracket" || type === "OpenCurlyBracket") brackets++;
    else if (type === "CloseParen" || type === "CloseSquareBracket" || type === "CloseCurlyBracket") brackets--;
    else if (type === "OpenStatement") {
      const name = tokens[index + 1]?.value ?? "";
      if (name.startsWith("end")) blocks--;
      else if (/^(?:if|for|macro|call|filter)$/.test(name)) blocks++;
    }
    if (brackets > MAX_NESTING || blocks > MAX_NESTING) return true;
  }
  return false;
}
