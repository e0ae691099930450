// Measures `assay openness list` in one process: reading the catalogue, judging all of it, filtering, laying it out.
//
// Usage: node bench/openness-list.ts
import { loadCatalogue } from "../packages/assay/src/catalog/catalogue.ts";
import { evaluateAll } from "../packages/assay/src/catalog/evaluated.ts";
import { filterEvaluations, type CatalogueFilter } from "../packages/assay/src/catalog/filter.ts";
import { shippedLicenses } from "../packages/assay/src/catalog/licenses.ts";
import { byOpenness } from "../packages/assay/src/catalog/order.ts";
import { layOut } from "../packages/assay/src/cli/text/layout.ts";
import { listReport } from "../packages/assay/src/cli/commands/openness-list/report.ts";

const FILTER: CatalogueFilter = {
  search: "a",
  classes: [3, null],
  organizations: ["IBM", "Meta", "Google"],
  types: [],
  licenses: ["Apache-2.0", "gemma", "llama3"],
  parameters: { from: 1e9, to: 1e11 },
  components: [{ name: "Model card", wish: "there" }],
};

const steps: [string, number][] = [];
const start = performance.now();
let last = start;
const catalogue = loadCatalogue();
step("catalogue read");
const licenses = shippedLicenses();
step("licenses read");
const all = evaluateAll(catalogue.entries, licenses);
step(`${all.length} judged`);
const filtered = filterEvaluations(all, FILTER, licenses);
step(`filtered by six questions: ${filtered.length} left`);
const shown = all.sort(byOpenness);
const text = layOut(listReport({ shown, total: all.length, sources: catalogue.sources, warnings: [] }), {
  width: 80,
  color: false,
  live: false,
});
step(`sorted and laid out: ${text.split("\n").length} lines`);
steps.push(["all", last - start]);
for (const [what, time] of steps) process.stdout.write(`${time.toFixed(1).padStart(7)} ms  ${what}\n`);

function step(what: string): void {
  const now = performance.now();
  steps.push([what, now - last]);
  last = now;
}
