import type { VNode } from "preact";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { Evaluation } from "../../../assay/src/openness/evaluation.ts";
import { SHORT_CLASS_NAMES } from "../../../assay/src/report/openness-words.ts";

/** What to do for the next class, the least work first. */
export function Steps({ evaluation: { steps, nextClass, notes } }: { readonly evaluation: Evaluation }): VNode {
  return (
    <>
      {steps.length === 0 ? null : (
        <>
          <h3>
            {nextClass === null ? "What could still be better" : `What to do for ${SHORT_CLASS_NAMES[nextClass]}, the least work first`}
          </h3>
          <ol class="steps">
            {steps.map(({ component, text, problem }) => (
              <li key={component}>
                <b>{component}</b>: {visibleText(text)}
                {problem === "not-fit" ? <span class="soft"> (a recommendation: the class does not depend on it)</span> : null}
              </li>
            ))}
          </ol>
        </>
      )}
      {notes.length === 0 ? null : (
        <ul class="soft">
          {notes.map(({ message }) => (
            <li key={message}>{visibleText(message)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
