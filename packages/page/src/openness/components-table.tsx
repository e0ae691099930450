import type { VNode } from "preact";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { COMPONENTS, type ComponentName } from "../../../assay/src/openness/components.ts";
import type { Evaluation } from "../../../assay/src/openness/evaluation.ts";
import type { DescribedComponent, ModelDescription } from "../../../assay/src/openness/model.ts";
import { TextField } from "../view/text-field.tsx";
import { stateOf } from "./class-progress.tsx";

/** The 17 components: whether each is released, under which license, where, and whether it counts. */
export function ComponentsTable({
  model,
  evaluation,
  list,
  onChange,
}: {
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
  readonly list: string;
  readonly onChange: (components: readonly DescribedComponent[]) => void;
}): VNode {
  const edit = (name: ComponentName, change: Partial<DescribedComponent>): void =>
    onChange(model.components.map((component) => (component.name === name ? { ...component, ...change } : component)));
  const toggle = (name: ComponentName, isReleased: boolean): void => {
    const others = model.components.filter((component) => component.name !== name);
    onChange(
      isReleased ? [...others, { name, description: undefined, license: undefined, licensePath: undefined, path: undefined }] : others,
    );
  };
  return (
    <table class="cards components">
      <caption>What is released</caption>
      <thead>
        <tr>
          <th scope="col">Component</th>
          <th scope="col">Counts?</th>
          <th scope="col">License, if not the model's</th>
          <th scope="col">Path or address</th>
        </tr>
      </thead>
      <tbody>
        {COMPONENTS.map(({ name, what }) => {
          const described = model.components.find((component) => component.name === name);
          const evaluated = evaluation.components.find((component) => component.name === name);
          const [tone, word] = evaluated === undefined ? (["unknown", ""] as const) : stateOf(evaluated);
          return (
            <tr key={name}>
              <th scope="row">
                <label class="check">
                  <input
                    type="checkbox"
                    checked={described !== undefined}
                    onChange={(event) => toggle(name, event.currentTarget.checked)}
                  />
                  <span>{name}</span>
                </label>
                <span class="what soft">{what}</span>
              </th>
              <td>
                <span class={`tag ${tone}`}>{word}</span>
                <span class="what soft">{evaluated === undefined || described === undefined ? "" : visibleText(evaluated.why)}</span>
              </td>
              <td>
                {described === undefined ? null : (
                  <TextField
                    label={`License of ${name}`}
                    list={list}
                    placeholder={evaluated?.licenseFrom === "component" ? "" : (evaluated?.license ?? "")}
                    value={described.license ?? ""}
                    onChange={(license) => edit(name, { license: license === "" ? undefined : license })}
                  />
                )}
              </td>
              <td>
                {described === undefined ? null : (
                  <TextField
                    label={`Path of ${name}`}
                    value={described.path ?? ""}
                    onChange={(path) => edit(name, { path: path === "" ? undefined : path })}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
