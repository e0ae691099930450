import type { VNode } from "preact";
import type { Evaluated } from "../../../assay/src/catalog/evaluated.ts";
import { NO_CLASS, SHORT_CLASS_NAMES, shownLicense } from "../../../assay/src/report/openness-words.ts";
import { LICENSES } from "../openness/licenses.ts";
import { Bars, type Bar } from "./bars.tsx";

/** How many of these evaluations are of each class, and under which licenses their parameters are. */
export function Charts({ found }: { readonly found: readonly Evaluated[] }): VNode {
  return (
    <div class="charts">
      <Bars title="By class" bars={classesOf(found)} />
      <Bars title="By license of the parameters" bars={licensesOf(found)} />
    </div>
  );
}

function classesOf(found: readonly Evaluated[]): Bar[] {
  return ([1, 2, 3, null] as const).map((openness) => ({
    name: openness === null ? NO_CLASS : SHORT_CLASS_NAMES[openness],
    count: found.filter(({ evaluation }) => evaluation.class === openness).length,
  }));
}

const LICENSE_BARS = 6;

function licensesOf(found: readonly Evaluated[]): Bar[] {
  const counts = new Map<string, number>();
  for (const { evaluation } of found) {
    const weights = evaluation.components.find(({ name }) => name === "Model parameters (Final)");
    const written = weights?.license ?? "none released";
    const name = LICENSES.find(written)?.id ?? written;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const bars = [...counts].map(([name, count]) => ({ name: shownLicense(name), count })).sort((a, b) => b.count - a.count);
  const rest = bars.slice(LICENSE_BARS).reduce((sum, { count }) => sum + count, 0);
  return rest === 0 ? bars : [...bars.slice(0, LICENSE_BARS), { name: "others", count: rest }];
}
