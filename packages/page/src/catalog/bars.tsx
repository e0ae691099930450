import type { VNode } from "preact";
import { visibleText } from "../../../assay/src/core/visible-text.ts";

/** One bar: what it counts, and how many. */
export interface Bar {
  readonly name: string;
  readonly count: number;
}

/** A chart of counts. Each bar's number is written beside it. */
export function Bars({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }): VNode {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <figure class="bars">
      <figcaption>{title}</figcaption>
      <table>
        <colgroup>
          <col class="names" />
          <col />
          <col class="counts" />
        </colgroup>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Bar</th>
            <th scope="col">Models</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{visibleText(name)}</th>
              <td>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(100 * count) / most} height="10" />
                </svg>
              </td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
