import { plural } from "../core/sizes.ts";
import { checkMarkdown } from "./check-markdown.ts";
import type { ErrorDocument, JsonDocument } from "./json/documents.ts";
import { codeSpan, plainText } from "./markdown-text.ts";
import { opennessMarkdown } from "./openness-markdown.ts";
import { scanMarkdown } from "./scan-markdown.ts";
import { signerMarkdown } from "./signer-markdown.ts";
import { verifyMarkdown } from "./verify-markdown.ts";

/**
 * What a command of `--json` printed, as Markdown for people: the summary of a CI job. `names` are the models as they were given,
 * in their order, for documents that have only the path on this machine.
 */
export function resultMarkdown(
  result: JsonDocument | ErrorDocument | readonly (JsonDocument | ErrorDocument)[],
  names: readonly string[],
): string {
  if (isList(result)) return result.map((document, index) => resultMarkdown(document, names.slice(index))).join("\n");
  switch (result.schema) {
    case "urn:assay:schema:check:v1":
    case "urn:assay:schema:checks:v1":
      return checkMarkdown(result);
    case "urn:assay:schema:verify:v1":
      return verifyMarkdown(result, names[0]);
    case "urn:assay:schema:scan:v1":
      return scanMarkdown(result, names);
    case "urn:assay:schema:openness:v1":
      return opennessMarkdown(result, names[0]);
    case "urn:assay:schema:sign:v1":
      return [
        `## ✔ Signed: ${codeSpan(names[0] ?? result.model)}`,
        "",
        `${plural(result.manifest.fileCount, "file")}, by ${signerMarkdown(result.signer)}. Model: ${codeSpan(result.manifest.manifestDigest)}`,
        "",
      ].join("\n");
    case "urn:assay:schema:digest:v1":
      return [
        `## ${codeSpan(names[0] ?? result.model)}`,
        "",
        `${plural(result.files.length, "file")}. Model: ${codeSpan(result.manifestDigest)}`,
        "",
      ].join("\n");
    case "urn:assay:schema:verify-evidence:v1":
      return [
        `## ${result.outcome === "verified" ? "✔ Verified" : result.outcome === "failed" ? "✘ Not verified" : "? Could not tell"}: ${codeSpan(names[0] ?? result.file)}`,
        "",
        ...(result.error === null ? [] : [`**${plainText(result.error.message)}**`, ""]),
        ...(result.statement === null
          ? []
          : [
              `${result.statement.decision.toUpperCase()} of ${codeSpan(result.statement.modelName)}, ${codeSpan(result.statement.manifestDigest)}, by ${codeSpan(result.statement.verifierId)}.`,
              "",
            ]),
      ].join("\n");
    case "urn:assay:schema:error:v1":
      return errorMarkdown(result);
    default:
      return `## ${"exitCode" in result && result.exitCode !== 0 ? "✘" : "✔"} ${plainText(result.schema)}\n`;
  }
}

function errorMarkdown({ error, command }: ErrorDocument): string {
  const lead = error.outcome === "incomplete" ? "? Could not tell" : error.outcome === "failed" ? "✘ No" : "✘ Wrong question";
  return [
    `## ${lead}${command === null ? "" : `: ${codeSpan(`assay ${command}`)}`}`,
    "",
    `**${plainText(error.message)}**`,
    "",
    ...(error.hint === null ? [] : [plainText(error.hint), ""]),
  ].join("\n");
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}
