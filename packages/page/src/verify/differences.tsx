import type { VNode } from "preact";
import type { Difference } from "../../../assay/src/comparison/difference.ts";
import { formatSize, plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";

/** Rows of one table: more are counted. The evidence file has them all. */
const MAX_ROWS = 100;

const KINDS = { changed: "changed", missing: "missing", extra: "not signed", renamed: "renamed" } as const;

/** How the model is not what was signed. */
export function Differences({ verification }: { readonly verification: Verification }): VNode | null {
  if (verification.outcome !== "failed" || verification.differences.length === 0) return null;
  const { differences } = verification;
  return (
    <table class="cards">
      <caption>{plural(differences.length, "difference")}</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">What</th>
          <th scope="col">Signed</th>
          <th scope="col">Found</th>
        </tr>
      </thead>
      <tbody>
        {differences.slice(0, MAX_ROWS).map((difference) => {
          const [signed, found] = sides(difference);
          return (
            <tr key={`${difference.kind} ${difference.name}`}>
              <th scope="row">{visibleText(difference.name)}</th>
              <td>
                <span class={difference.kind === "extra" ? "tag partly" : "tag bad"}>{KINDS[difference.kind]}</span>
              </td>
              <td data-label="signed">{signed}</td>
              <td data-label="found">{found}</td>
            </tr>
          );
        })}
        {differences.length > MAX_ROWS ? (
          <tr>
            <td colSpan={4}>and {plural(differences.length - MAX_ROWS, "more difference")}, all of them in the evidence file</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
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
        {unsigned.slice(0, MAX_ROWS).map(({ name, size: bytes }) => (
          <li key={name}>
            {visibleText(name)} <span class="soft">({formatSize(bytes)}, not signed)</span>
          </li>
        ))}
        {unsigned.length > MAX_ROWS ? <li>and {plural(unsigned.length - MAX_ROWS, "more file")}</li> : null}
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
