import type { VNode } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import { asAssayError, type AssayError } from "../../../assay/src/core/error.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { evaluate } from "../../../assay/src/openness/evaluate.ts";
import type { ModelDescription } from "../../../assay/src/openness/model.ts";
import { listChosen, listDropped } from "../files/listing.ts";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { Title } from "../view/title.tsx";
import { ClassProgress } from "./class-progress.tsx";
import { ComponentsTable } from "./components-table.tsx";
import { draftOfFile, draftOfFolder, newDraft, type Draft } from "./drafts.ts";
import { LICENSES, suggestedLicenses } from "./licenses.ts";
import { ReleaseFields } from "./release-fields.tsx";
import { Steps } from "./steps.tsx";
import { TakeAway } from "./take-away.tsx";

/** How open is this model, and what would make it more open? */
export function OpennessView({ draft, onDraft }: { readonly draft: Draft | undefined; readonly onDraft: (draft: Draft) => void }): VNode {
  const [fault, setFault] = useState<AssayError>();
  const list = useId();
  const suggestions = useMemo(suggestedLicenses, []);
  const open = (read: () => Promise<Draft | undefined>): void => {
    setFault(undefined);
    read()
      .then((opened) => (opened === undefined ? undefined : onDraft(opened)))
      .catch((thrown: unknown) => setFault(asAssayError(thrown)));
  };
  return (
    <>
      <Title question="How open is this model?">
        The Model Openness Framework asks which of 17 components are released, and under which licenses.
      </Title>
      <DropZone
        label="A description of a model"
        onDrop={(dropped) =>
          open(async () => {
            const { folders, files } = await dropped;
            const [folder] = folders;
            const [file] = files;
            if (folder !== undefined) return draftOfFolder(await listDropped(folder));
            return file === undefined ? undefined : draftOfFile(file);
          })
        }
      >
        {draft === undefined ? (
          <>
            <p class="call">Drop a mof.yml here, or a folder with one</p>
            <p class="soft">
              Of a folder, only its mof.yml is read. The command reads license files, README and model card too: assay openness FOLDER
            </p>
          </>
        ) : (
          <p class="call">{visibleText(draft.from)}</p>
        )}
        <p class="actions">
          <FileButton
            accept=".yml,.yaml,.json"
            isMain={draft === undefined}
            onFiles={([file]) => open(async () => (file === undefined ? undefined : draftOfFile(file)))}
          >
            Choose a mof.yml
          </FileButton>{" "}
          <FileButton
            isFolder
            onFiles={(files) =>
              open(async () => {
                const listing = listChosen(files);
                return listing === undefined ? undefined : draftOfFolder(listing);
              })
            }
          >
            Choose a folder
          </FileButton>{" "}
          <button type="button" class="button" onClick={() => onDraft(newDraft("My model"))}>
            Start an empty one
          </button>
        </p>
      </DropZone>
      {fault === undefined ? null : <Problem error={fault} />}
      {fault === undefined || draft === undefined ? null : <p class="soft">Below is still what was open before.</p>}
      {fault !== undefined || draft?.note === undefined ? null : (
        <div class="note" role="status">
          <p>{draft.note}</p>
        </div>
      )}
      {draft === undefined ? null : (
        <>
          <datalist id={list}>
            {suggestions.map((id) => (
              <option key={id} value={id} />
            ))}
          </datalist>
          <Editor draft={draft} onDraft={onDraft} list={list} />
        </>
      )}
    </>
  );
}

function Editor({
  draft,
  onDraft,
  list,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly list: string;
}): VNode {
  const { model } = draft;
  const evaluation = useMemo(() => evaluate(model, LICENSES), [model]);
  const change = (edited: ModelDescription): void => onDraft({ ...draft, model: edited });
  return (
    <>
      <article class={`answer ${evaluation.class === null ? "unknown" : "good"}`} data-class={evaluation.class ?? "none"}>
        <ClassProgress name={visibleText(model.release.name)} evaluation={evaluation} />
        <Steps evaluation={evaluation} />
        <TakeAway draft={draft} evaluation={evaluation} />
        <p class="soft">Openness is neither safety nor quality. What a description says is not proven.</p>
      </article>
      <ComponentsTable model={model} evaluation={evaluation} list={list} onChange={(components) => change({ ...model, components })} />
      <ReleaseFields model={model} list={list} onChange={change} />
    </>
  );
}
