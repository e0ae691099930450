import type { ComponentChildren, VNode } from "preact";

/** The question that a view answers, and in a line what it is about. */
export function Title({ question, children }: { readonly question: string; readonly children: ComponentChildren }): VNode {
  return (
    <>
      <h1 tabIndex={-1}>{question}</h1>
      <p class="lead">{children}</p>
    </>
  );
}
