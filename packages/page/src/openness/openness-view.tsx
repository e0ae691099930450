import type { VNode } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import { asAssayError, AssayError } from "../../../assay/src/core/error.ts";
import { MAX_YAML_BYTES } from "../../../assay/src/encoding/yaml.ts";
import { editModelFile } from "../../../assay/src/openness/edit-model.ts";
import { evaluate } from "../../../assay/src/openness/evaluate.ts";
import type { Evaluation } from "../../../assay/src/openness/evaluation.ts";
import { emptyModel, FRAMEWORK, type ModelDescription } from "../../../assay/src/openness/model.ts";
import { readModelFile } from "../../../assay/src/openness/read-model.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { badgeSvg } from "../../../assay/src/report/badge.ts";
import { opennessSection } from "../../../assay/src/report/markdown.ts";
import { listChosen, listDropped, type Listing } from "../files/listing.ts";
import { readSmall } from "../files/read-small.ts";
import { DropZone } from "../view/drop-zone.tsx";
import { FileButton } from "../view/file-button.tsx";
import { Problem } from "../view/problem.tsx";
import { saveFile } from "../view/take-away.ts";
import { ClassProgress } from "./class-progress.tsx";
import { ComponentsTable } from "./components-table.tsx";
import { LICENSES, suggestedLicenses } from "./licenses.ts";
import { ReleaseFields } from "./release-fields.tsx";
import { Steps } from "./steps.tsx";

/** A description that is edited, and the text that it was read from. */
export interface Draft {
  readonly model: ModelDescription;
  readonly source: string | undefined;
}

const MODEL_FILE = /(?:^|\/)mof\.ya?ml$/i;

/** How open is this model, and what would make it more open? */
export function OpennessView({ draft, onDraft }: { readonly draft: Draft | undefined; readonly onDraft: (draft: Draft) => void }): VNode {
  const [fault, setFault] = useState<AssayError>();
  const list = useId();
  const suggestions = useMemo(suggestedLicenses, []);
  const attempt = (step: () => Promise<void>): void => {
    setFault(undefined);
    step().catch((thrown: unknown) => setFault(asAssayError(thrown)));
  };
  const openFile = async (file: File): Promise<void> => {
    const { content } = await readSmall(file, MAX_YAML_BYTES);
    const { model } = readModelFile(content, file.name);
    onDraft({ model, source: new TextDecoder().decode(content) });
  };
  const openFolder = async (listing: Listing): Promise<void> => {
    const [found] = listing.files.filter(({ name }) => MODEL_FILE.test(name)).sort((a, b) => a.name.length - b.name.length);
    if (found !== undefined) return openFile(found.file);
    onDraft(newDraft(listing.name));
    throw new AssayError("USAGE", `no mof.yml in ${listing.name}: this is a new one`, {
      hint: "the command reads the folder's other files too: assay openness FOLDER",
    });
  };
  return (
    <>
      <h1>How open is this model?</h1>
      <DropZone
        label="A description of a model"
        onDrop={(dropped) =>
          attempt(async () => {
            const { folders, files } = await dropped;
            const [folder] = folders;
            const [file] = files;
            if (folder !== undefined) await openFolder(await listDropped(folder));
            else if (file !== undefined) await openFile(file);
          })
        }
      >
        {draft === undefined ? (
          <>
            <p class="call">Drop a mof.yml here, or a folder that holds one</p>
            <p class="soft">the description that the Model Openness Tool reads and writes</p>
          </>
        ) : null}
        <p class="actions">
          <FileButton accept=".yml,.yaml,.json" isMain={draft === undefined} onFiles={(files) => attempt(() => first(files, openFile))}>
            Choose a mof.yml
          </FileButton>{" "}
          <FileButton
            isFolder
            onFiles={(files) =>
              attempt(async () => {
                const listing = listChosen(files);
                if (listing !== undefined) await openFolder(listing);
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

function TakeAway({ draft: { model, source }, evaluation }: { readonly draft: Draft; readonly evaluation: Evaluation }): VNode {
  const badge = badgeSvg(evaluation.class);
  return (
    <p class="actions">
      <button type="button" class="button main" onClick={() => saveFile("mof.yml", editModelFile(source, model), "application/yaml")}>
        Save mof.yml
      </button>
      <button type="button" class="button" onClick={() => saveFile("mof-badge.svg", badge, "image/svg+xml")}>
        Save badge
      </button>
      <button
        type="button"
        class="button"
        onClick={() =>
          saveFile(
            "openness.md",
            opennessSection(evaluation, { badge: "mof-badge.svg", command: "assay openness mof.yml --markdown" }),
            "text/markdown",
          )
        }
      >
        Save README section
      </button>
      <img alt="" height="20" src={`data:image/svg+xml,${encodeURIComponent(badge)}`} />
    </p>
  );
}

function newDraft(name: string): Draft {
  return { model: { ...emptyModel(name), framework: FRAMEWORK }, source: undefined };
}

async function first(files: FileList, open: (file: File) => Promise<void>): Promise<void> {
  const [file] = files;
  if (file !== undefined) await open(file);
}
