/** Names can have thousands of characters; both ends of them tell them apart. */
const MAX_TEXT = 400;

/** A text for a report, its middle left out where it is very long. */
export function shortened(text: string): string {
  const characters = Array.from(text.slice(0, 100_000));
  if (characters.length <= MAX_TEXT) return text;
  const half = MAX_TEXT / 2 - 20;
  return `${characters.slice(0, half).join("")} … (${characters.length - 2 * half} characters) … ${characters.slice(-half).join("")}`;
}
