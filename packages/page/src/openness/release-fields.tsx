import type { VNode } from "preact";
import { LICENSE_SCOPES, type ModelDescription, type ReleaseFacts } from "../../../assay/src/openness/model.ts";
import { TextField } from "../view/text-field.tsx";

const FIELDS: readonly (readonly [field: Exclude<keyof ReleaseFacts, "name">, label: string])[] = [
  ["version", "Version or number of parameters"],
  ["date", "Date, YYYY-MM-DD"],
  ["producer", "Producer"],
  ["contact", "Contact"],
  ["type", "Type"],
  ["architecture", "Architecture"],
  ["treatment", "Treatment"],
  ["origin", "Origin: the base model"],
  ["repository", "Repository"],
  ["huggingface", "Hugging Face page"],
];

const SCOPES = {
  distribution: "of everything",
  code: "of code",
  data: "of data and parameters",
  document: "of documents",
} as const;

/** The release, and the licenses of the model as a whole. */
export function ReleaseFields({
  model,
  list,
  onChange,
}: {
  readonly model: ModelDescription;
  readonly list: string;
  readonly onChange: (model: ModelDescription) => void;
}): VNode {
  const { release, licenses } = model;
  return (
    <>
      <fieldset>
        <legend>License of the model</legend>
        <div class="grid">
          {LICENSE_SCOPES.map((scope) => (
            <TextField
              key={scope}
              label={`License ${SCOPES[scope]}`}
              list={list}
              value={licenses[scope]?.name ?? ""}
              onChange={(name) => {
                const statement = name === "" ? undefined : { name, path: licenses[scope]?.path };
                onChange({ ...model, licenses: { ...licenses, [scope]: statement } });
              }}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>Release</legend>
        <div class="grid">
          <TextField label="Name" value={release.name} onChange={(name) => onChange({ ...model, release: { ...release, name } })} />
          {FIELDS.map(([field, label]) => (
            <TextField
              key={field}
              label={label}
              value={release[field] ?? ""}
              onChange={(value) => onChange({ ...model, release: { ...release, [field]: value === "" ? undefined : value } })}
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}
