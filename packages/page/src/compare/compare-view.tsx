import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { asAssayError, AssayError } from "../../../assay/src/core/error.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { Title } from "../view/title.tsx";
import type { Shown } from "./compared.tsx";
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
        hint: "compare two of a kind; start over for others",
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
      <Title question="What is different?">
        Compare two descriptions of models (mof.yml), two pieces of evidence, or two signatures. Public evaluations are chosen in the
        catalog.
      </Title>
      <DropZone label="What is compared" onDrop={(dropped) => attempt(async () => add((await dropped).files))}>
        <p class="call">{sides.length === 0 ? "Drop two files here" : sides.map(({ name }) => visibleText(name)).join(", ")}</p>
        {sides.length === 1 ? <p class="soft">That is the first one: drop or choose another to compare it with.</p> : null}
        <p class="actions">
          <FileButton isMany isMain={sides.length < 2} onFiles={(files) => attempt(() => add([...files]))}>
            Choose {sides.length === 0 ? "files" : "more files"}
          </FileButton>
          {sides.length === 0 ? null : (
            <button type="button" class="button" onClick={() => onSides([])}>
              Start over
            </button>
          )}
        </p>
      </DropZone>
      {fault === undefined ? null : <Problem error={fault} />}
      {sides.length < 2 || first === undefined ? null : (
        <article class="answer" data-compared={first.kind}>
          <Table sides={sides} onlyDifferences={onlyDifferences} onOnlyDifferences={setOnlyDifferences} />
          {first.kind === "openness" ? null : <p class="soft">What the files say: their signatures are not checked here.</p>}
        </article>
      )}
    </>
  );
}

function Table({ sides, ...shown }: { readonly sides: readonly Side[] } & Shown): VNode | null {
  const descriptions = sides.filter((side) => side.kind === "openness");
  const evidence = sides.filter((side) => side.kind === "evidence");
  const signatures = sides.filter((side) => side.kind === "signature");
  if (descriptions.length > 1) return <OpennessTable sides={descriptions} {...shown} />;
  if (evidence.length > 1) return <EvidenceTable sides={evidence} {...shown} />;
  return signatures.length > 1 ? <SignatureTable sides={signatures} /> : null;
}
