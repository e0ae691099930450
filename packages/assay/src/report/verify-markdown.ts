import { formatSize, plural } from "../core/sizes.ts";
import type { DifferencePart, VerifyDocument } from "./json/documents.ts";
import { codeSpan, listLines, plainText } from "./markdown-text.ts";
import { signerMarkdown } from "./signer-markdown.ts";

const LEADS = { verified: "✔ Verified", failed: "✘ Not verified", incomplete: "? Could not tell" } as const;

/** A verification as Markdown: the answer, why, every file that differs, by name, and what is not covered. */
export function verifyMarkdown(document: VerifyDocument, name: string = document.model): string {
  const { outcome, error, differences, signer, manifest, notCovered } = document;
  return [
    `## ${LEADS[outcome]}: ${codeSpan(name)}`,
    "",
    ...(error === null ? [] : [`**${plainText(error.message)}**`, ""]),
    ...(error === null || error.hint === null ? [] : [plainText(error.hint), ""]),
    ...(outcome === "verified" && signer !== null
      ? [`${plural(document.matchedFiles ?? 0, "file")}: the bytes that were signed by ${signerMarkdown(signer)}.`, ""]
      : []),
    ...(differences.length === 0 ? [] : ["What differs from what was signed:", "", ...listLines(differences, differenceLine), ""]),
    ...(document.unsigned.length === 0
      ? []
      : ["Not signed, and tolerated:", "", ...listLines(document.unsigned, ({ name: extra }) => codeSpan(extra)), ""]),
    ...(notCovered.length === 0
      ? []
      : ["Not covered by the signature:", "", ...listLines(notCovered, ({ name: left }) => codeSpan(left)), ""]),
    ...(manifest === null || outcome !== "verified" ? [] : [`Model: ${codeSpan(manifest.manifestDigest)}`, ""]),
  ].join("\n");
}

function differenceLine(difference: DifferencePart): string {
  const name = codeSpan(difference.name);
  switch (difference.kind) {
    case "changed":
      return `changed: ${name}, signed ${codeSpan(difference.signedDigest)}, found ${codeSpan(difference.foundDigest)}`;
    case "missing":
      return `missing: ${name}`;
    case "extra":
      return `not signed: ${name}${difference.foundSize === null ? "" : `, ${formatSize(difference.foundSize)}`}`;
    case "renamed":
      return `renamed: ${name} is now ${codeSpan(difference.newName)}, with the same bytes`;
  }
}
