import type { ComponentChildren, VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Difference } from "../../../assay/src/comparison/difference.ts";
import { formatSize, groupDigits, plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";

const FIRST_ROWS = 20;
const MORE_ROWS = 200;
/** Rows of one table. The saved file has them all. */
const MAX_ROWS = 5000;

const KINDS = { changed: "changed", missing: "missing", renamed: "renamed", extra: "not signed" } as const;
const COMPARED_KINDS = { ...KINDS, missing: "only in the first", extra: "only in the second" } as const;
type Kind = Difference["kind"];
/** What was signed comes before what was added, of which there may be any number. */
const ORDER: readonly Kind[] = ["changed", "missing", "renamed", "extra"];

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
  const sorted = useMemo(() => differences.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)), [differences]);
  if (differences.length === 0) return null;
  const words = before === "signed" ? KINDS : COMPARED_KINDS;
  const more = Math.min(differences.length, MAX_ROWS) - rows;
  return (
    <>
      <table class="cards differences">
        <caption>{captionOf(differences, words)}</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">What</th>
            <th scope="col">{capital(before)}</th>
            <th scope="col">{capital(after)}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, rows).map((difference) => {
            const [old, now] = sides(difference);
            return (
              <tr key={`${difference.kind} ${difference.name}`}>
                <th scope="row">{visibleText(difference.name)}</th>
                <td>
                  <span class={difference.kind === "extra" ? "tag partly" : "tag bad"}>{words[difference.kind]}</span>
                </td>
                <td data-label={before}>{old}</td>
                <td data-label={after}>{now}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {differences.length > rows ? (
        <p class="more">
          {more > 0 ? (
            <button type="button" class="button" onClick={() => setRows(rows + MORE_ROWS)}>
              Show {plural(Math.min(more, MORE_ROWS), "more difference")}
            </button>
          ) : null}{" "}
          <span class="soft">
            These are the first {groupDigits(rows)} of {groupDigits(differences.length)}
            {before === "signed" ? "; the saved file has all of them." : "."}
          </span>
        </p>
      ) : null}
    </>
  );
}

/** `304 differences: 3 changed, 1 missing, 300 not signed`. */
function captionOf(differences: readonly Difference[], words: Readonly<Record<Kind, string>>): string {
  const counts = ORDER.map((kind) => [differences.filter((one) => one.kind === kind).length, words[kind]] as const).filter(
    ([count]) => count > 0,
  );
  const all = plural(differences.length, "difference");
  return counts.length < 2 ? all : `${all}: ${counts.map(([count, word]) => `${groupDigits(count)} ${word}`).join(", ")}`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function sides(difference: Difference): readonly [ComponentChildren, ComponentChildren] {
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

/** The first digits of a digest, and below it the size, where it is known. */
function side(digest: string, bytes: number | undefined): VNode {
  const hex = digest.slice(digest.indexOf(":") + 1);
  return (
    <>
      <code>{hex.length > 16 ? `${hex.slice(0, 12)}…` : hex}</code>{" "}
      {bytes === undefined ? null : <span class="line soft">{formatSize(bytes)}</span>}
    </>
  );
}

function size(bytes: number | undefined): string {
  return bytes === undefined ? "yes" : formatSize(bytes);
}
