import type { Check } from "../../api/check.ts";
import { plural } from "../../core/sizes.ts";
import { adviceOf } from "../load-advice.ts";
import { firstItems } from "./lists.ts";
import { html, type Markup } from "./markup.ts";

const TONES = { code: "bad", unknown: "unknown", invalid: "bad", note: "notable" } as const;

/** What the scan saw, file by file, the files that run code first. */
export function loadSection({ scan }: Check): Markup | undefined {
  if (scan === undefined) return undefined;
  const { files, findings } = scan.risk;
  const all = [
    ...files.flatMap(({ file, findings: own }) => own.map((finding) => ({ file, ...finding }))),
    ...findings.map((finding) => ({ file: "the model", ...finding })),
  ].toSorted((a, b) => ORDER[a.outcome] - ORDER[b.outcome]);
  if (all.length === 0) return undefined;
  return html`<h2>What loading it does: ${plural(all.length, "finding")}</h2>
    <ul>
      ${firstItems(all, ({ file, outcome, member, offset, what, reason }) => {
        const place = [member, offset === undefined ? undefined : `byte ${offset}`].filter((part) => part !== undefined).join(", ");
        return html`<li>
          <span class="tag fill ${TONES[outcome]}">${outcome}</span> <code>${file}</code>${place === "" ? "" : ` (${place})`} ${what}
          <p class="remedy">${adviceOf(reason)}</p>
        </li> `;
      })}
    </ul> `;
}

const ORDER = { code: 0, invalid: 1, unknown: 2, note: 3 } as const;
