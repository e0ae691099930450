import type { VNode } from "preact";
import type { AssayError } from "../../../assay/src/core/error.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";

/** What is wrong with what was given, and what to do. */
export function Problem({ error }: { readonly error: AssayError }): VNode {
  return (
    <div class="note bad" role="alert">
      <p>{sentence(visibleText(error.message))}</p>
      {error.hint === undefined ? null : <p class="soft">{sentence(visibleText(error.hint))}</p>}
    </div>
  );
}

/** A message as a sentence. Names at its start keep their spelling. */
export function sentence(text: string): string {
  const start = /^[a-z]+ /.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
