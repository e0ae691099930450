import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Difference } from "../../../assay/src/comparison/difference.ts";
import { formatSize, plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";

const FIRST_ROWS = 20;
const MORE_ROWS = 200;
/** Rows of one table. The saved file has them all. */
const MAX_ROWS = 5000;
/** Lines of a list. */
const MAX_LINES = 100;

const KINDS = { changed: "changed", missing: "missing", extra: "not signed", renamed: "renamed" } as const;
const COMPARED_KINDS = { ...KINDS, missing: "only in the first", extra: "only in the second" } as const;

/** How the model is not what was signed. */
export function Differences({ verification }: { readonly verification: Verification }): VNode | null {
  if (verification.outcome !== "failed") return null;
  return <DifferenceTable differences={verification.differences} names={["signed", "found"]} />;
}

/** Differences of files, the first of many; more on request. `names`: what each side is called. */
export function DifferenceTable({
  differences,
  names: [before, after],
}: {
  readonly differences: readonly Difference[];
  readonly names: readonly [before: string, after: string];
}): VNode | null {
  const [rows, setRows] = useState(FIRST_ROWS);
  if (differences.length === 0) return null;
  const more = Math.min(differences.length, MAX_ROWS) - rows;
  return (
    <>
      <table class="cards differences">
        <caption>{plural(differences.length, "difference")}</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">What</th>
            <th scope="col">{capital(before)}</th>
            <th scope="col">{capital(after)}</th>
          </tr>
        </thead>
        <tbody>
          {differences.slice(0, rows).map((difference) => {
            const [old, now] = sides(difference);
            return (
              <tr key={`${difference.kind} ${difference.name}`}>
                <th scope="row">{visibleText(difference.name)}</th>
                <td>
                  <span class={difference.kind === "extra" ? "tag partly" : "tag bad"}>
                    {before === "signed" ? KINDS[difference.kind] : COMPARED_KINDS[difference.kind]}
                  </span>
                </td>
                <td data-label={before}>{old}</td>
                <td data-label={after}>{now}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {more > 0 ? (
        <p>
          <button type="button" class="button" onClick={() => setRows(rows + MORE_ROWS)}>
            Show {plural(Math.min(more, MORE_ROWS), "more difference")}
          </button>
        </p>
      ) : null}
      {differences.length > MAX_ROWS ? <p class="soft">The saved file has all of them.</p> : null}
    </>
  );
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function sides(difference: Difference): readonly [string, string] {
  switch (difference.kind) {
    case "changed":
      return [side(difference.signedDigest, difference.signedSize), side(difference.foundDigest, difference.foundSize)];
    case "missing":
      return [size(difference.signedSize), difference.why === undefined ? "—" : visibleText(difference.why)];
    case "extra":
      return ["—", size(difference.foundSize)];
    case "renamed":
      return [size(difference.size), visibleText(difference.newName)];
  }
}

function side(digest: string, bytes: number | undefined): string {
  const short = digest.length > 24 ? `${digest.slice(0, 19)}…` : digest;
  return bytes === undefined ? short : `${short}, ${formatSize(bytes)}`;
}

function size(bytes: number | undefined): string {
  return bytes === undefined ? "yes" : formatSize(bytes);
}

const REASONS = {
  "signed-ignore-path": "the signer left it out",
  "git-default": "git's own, left out by default",
  "caller-ignore-path": "you left it out",
  "empty-file": "empty: shards cover no empty files",
  "temporary-file": "half-written",
  signature: "the signature",
  "name-not-utf8": "its name is not UTF-8",
} as const;

/** What is in the model and not under the signature. */
export function NotCovered({ verification }: { readonly verification: Verification }): VNode | null {
  if (verification.outcome === "incomplete") return null;
  const { notCovered, unsigned } = verification.outcome === "verified" ? verification.verifiedModel : verification;
  if (notCovered.length + unsigned.length === 0) return null;
  return (
    <>
      <h3>Not covered by the signature</h3>
      <ul>
        {unsigned.slice(0, MAX_LINES).map(({ name, size: bytes }) => (
          <li key={name}>
            {visibleText(name)} <span class="soft">({formatSize(bytes)}, not signed)</span>
          </li>
        ))}
        {unsigned.length > MAX_LINES ? <li>and {plural(unsigned.length - MAX_LINES, "more file")}</li> : null}
        {notCovered.map(({ name, fileCount, bytes, reason }) => (
          <li key={name}>
            {visibleText(name)}{" "}
            <span class="soft">
              ({plural(fileCount, "file")}, {formatSize(bytes)}: {REASONS[reason]})
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
