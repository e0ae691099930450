/**
 * A rule of the source and the test that holds it: when `text`, which occurs once in `file`, becomes `replacement`,
 * the rule is gone, and `test` must fail. Paths are relative to packages/assay; those of the
 * action begin with `../action/`, of the page with `../page/build/`, and of what builds all this with `../../scripts/`. The test file runs on the source (not
 * on the built command) and takes about a second. The tables are the other files of this folder, one for each area.
 */
export interface Rule {
  /** The rule as a sentence that is clear by itself: what is rejected, or what is always done. */
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
  readonly test: string;
}
