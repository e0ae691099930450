import type { ComponentChildren, VNode } from "preact";
import { visibleText } from "../../../assay/src/core/visible-text.ts";

/** A row of a comparison: what differs is marked in words, too. */
export interface Row {
  readonly name: string;
  readonly cells: readonly ComponentChildren[];
  readonly isSame: boolean;
}

/** Which rows are shown. */
export interface Shown {
  readonly onlyDifferences: boolean;
  readonly onOnlyDifferences: (onlyDifferences: boolean) => void;
}

/** Things side by side: how many differ, and each of them. */
export function Compared({
  names,
  rows,
  onlyDifferences,
  onOnlyDifferences,
}: {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
} & Shown): VNode {
  const differing = rows.filter(({ isSame }) => !isSame);
  const count = `${differing.length} of ${rows.length} things differ`;
  return (
    <>
      <h2>{differing.length === 0 ? `Nothing differs: all ${rows.length} things are the same.` : `${count}.`}</h2>
      <label class="check only">
        <input type="checkbox" checked={onlyDifferences} onChange={(event) => onOnlyDifferences(event.currentTarget.checked)} />
        <span>Only what differs</span>
      </label>
      {onlyDifferences && differing.length === 0 ? null : (
        <ComparedTable names={names} rows={onlyDifferences ? differing : rows} isMarked={!onlyDifferences} />
      )}
    </>
  );
}

/** `isMarked`: whether a row says that it differs, since others do not. */
function ComparedTable({
  names,
  rows,
  isMarked,
}: {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly isMarked: boolean;
}): VNode {
  return (
    <table class="cards compared" aria-label="What is compared">
      <thead>
        <tr>
          <th scope="col">What</th>
          {names.map((name, index) => (
            <th scope="col" key={`${index} ${name}`}>
              {visibleText(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells, isSame }) => (
          <tr key={name} class={isSame ? "same" : "differs"}>
            <th scope="row">
              {name} {isSame || !isMarked ? null : <span class="tag partly">differs</span>}
            </th>
            {cells.map((cell, index) => (
              <td key={names[index] ?? index} data-label={visibleText(names[index] ?? "")}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
