import type { VNode } from "preact";

/** How an answer looks; the words say the same. */
export type Tone = "good" | "partly" | "bad" | "unknown";

const MARKS: Readonly<Record<Tone, string>> = { good: "✔", partly: "✔", bad: "✘", unknown: "?" };

/** The answer in a word. */
export function Stamp({ tone, word }: { readonly tone: Tone; readonly word: string }): VNode {
  return (
    <p class={`stamp ${tone}`}>
      <span aria-hidden="true">{MARKS[tone]}</span> {word}
    </p>
  );
}
