/** The first of some sorted words or lines, and how many more there are: `a and 2 more`. */
export function firstOf([first = "", ...others]: readonly string[], joint: " and" | ", and" = " and"): string {
  return others.length === 0 ? first : `${first}${joint} ${others.length} more`;
}
