import type { VNode } from "preact";
import { editModelFile } from "../../../assay/src/openness/edit-model.ts";
import type { Evaluation } from "../../../assay/src/openness/evaluation.ts";
import { badgeSvg } from "../../../assay/src/report/badge.ts";
import { opennessSection } from "../../../assay/src/report/markdown.ts";
import { saveFile } from "../view/take-away.ts";
import type { Draft } from "./drafts.ts";

/** The description, its badge and its section of a README, to save. */
export function TakeAway({ draft: { model, source }, evaluation }: { readonly draft: Draft; readonly evaluation: Evaluation }): VNode {
  const badge = badgeSvg(evaluation.class);
  const section = (): string => opennessSection(evaluation, { badge: "mof-badge.svg", command: "assay openness mof.yml --markdown" });
  return (
    <p class="actions">
      <button type="button" class="button main" onClick={() => saveFile("mof.yml", editModelFile(source, model), "application/yaml")}>
        Save mof.yml
      </button>
      <button type="button" class="button" onClick={() => saveFile("mof-badge.svg", badge, "image/svg+xml")}>
        Save badge
      </button>
      <button type="button" class="button" onClick={() => saveFile("openness.md", section(), "text/markdown")}>
        Save README section
      </button>
      <button type="button" class="button" onClick={() => print()}>
        Print
      </button>
      <img alt="" height="20" src={`data:image/svg+xml,${encodeURIComponent(badge)}`} />
    </p>
  );
}
