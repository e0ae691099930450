import type { VNode } from "preact";
import { COMPONENTS, type OpennessClass } from "../../../assay/src/openness/components.ts";
import { isOpenStatus, type EvaluatedComponent, type Evaluation } from "../../../assay/src/openness/evaluation.ts";
import { CLASS_NAMES, CLASSES_UPWARD, countFor, summarizeEvaluation } from "../../../assay/src/report/openness-words.ts";
import { type Tone, Verdict } from "../view/verdict.tsx";

/** The class in words, and the way to each class as the components that it asks for. */
export function ClassProgress({ name, evaluation }: { readonly name: string; readonly evaluation: Evaluation }): VNode {
  const { class: reached } = evaluation;
  return (
    <>
      <Verdict
        tone={reached === null ? "unknown" : "good"}
        mark={reached === null ? "–" : "✔"}
        word={reached === null ? "No class yet" : CLASS_NAMES[reached]}
      >
        {name} {summarizeEvaluation(evaluation)}.
      </Verdict>
      <ol class="classes">
        {CLASSES_UPWARD.map((openness) => (
          <ClassRow key={openness} openness={openness} evaluation={evaluation} />
        ))}
      </ol>
    </>
  );
}

function ClassRow({ openness, evaluation }: { readonly openness: OpennessClass; readonly evaluation: Evaluation }): VNode {
  const { asked } = countFor(evaluation, openness);
  const own = COMPONENTS.filter(({ since, requiredFor }) => since === openness && requiredFor.length > 0);
  const found = evaluation.components.filter(({ requiredFor, status }) => requiredFor.includes(openness) && isOpenStatus(status)).length;
  const isReached = evaluation.class !== null && evaluation.class <= openness;
  return (
    <li>
      <p class="class-name">
        <b>{CLASS_NAMES[openness]}</b>{" "}
        <span class={isReached ? "tag good" : "tag unknown"}>{isReached ? "reached" : `${found} of ${asked}`}</span>
      </p>
      <ul class="cells">
        {own.map(({ name }) => {
          const component = evaluation.components.find((one) => one.name === name);
          return component === undefined ? null : <Cell key={name} component={component} />;
        })}
      </ul>
    </li>
  );
}

const STATES: Readonly<Record<EvaluatedComponent["status"], readonly [mark: string, tone: Tone, word: string]>> = {
  included: ["✔", "good", "open"],
  optional: ["✔", "good", "open"],
  unlicensed: ["!", "partly", "no license"],
  invalid: ["✘", "bad", "license not open"],
  missing: ["–", "unknown", "missing"],
};

function Cell({ component: { name, status, replacedBy } }: { readonly component: EvaluatedComponent }): VNode {
  const [mark, tone, word] = replacedBy === undefined ? STATES[status] : (["✔", "good", "replaced by the paper"] as const);
  return (
    <li class={`cell ${tone}`}>
      <span aria-hidden="true">{mark}</span> {name} <span class="visually-hidden">: {word}</span>
    </li>
  );
}

/** A component's state as a word and a color. */
export function stateOf({ status }: EvaluatedComponent): readonly [tone: Tone, word: string] {
  const [, tone, word] = STATES[status];
  return [tone, word];
}
