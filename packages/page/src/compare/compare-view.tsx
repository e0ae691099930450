import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { asAssayError, AssayError } from "../../../assay/src/core/error.ts";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { readSide, type Side } from "./sides.ts";
import { EvidenceTable, OpennessTable, SignatureTable } from "./tables.tsx";

const KINDS = { openness: "descriptions", evidence: "evidence", signature: "signatures" } as const;

/** What is different between two models, two pieces of evidence, or two signatures? */
export function CompareView({
  sides,
  onSides,
}: {
  readonly sides: readonly Side[];
  readonly onSides: (sides: readonly Side[]) => void;
}): VNode {
  const [fault, setFault] = useState<AssayError>();
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const add = async (files: readonly File[]): Promise<void> => {
    const added: Side[] = [];
    for (const file of files) added.push(await readSide(file));
    const all = [...sides, ...added];
    const kinds = new Set(all.map(({ kind }) => kind));
    if (kinds.size > 1) {
      throw new AssayError("USAGE", `${[...kinds].map((kind) => KINDS[kind]).join(" and ")} are different things`, {
        hint: "compare two of a kind; start anew for others",
      });
    }
    onSides(all.slice(kinds.has("signature") ? -2 : 0));
  };
  const attempt = (step: () => Promise<void>): void => {
    setFault(undefined);
    step().catch((thrown: unknown) => setFault(asAssayError(thrown)));
  };
  const [first] = sides;
  return (
    <>
      <h1>What is different?</h1>
      <DropZone label="What is compared" onDrop={(dropped) => attempt(async () => add((await dropped).files))}>
        <p class="call">{sides.length === 0 ? "Drop two files here" : sides.map(({ name }) => name).join(", ")}</p>
        <p class="soft">two mof.yml, two pieces of evidence, or two signatures; public evaluations are chosen in the catalog</p>
        <p class="actions">
          <FileButton isMany isMain={sides.length < 2} onFiles={(files) => attempt(() => add([...files]))}>
            Choose files
          </FileButton>
          {sides.length === 0 ? null : (
            <button type="button" class="button" onClick={() => onSides([])}>
              Start anew
            </button>
          )}
        </p>
      </DropZone>
      {fault === undefined ? null : <Problem error={fault} />}
      {sides.length < 2 || first === undefined ? null : (
        <article class="answer" data-compared={first.kind}>
          {first.kind === "openness" ? null : <p class="soft">What the files say: their signatures are not checked here.</p>}
          {first.kind === "signature" ? null : (
            <label class="check">
              <input type="checkbox" checked={onlyDifferences} onChange={(event) => setOnlyDifferences(event.currentTarget.checked)} />
              <span>Only what differs</span>
            </label>
          )}
          <Table sides={sides} onlyDifferences={onlyDifferences} />
        </article>
      )}
    </>
  );
}

function Table({ sides, onlyDifferences }: { readonly sides: readonly Side[]; readonly onlyDifferences: boolean }): VNode | null {
  const descriptions = sides.filter((side) => side.kind === "openness");
  const evidence = sides.filter((side) => side.kind === "evidence");
  const signatures = sides.filter((side) => side.kind === "signature");
  if (descriptions.length > 1) return <OpennessTable sides={descriptions} onlyDifferences={onlyDifferences} />;
  if (evidence.length > 1) return <EvidenceTable sides={evidence} onlyDifferences={onlyDifferences} />;
  return signatures.length > 1 ? <SignatureTable sides={signatures} /> : null;
}
