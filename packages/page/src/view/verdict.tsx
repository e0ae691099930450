import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** How an answer looks; the words say the same. */
export type Tone = "good" | "partly" | "bad" | "unknown";

const MARKS: Readonly<Record<Tone, string>> = { good: "✔", partly: "✔", bad: "✘", unknown: "?" };

/** The answer in a word, and in a sentence below. `of` is what it is about: a new one gets the focus, since it is what happened last. */
export function Verdict({
  tone,
  word,
  mark = MARKS[tone],
  of,
  children,
}: {
  readonly tone: Tone;
  readonly word: string;
  readonly mark?: string;
  readonly of?: object | undefined;
  readonly children: ComponentChildren;
}): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (of !== undefined) heading.current?.focus();
  }, [of]);
  return (
    <div class="verdict">
      <p class={`stamp ${tone}`}>
        <span aria-hidden="true">{mark}</span> {word}
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {children}
      </h2>
    </div>
  );
}
