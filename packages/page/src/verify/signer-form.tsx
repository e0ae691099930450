import type { VNode } from "preact";
import { useId } from "preact/hooks";
import type { NamedContent } from "../../../assay/src/encoding/given-file.ts";
import { nameOf } from "../../../assay/src/encoding/given-file.ts";
import { FileButton } from "../view/file-button.tsx";
import { TextField } from "../view/text-field.tsx";
import type { Method, SignerQuestion } from "./signer-question.ts";

const METHODS: readonly { readonly method: Method; readonly name: string; readonly means: string }[] = [
  { method: "key", name: "A key", means: "the publisher's public key" },
  { method: "certificate", name: "A certificate", means: "the authority's root certificate" },
  { method: "sigstore", name: "An identity", means: "keyless, by Sigstore" },
];

/** Identity providers that sign for most public models. */
const PROVIDERS = [
  "https://token.actions.githubusercontent.com",
  "https://accounts.google.com",
  "https://github.com/login/oauth",
  "https://login.microsoftonline.com",
];

/** Asks who must have signed. `onFiles` gets key and certificate files. */
export function SignerForm({
  question,
  isNext = false,
  onChange,
  onFiles,
}: {
  readonly question: SignerQuestion;
  /** Whether its answer is the next thing that is needed. */
  readonly isNext?: boolean;
  readonly onChange: (change: Partial<SignerQuestion>) => void;
  readonly onFiles: (files: readonly File[], purpose: "key" | "certificate" | "trusted-root") => void;
}): VNode {
  const id = useId();
  const { method } = question;
  return (
    <fieldset class="signer">
      <legend>Who must have signed it?</legend>
      <div class="choices">
        {METHODS.map(({ method: value, name, means }) => (
          <label key={value}>
            <input type="radio" name={id} value={value} checked={value === method} onChange={() => onChange({ method: value })} />
            <span>
              <b>{name}</b> <span class="soft">{means}</span>
            </span>
          </label>
        ))}
      </div>
      {method === "key" ? (
        <p class="given">
          <FileButton isMain={isNext} onFiles={(files) => onFiles([...files], "key")}>
            Choose the key file
          </FileButton>{" "}
          <Given files={question.key === undefined ? [] : [question.key]} nothing="PEM, DER or an OpenSSH public key" />
        </p>
      ) : null}
      {method === "certificate" ? (
        <>
          <p class="given">
            <FileButton isMany isMain={isNext} onFiles={(files) => onFiles([...files], "certificate")}>
              Choose root certificates
            </FileButton>{" "}
            <Given files={question.certificates} nothing="PEM or DER; the root, and what leads to it" />
          </p>
          <TextField
            label="Signer's name, if only one may sign"
            value={question.certificateIdentity}
            onChange={(certificateIdentity) => onChange({ certificateIdentity })}
          />
        </>
      ) : null}
      {method === "sigstore" ? (
        <>
          <TextField
            label="Identity: an e-mail address, or the URL of a workflow"
            value={question.identity}
            onChange={(identity) => onChange({ identity })}
          />
          <TextField
            label="Vouched for by: the identity provider's URL"
            value={question.identityProvider}
            list={`${id}-providers`}
            onChange={(identityProvider) => onChange({ identityProvider })}
          />
          <datalist id={`${id}-providers`}>
            {PROVIDERS.map((provider) => (
              <option key={provider} value={provider} />
            ))}
          </datalist>
          <p class="given">
            <FileButton onFiles={(files) => onFiles([...files], "trusted-root")}>Choose another trusted root</FileButton>{" "}
            <Given
              files={question.trustedRoot === undefined ? [] : [question.trustedRoot]}
              nothing="that of the public Sigstore instance is in this page"
            />
          </p>
        </>
      ) : null}
    </fieldset>
  );
}

function Given({ files, nothing }: { readonly files: readonly NamedContent[]; readonly nothing: string }): VNode {
  if (files.length === 0) return <span class="soft">{nothing}</span>;
  return <span class="file-name">{files.map(nameOf).join(", ")}</span>;
}
