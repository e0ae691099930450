import type { VNode } from "preact";
import { useId } from "preact/hooks";
import type { ComponentWish } from "../../../assay/src/catalog/filter.ts";
import { COMPONENTS, type ComponentName } from "../../../assay/src/openness/components.ts";
import { SHORT_CLASS_NAMES } from "../../../assay/src/report/openness-words.ts";
import { Printed, TextField } from "../view/text-field.tsx";

/** What a person looks for. */
export interface Wanted {
  readonly search: string;
  readonly openness: "any" | "none" | "1" | "2" | "3";
  readonly license: string;
  readonly parameters: string;
  readonly component: ComponentName | "any";
  readonly wish: ComponentWish;
}

export const ANY: Wanted = { search: "", openness: "any", license: "", parameters: "", component: "any", wish: "open" };

const CLASSES = [
  ["any", "any"],
  ["1", SHORT_CLASS_NAMES[1]],
  ["2", SHORT_CLASS_NAMES[2]],
  ["3", SHORT_CLASS_NAMES[3]],
  ["none", "no class yet"],
] as const;
const WISHES: readonly (readonly [ComponentWish, string])[] = [
  ["open", "is open"],
  ["there", "is released"],
  ["invalid", "has a license that is not open"],
  ["unlicensed", "has no license"],
  ["missing", "is missing"],
];

/** The conditions on the list. */
export function Filters({ wanted, onChange }: { readonly wanted: Wanted; readonly onChange: (wanted: Wanted) => void }): VNode {
  return (
    <fieldset>
      <legend>Find models</legend>
      <div class="grid">
        <TextField label="Name or organization" value={wanted.search} onChange={(search) => onChange({ ...wanted, search })} />
        <Select label="Class" value={wanted.openness} options={CLASSES} onChange={(openness) => onChange({ ...wanted, openness })} />
        <TextField
          label="License of a component"
          placeholder="Apache-2.0"
          value={wanted.license}
          onChange={(license) => onChange({ ...wanted, license })}
        />
        <TextField
          label="Number of parameters"
          placeholder="1B..10B"
          value={wanted.parameters}
          onChange={(parameters) => onChange({ ...wanted, parameters })}
        />
        <Select
          label="Component"
          value={wanted.component}
          options={[["any", "any"] as const, ...COMPONENTS.map(({ name }) => [name, name] as const)]}
          onChange={(component) => onChange({ ...wanted, component })}
        />
        <Select
          label="That component"
          value={wanted.wish}
          options={WISHES}
          isUsed={wanted.component !== "any"}
          onChange={(wish) => onChange({ ...wanted, wish })}
        />
      </div>
      {wanted === ANY ? null : (
        <p class="actions">
          <button type="button" class="button small" onClick={() => onChange(ANY)}>
            Clear
          </button>
        </p>
      )}
    </fieldset>
  );
}

function Select<Value extends string>({
  label,
  value,
  options,
  isUsed = value !== "any",
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, text: string])[];
  /** Whether the choice counts. */
  readonly isUsed?: boolean;
  readonly onChange: (value: Value) => void;
}): VNode {
  const id = useId();
  return (
    <p class={isUsed ? "field" : "field empty"}>
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={!isUsed && value !== "any"}
        onChange={({ currentTarget }) => {
          const chosen = options.find(([option]) => option === currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      <Printed value={options.find(([option]) => option === value)?.[1] ?? value} />
    </p>
  );
}
