import { row, type Block } from "./report.ts";
import { plural } from "./sizes.ts";

/** Lines of one kind on a screen; all of them are in the JSON. */
export const MAX_LINES = 20;

/** Ends a list of `count` of which MAX_LINES are shown: how many more there are. */
export function more(count: number): Block[] {
  return count > MAX_LINES ? [row("", `and ${plural(count - MAX_LINES, "more", "more")} (--json lists all)`)] : [];
}
