import type { SignerPart } from "./json/documents.ts";
import { codeSpan } from "./markdown-text.ts";

/** Who signed, in the middle of a sentence of Markdown. */
export function signerMarkdown(signer: SignerPart): string {
  if (signer.method === "key") return `the key ${codeSpan(signer.fingerprint)}`;
  if (signer.method === "sigstore") return `${codeSpan(signer.identity)}, vouched for by ${codeSpan(signer.identityProvider)}`;
  return `${codeSpan(signer.subject === "" ? (signer.names[0] ?? "") : signer.subject)}, certificate ${codeSpan(signer.fingerprint)}`;
}
