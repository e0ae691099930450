import type { VNode } from "preact";
import { useId } from "preact/hooks";

/** A line of text with its label above. `list`: the id of a `datalist`. */
export function TextField({
  label,
  value,
  list,
  placeholder,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly list?: string | undefined;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}): VNode {
  const id = useId();
  return (
    <p class={value === "" ? "field empty" : "field"}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        list={list}
        placeholder={placeholder}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <Printed value={value} />
    </p>
  );
}

/** What paper shows in the place of a control, which would cut it. */
export function Printed({ value }: { readonly value: string }): VNode {
  return <span class="printed">{value}</span>;
}
