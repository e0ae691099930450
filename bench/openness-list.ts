// Measures `assay openness list` in one process: reading the catalog, evaluating all of it, filtering, laying it out.
//
// Usage: node bench/openness-list.ts
import { listEvaluations } from "../packages/assay/src/api/evaluations.ts";
import { loadCatalog } from "../packages/assay/src/catalog/catalog.ts";
import { evaluateAll } from "../packages/assay/src/catalog/evaluated.ts";
import { filterEvaluations, type CatalogFilter } from "../packages/assay/src/catalog/filter.ts";
import { shippedLicenses } from "../packages/assay/src/catalog/licenses.ts";
import { layOut } from "../packages/assay/src/cli/text/layout.ts";
import { listReport } from "../packages/assay/src/cli/commands/openness-list/report.ts";

const FILTER: CatalogFilter = {
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
const catalog = loadCatalog();
step("catalog read");
const licenses = shippedLicenses();
step("licenses read");
const all = evaluateAll(catalog.entries, licenses);
step(`${all.length} evaluated`);
const filtered = filterEvaluations(all, FILTER, licenses);
step(`filtered by six questions: ${filtered.length} left`);
const list = await listEvaluations();
step("evaluated and sorted again, as the library lists them");
const text = layOut(listReport(list), {
  width: 80,
  color: false,
  live: false,
});
step(`laid out: ${text.split("\n").length} lines`);
steps.push(["all", last - start]);
for (const [what, time] of steps) process.stdout.write(`${time.toFixed(1).padStart(7)} ms  ${what}\n`);

function step(what: string): void {
  const now = performance.now();
  steps.push([what, now - last]);
  last = now;
}
