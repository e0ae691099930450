import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Evaluated } from "../../../assay/src/catalog/evaluated.ts";
import { plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { NO_CLASS, progressText, SHORT_CLASS_NAMES } from "../../../assay/src/report/openness-words.ts";
import { Title } from "../view/title.tsx";
import { Charts } from "./charts.tsx";
import { publicEvaluations, SOURCE } from "./evaluations.ts";
import { ANY, Filters, type Wanted } from "./filters.tsx";
import { find } from "./find.ts";

const ROWS = 40;

/** How open are published models? */
export function CatalogView({
  onCompare,
  onEdit,
}: {
  readonly onCompare: (models: readonly Evaluated[]) => void;
  readonly onEdit: (model: Evaluated) => void;
}): VNode {
  const [wanted, setWanted] = useState<Wanted>(ANY);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [rows, setRows] = useState(ROWS);
  const { found, fault } = useMemo(() => find(wanted), [wanted]);
  const choose = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const selected = publicEvaluations().filter(({ entry }) => chosen.has(entry.id));
  return (
    <>
      <Title question="How open are published models?">
        The public evaluations of the Model Openness Tool, by the Model Openness Framework. They are in this page.
      </Title>
      <Filters wanted={wanted} onChange={setWanted} />
      <p role="status" class={fault === undefined ? undefined : "note bad"}>
        {fault ?? countOf(found.length)}
      </p>
      {found.length === 0 ? null : <Charts found={found} />}
      <p class="actions sticky">
        <button type="button" class="button main" disabled={selected.length < 2} onClick={() => onCompare(selected)}>
          Compare {selected.length < 2 ? "two or more" : selected.length}
        </button>
        {selected.length === 0 ? null : (
          <span class="soft chosen">{selected.map(({ entry }) => visibleText(entry.model.release.name)).join(", ")}</span>
        )}
      </p>
      <table class="cards models" aria-label="Public evaluations" hidden={found.length === 0}>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Organization</th>
            <th scope="col">Class</th>
            <th scope="col">Progress</th>
            <th scope="col">
              <span class="visually-hidden">Edit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, rows).map((evaluated) => (
            <Row
              key={evaluated.entry.id}
              evaluated={evaluated}
              isChosen={chosen.has(evaluated.entry.id)}
              onChoose={choose}
              onEdit={onEdit}
            />
          ))}
        </tbody>
      </table>
      {found.length > rows ? (
        <p class="more">
          <button type="button" class="button" onClick={() => setRows(rows + 100)}>
            Show {Math.min(100, found.length - rows)} more
          </button>{" "}
          <span class="soft">
            These are the first {rows} of {found.length}.
          </span>
        </p>
      ) : null}
      <details>
        <summary>Where this is from</summary>
        {SOURCE.sources.map(({ name, date, url, license, gives }) => (
          <p key={name}>
            {name}, {date}: {gives}. {url}
            {license === undefined ? "" : `, ${license}`}
          </p>
        ))}
        <p class="soft">{SOURCE.licenseText}</p>
      </details>
    </>
  );
}

function countOf(found: number): string {
  const all = publicEvaluations().length;
  if (found === 0) return `None of the ${all} models is like that.`;
  return found === all ? `All ${all} models, the most open first.` : `${plural(found, "model")} of ${all}, the most open first.`;
}

function Row({
  evaluated,
  isChosen,
  onChoose,
  onEdit,
}: {
  readonly evaluated: Evaluated;
  readonly isChosen: boolean;
  readonly onChoose: (id: string, isChosen: boolean) => void;
  readonly onEdit: (model: Evaluated) => void;
}): VNode {
  const { entry, evaluation } = evaluated;
  const { release } = entry.model;
  return (
    <tr>
      <th scope="row">
        <label class="check">
          <input type="checkbox" checked={isChosen} onChange={(event) => onChoose(entry.id, event.currentTarget.checked)} />
          <span>{visibleText(release.name)}</span>
        </label>
      </th>
      <td>{visibleText(release.producer ?? "")}</td>
      <td class="class">
        <span class={evaluation.class === null ? "tag unknown" : "tag good"}>
          {evaluation.class === null ? NO_CLASS : SHORT_CLASS_NAMES[evaluation.class]}
        </span>
      </td>
      <td class="progress">{progressText(evaluation.progress)}</td>
      <td>
        <button type="button" class="button small" onClick={() => onEdit(evaluated)}>
          Details<span class="visually-hidden"> of {visibleText(release.name)}</span>
        </button>
      </td>
    </tr>
  );
}
