import type { VNode } from "preact";
import { formatSize, plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { AssayError } from "../../../assay/src/core/error.ts";
import type { Listing } from "../files/listing.ts";
import type { ClaimedSigner } from "./signer-question.ts";
import { sizeOf, type PageSignature } from "./verify-in-browser.ts";

/** A model as it was given, with its signature. */
export interface Model {
  readonly listing: Listing;
  readonly signature: PageSignature | undefined;
  readonly claim: ClaimedSigner | undefined;
  /** Why there is no signature. */
  readonly problem: AssayError | undefined;
}

/** What was given, in two lines. */
export function ModelCard({ model: { listing, signature } }: { readonly model: Model }): VNode {
  return (
    <>
      <p class="call file-name">{visibleText(listing.name)}</p>
      <p>
        {plural(listing.files.length, "file")}, {formatSize(sizeOf(listing.files))}
        {signature === undefined ? "" : `; signature: ${visibleText(signature.name)}`}
      </p>
    </>
  );
}
