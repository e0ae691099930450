import type { SourceFacts } from "../../index.ts";
import { escapeText } from "./escape.ts";
import { row, type Block } from "./report.ts";

/** What was read, of a model on a server: the commit or digest, so that the same can be asked for again. */
export function sourceRows(source: SourceFacts | undefined, label = "read"): Block[] {
  return source === undefined ? [] : [row(label, sourcePhrase(source))];
}

/** A model on a server, and where that is. */
export function sourcePhrase({ pinned, host }: SourceFacts): string {
  return `${escapeText(pinned)} from ${escapeText(host)}`;
}
