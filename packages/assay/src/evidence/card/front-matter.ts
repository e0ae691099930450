import { LineCounter, parseDocument } from "yaml";

/** What stands between the two `---` lines at the top of a card; the text is what comes behind. */
export interface FrontMatter {
  readonly fields: ReadonlyMap<string, unknown>;
  /** Why the YAML could not be read, with line and column of the card; undefined where it could. */
  readonly problem: string | undefined;
  /** The card without its front matter. */
  readonly text: string;
}

/** Cards with many evaluation results have a few hundred kilobytes. */
const LONGEST = 1024 * 1024;
/** Deeper than any card, and far from where a parser's own recursion ends. */
const DEEPEST = 60;
const MOST_ALIASES = 100;

/** Reads a card's front matter. Never throws: a card that is broken says so, and its text counts all the same. */
export function readFrontMatter(card: string): FrontMatter {
  const normal = card.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!/^---[ \t]*\n/.test(normal)) return { fields: new Map(), problem: undefined, text: normal };
  const end = /\n---[ \t]*(?:\n|$)/.exec(normal.slice(3));
  if (end === null) return { fields: new Map(), problem: "the front matter that begins in line 1 has no closing ---", text: normal };
  const yaml = normal.slice(normal.indexOf("\n") + 1, 3 + end.index + 1);
  const text = normal.slice(3 + end.index + end[0].length);
  if (yaml.length > LONGEST) return { fields: new Map(), problem: `its front matter has ${yaml.length} characters`, text };
  return { ...readFields(yaml), text };
}

function readFields(yaml: string): Pick<FrontMatter, "fields" | "problem"> {
  if (isTooDeep(yaml)) return broken(`its front matter is nested over ${DEEPEST} levels`);
  try {
    const lines = new LineCounter();
    const document = parseDocument(yaml, { uniqueKeys: true, strict: true, prettyErrors: false, lineCounter: lines, logLevel: "error" });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      // The card's first line is the --- above.
      return broken(`line ${line + 1}, column ${col}: ${firstLine(error.message)}`);
    }
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (value === null || value === undefined) return { fields: new Map(), problem: undefined };
    if (typeof value !== "object" || Array.isArray(value)) return broken("line 2: its front matter is no list of fields");
    return { fields: new Map(Object.entries(value)), problem: undefined };
  } catch (error) {
    return broken(firstLine(error instanceof Error ? error.message : String(error)));
  }
}

function broken(problem: string): Pick<FrontMatter, "fields" | "problem"> {
  return { fields: new Map(), problem };
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.slice(0, 200) ?? "";
}

/** Indentation and brackets bound how deep YAML can nest. */
function isTooDeep(yaml: string): boolean {
  let open = 0;
  for (const character of yaml) {
    if (character === "[" || character === "{") open++;
    else if (character === "]" || character === "}") open = Math.max(0, open - 1);
    if (open > DEEPEST) return true;
  }
  return yaml.split("\n").some((line) => {
    const lead = /^[ ]*(?:[-?:][ \t]+)*/.exec(line)?.[0] ?? "";
    return lead.length > 6 * DEEPEST || (lead.match(/[-?:]/g)?.length ?? 0) > DEEPEST;
  });
}
