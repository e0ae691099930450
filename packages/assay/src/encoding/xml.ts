import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { decodeUtf8 } from "./utf8.ts";

/** An element of XML. It holds elements or text, and not both. */
export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Empty where there are children. */
  readonly text: string;
}

/** What XML is read for, and how large it may be. */
export interface XmlLimits {
  /** What the text is, for messages. */
  readonly what: string;
  readonly code: ErrorCode;
  readonly maxDepth?: number;
  readonly maxElements?: number;
}

const DECLARATION =
  /^\uFEFF?<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])utf-8\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/iu;
const NAME = "[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?";
/** Characters of one tag: more attributes than this cost a pattern its stack. */
const MAX_TAG = 16 * 1024;
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, "u");
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads the part of XML 1.0 that services answer with: elements, text, the five entities of the language and references to
 * characters. Attributes are passed over. What could read files or grow without bound cannot be written in it: document types,
 * entities, processing instructions, and with them comments and CDATA, are refused.
 *
 * Throws `limits.code`.
 */
export function parseXml(bytes: Uint8Array, limits: XmlLimits): XmlElement {
  const { what, code, maxDepth = 16, maxElements = 100_000 } = limits;
  const whole = decodeUtf8(bytes, code, what);
  const text = whole.slice(DECLARATION.exec(whole)?.[0].length ?? 0).trim();
  const refuse = (why: string): never => {
    throw new AssayError(code, `${what} is not XML as expected: ${why}`);
  };

  const open: { readonly tag: string; readonly name: string; readonly children: XmlElement[]; text: string }[] = [];
  let elements = 0;
  for (let at = 0; at < text.length;) {
    const next = text.indexOf("<", at);
    const between = text.slice(at, next < 0 ? undefined : next);
    const top = open.at(-1);
    if (between !== "") {
      if (top === undefined) return refuse("text outside of the elements");
      top.text += decoded(between, refuse);
    }
    if (next < 0) break;
    const match = TAG.exec(text.slice(next, next + MAX_TAG));
    if (match === null) return refuse("a tag that cannot be read, or a comment, an instruction or a document type");
    const [{ length }, end, tag = "", attributes, empty] = match;
    at = next + length;
    if (end !== "/") {
      if (++elements > maxElements) return refuse(`over ${maxElements} elements`);
      if (open.length === maxDepth) return refuse(`elements over ${maxDepth} deep`);
      open.push({ tag, name: tag.slice(tag.indexOf(":") + 1), children: [], text: "" });
    } else if (attributes !== "" || empty === "/") return refuse("an end tag with more than a name");
    if (end !== "/" && empty !== "/") continue;
    const closed = open.pop();
    if (closed?.tag !== tag) return refuse(`the end of ${JSON.stringify(tag.slice(0, 40))}, which is not open`);
    if (closed.children.length > 0 && closed.text.trim() !== "") return refuse("text beside elements");
    const element = { name: closed.name, children: closed.children, text: closed.children.length > 0 ? "" : closed.text };
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (at === text.length) return element;
    else return refuse("something after the end");
  }
  return refuse("it ends too early");
}

/** The text of the only child with this name; undefined where it is missing. Throws `code` for several. */
export function childText(element: XmlElement, name: string, refuse: (why: string) => never): string | undefined {
  const [found, second] = element.children.filter((child) => child.name === name);
  if (second !== undefined) return refuse(`${name} is given twice`);
  if (found !== undefined && found.children.length > 0) return refuse(`${name} holds elements`);
  return found?.text;
}

function decoded(text: string, refuse: (why: string) => never): string {
  return text.replace(REFERENCE, (_all, decimal?: string, hex?: string, entity?: string) => {
    if (entity !== undefined) return ENTITIES[entity] ?? "";
    const digits = decimal ?? hex;
    if (digits === undefined) return refuse("a reference to an entity that is not defined");
    const point = Number.parseInt(digits, decimal === undefined ? 16 : 10);
    if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return refuse("a reference to what is not a character");
    return String.fromCodePoint(point);
  });
}
