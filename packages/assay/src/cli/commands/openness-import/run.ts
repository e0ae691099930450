import { basename, join, resolve } from "node:path";
import { importCard } from "../../../catalog/import-card.ts";
import { importToolFile } from "../../../catalog/import-tool.ts";
import type { ImportedModel } from "../../../catalog/imported-model.ts";
import { shippedLicenses } from "../../../catalog/licenses.ts";
import { decodeUtf8 } from "../../../encoding/utf8.ts";
import { AssayError } from "../../../core/error.ts";
import { shellCommand } from "../../text/shell-quote.ts";
import { readBounded } from "../../../files/read-bounded.ts";
import { openTarget, type OutputTarget } from "../../../files/output-target.ts";
import { writeAtomically } from "../../../files/write-atomically.ts";
import { MOST_YAML_BYTES } from "../../../openness/yaml-document.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { importedText, importJson, importReport } from "./report.ts";
import { glanceAt } from "../../inputs/places.ts";

/** `assay openness import SOURCE [FILE]`: printed, or written whole or not at all. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [source = "", file] = invocation.arguments;
  const target =
    file === undefined
      ? undefined
      : openTarget(resolve(context.cwd, file), { what: "description", force: invocation.values.flag("force") === true });
  const path = cardIn(source, context.cwd);
  const isCard = /\.(?:md|markdown)$/i.test(path);
  const imported = isCard ? readCardFile(path, source) : readToolFile(path, source);
  if (target !== undefined) await write(target, imported, context);
  return {
    exitCode: 0,
    report: file === undefined ? importedText(imported) : importReport(source, imported, file),
    json: importJson(path, isCard ? "card" : "tool", imported, target?.path),
    warnings: [],
  };
}

const CARDS = ["README.md", "MODEL_CARD.md", "model_card.md"];

/** The file itself; in a folder, its card. */
function cardIn(source: string, cwd: string): string {
  const path = resolve(cwd, source);
  if (glanceAt(path)?.isDirectory() !== true) return path;
  const card = CARDS.find((name) => glanceAt(join(path, name))?.isFile() === true);
  if (card !== undefined) return join(path, card);
  throw new AssayError("FILE_NOT_FOUND", `the folder ${source} has no model card: neither ${CARDS.slice(0, 2).join(" nor ")}`, {
    suggestion: { lead: "to find out what else is in it", line: shellCommand(["assay", "openness", source]) },
  });
}

function readCardFile(path: string, source: string): ImportedModel {
  const bytes = readBounded(path, "model card", MOST_YAML_BYTES, "YAML_TOO_LARGE");
  return importCard(decodeUtf8(bytes, "YAML_ENCODING", source), basename(path), shippedLicenses());
}

function readToolFile(path: string, source: string): ImportedModel {
  return importToolFile(readBounded(path, "file", MOST_YAML_BYTES, "YAML_TOO_LARGE"), source);
}

async function write(target: OutputTarget, { text }: ImportedModel, { signal }: CommandContext): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await writeAtomically(
    target,
    bytes,
    (written) => {
      if (Buffer.compare(written, bytes) === 0) return Promise.resolve();
      return Promise.reject(new AssayError("OUTPUT_WRITE", "the disk gave back something else than what was written"));
    },
    signal,
  );
}
