import type { VNode } from "preact";
import { useId } from "preact/hooks";

/** A line of text with its label above. `list`: the id of a `datalist`. */
export function TextField({
  label,
  value,
  list,
  placeholder,
  isHidden = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly list?: string | undefined;
  readonly placeholder?: string;
  /** Whether the label is for screen readers only: a table's heading shows it. */
  readonly isHidden?: boolean;
  readonly onChange: (value: string) => void;
}): VNode {
  const id = useId();
  return (
    <p class="field">
      <label for={id} class={isHidden ? "visually-hidden" : undefined}>
        {label}
      </label>
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
    </p>
  );
}
