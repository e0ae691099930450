import type { VNode } from "preact";
import { useId } from "preact/hooks";

/** What else must hold, or may. */
export interface Conditions {
  readonly digest: string;
  readonly ignoreUnsignedFiles: boolean;
  /** Names in the model, one on each line. */
  readonly ignorePaths: string;
}

export const NO_CONDITIONS: Conditions = { digest: "", ignoreUnsignedFiles: false, ignorePaths: "" };

/** The questions that few people ask. */
export function Options({
  conditions,
  onChange,
}: {
  readonly conditions: Conditions;
  readonly onChange: (conditions: Conditions) => void;
}): VNode {
  const id = useId();
  return (
    <details class="options">
      <summary>More conditions</summary>
      <p class="field">
        <label for={id}>Only this model: the manifest digest that you recorded</label>
        <input
          id={id}
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder="sha256:…"
          value={conditions.digest}
          onInput={(event) => onChange({ ...conditions, digest: event.currentTarget.value })}
        />
      </p>
      <p class="field">
        <label for={`${id}-ignored`}>Leave out these files or folders of the model, one on each line</label>
        <textarea
          id={`${id}-ignored`}
          rows={2}
          spellcheck={false}
          value={conditions.ignorePaths}
          onInput={(event) => onChange({ ...conditions, ignorePaths: event.currentTarget.value })}
        />
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={conditions.ignoreUnsignedFiles}
          onChange={(event) => onChange({ ...conditions, ignoreUnsignedFiles: event.currentTarget.checked })}
        />
        <span>Allow files that are not signed, and list them</span>
      </label>
    </details>
  );
}
