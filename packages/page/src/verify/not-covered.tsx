import type { VNode } from "preact";
import { formatSize, plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";

const MAX_LINES = 100;

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
