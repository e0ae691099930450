import { join } from "node:path";
import type { Comparison } from "../comparison/difference.ts";
import type { Warning } from "../core/warning.ts";
import { isBundle } from "../source/find-signature.ts";
import { isSignatureName } from "../source/signature-names.ts";
import type { ModelPlace } from "../source/model-place.ts";
import { signatureEntry } from "../source/signature-entry.ts";
import type { Manifest } from "../statement/manifest.ts";

/** Signatures in the model besides the one that was verified: each is said, and whether that one covers it. */
export function otherSignatures(
  place: ModelPlace,
  { files }: Manifest,
  { unsigned, notCovered }: Comparison,
  path: string | undefined,
): Warning[] {
  if (place.kind === "file") return [];
  const used = path === undefined ? undefined : signatureEntry(place, path);
  const isOther = (name: string): boolean => isSignatureName(name) && name !== used && isBundle(join(place.root, name));
  return saidOfOthers({ files: [...files.keys()], others: [...unsigned, ...notCovered] }, isOther);
}

/** What is said of other signatures among signed `files`, and among `others`. */
export function saidOfOthers(
  { files, others }: { readonly files: readonly string[]; readonly others: readonly { readonly name: string }[] },
  isOther: (name: string) => boolean,
): Warning[] {
  const uncovered = others.map(({ name }) => name).filter(isOther);
  return [
    ...files.filter(isOther).map((name) => otherSignature(name, "it is one of the signed files")),
    ...uncovered.map((name) => otherSignature(name, "it is not covered by this signature")),
  ];
}

function otherSignature(name: string, coverage: string): Warning {
  return { code: "SIGNATURE_IN_MODEL", message: `the model holds another signature, ${name}, which was not verified; ${coverage}` };
}
