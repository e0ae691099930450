import type { LoadFinding } from "../../risk/findings.ts";

/** Findings of one file that are kept, whatever they are: the first ones say enough. */
const MAX_FINDINGS = 1000;
/** And beyond them, those with a reason and a name that none before has. */
const MAX_DIFFERENT = 5000;

/**
 * The findings of one file, within a bound that changes no answer: what is not kept has the reason and the name of one that
 * is. Past the second bound a finding without a name replaces all further ones of its reason, so that no waiver covers it.
 */
export class FindingList {
  readonly #findings: LoadFinding[] = [];
  readonly #seen = new Set<string>();

  get all(): readonly LoadFinding[] {
    return this.#findings;
  }

  add(finding: LoadFinding): void {
    const { reason, member, name = "" } = finding;
    const isFull = this.#findings.length >= MAX_DIFFERENT;
    const key = `${reason} ${name}`;
    if (this.#findings.length >= MAX_FINDINGS && this.#seen.has(key)) return;
    if (!isFull) {
      this.#seen.add(key);
      this.#findings.push(finding);
    } else if (!this.#seen.has(`${reason} `)) {
      this.#seen.add(`${reason} `);
      this.#findings.push({ reason, member, what: "has more findings of this kind than are listed" });
    }
  }
}
