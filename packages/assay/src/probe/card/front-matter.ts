import { asAssayError } from "../../core/error.ts";
import { readYaml, type YamlValue } from "../../encoding/yaml.ts";

/** What is between the two `---` lines at the top of a card; the text is what comes behind. */
export interface FrontMatter {
  readonly fields: ReadonlyMap<string, unknown>;
  /** Why the YAML could not be read, with line and column of the card; undefined where it could. */
  readonly problem: string | undefined;
  /** The card without its front matter. */
  readonly text: string;
}

/** A hundred times as much as in real cards, results included. */
const MAX_FRONT_MATTER = 64 * 1024;

/** Reads a card's front matter. Never throws: `problem` says what is wrong, and the text counts all the same. `what` names it. */
export function readFrontMatter(card: string, what: string): FrontMatter {
  const normal = card.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!/^---[ \t]*\n/.test(normal)) return { fields: new Map(), problem: undefined, text: normal };
  const end = /\n---[ \t]*(?:\n|$)/.exec(normal.slice(3, MAX_FRONT_MATTER));
  if (end === null) {
    const within = normal.length > MAX_FRONT_MATTER ? ` within ${MAX_FRONT_MATTER / 1024} kB` : "";
    const problem = `${what}, line 1, column 1: the front matter that begins here has no closing ---${within}`;
    return { fields: new Map(), problem, text: normal };
  }
  // An empty line in the place of the first ---, so that the places in messages are those of the card.
  const yaml = normal.slice(normal.indexOf("\n"), 3 + end.index + 1);
  const text = normal.slice(3 + end.index + end[0].length);
  if (yaml.trim() === "") return { fields: new Map(), problem: undefined, text };
  try {
    const { value } = readYaml(yaml, what);
    if (value.kind === "null") return { fields: new Map(), problem: undefined, text };
    if (value.kind !== "map") {
      return { fields: new Map(), problem: `${what}, line 2, column 1: the front matter is not a list of fields`, text };
    }
    return { fields: new Map([...value.entries].map(([name, field]) => [name, plain(field)])), problem: undefined, text };
  } catch (error) {
    return { fields: new Map(), problem: asAssayError(error).message, text };
  }
}

/** Texts, lists and maps; `readYaml` bounds how many. */
function plain(value: YamlValue): unknown {
  switch (value.kind) {
    case "map":
      return new Map([...value.entries].map(([name, field]) => [name, plain(field)]));
    case "list":
      return value.items.map(plain);
    case "null":
      return undefined;
    default:
      return value.text;
  }
}
