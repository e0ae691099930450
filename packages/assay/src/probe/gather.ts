import { hash } from "node:crypto";
import { AssayError } from "../core/error.ts";
import { plural } from "../core/sizes.ts";
import type { Warning } from "../core/warning.ts";
import type { ModelFindings, OpennessFinding } from "../openness/folder/findings.ts";
import { summarizeFindings } from "../openness/folder/summarize-findings.ts";
import { FilesByRole } from "./files-by-role.ts";
import type { LicenseKnowledge } from "./license/terms/open-sentences.ts";
import { readPart, type ModelFiles } from "./model-files.ts";
import type { ModelFileReader, ProbeInput } from "./probe.ts";
import { PROBES } from "./probes.ts";

const MAX_TEXT = 1024 * 1024;

/** Runs every probe over the files of a model, one after another, and puts together what they saw. */
export async function gatherFindings(
  walked: ModelFiles,
  readModelFile: ModelFileReader,
  knowledge: LicenseKnowledge,
): Promise<ModelFindings> {
  const findings: OpennessFinding[] = [];
  const warnings: Warning[] = [];
  const read = new Map<string, string>();
  const unreadable = new Map<string, AssayError>();
  const files = noteUnreadable(walked, unreadable);
  const input: ProbeInput = {
    files,
    byRole: new FilesByRole(files.names),
    findings,
    report: (finding) => void findings.push(finding),
    warn: (code, message) => void warnings.push({ code, message }),
    readText: async (name, limit = MAX_TEXT) => {
      const part = await readPart(files, name, limit);
      if (part === undefined) return undefined;
      if (part.isWhole) input.noteRead(name, part.bytes);
      return { text: new TextDecoder().decode(part.bytes), part };
    },
    noteRead: (name, bytes) => void read.set(name, hash("sha256", bytes)),
    knowledge,
    readModelFile,
  };
  for (const probe of PROBES) await probe.run(input);
  warnings.push(...notFollowed(files), ...notReadable([...unreadable.values()]));
  return { ...summarizeFindings(findings), folder: files.root, files: files.names, fileCount: files.names.length, read, warnings };
}

/** The same files; what cannot be read is noted, as a probe says nothing of it. */
function noteUnreadable(files: ModelFiles, unreadable: Map<string, AssayError>): ModelFiles {
  return {
    ...files,
    open: (name) => {
      const file = files.open(name);
      if (file === undefined) return undefined;
      const read = async (from: number, length: number): Promise<Uint8Array> => {
        try {
          return await file.read(from, length);
        } catch (error) {
          if (error instanceof AssayError && error.code === "FILE_UNREADABLE") unreadable.set(name, error);
          throw error;
        }
      };
      return { size: file.size, read };
    },
  };
}

function notReadable([first, ...others]: readonly AssayError[]): Warning[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : `; ${plural(others.length, "more file", "more files")} cannot be read either`;
  return [{ code: "EVIDENCE_NOT_ALL_READ", message: `${first.message}${more}` }];
}

function notFollowed({ links, others, isPartial }: ModelFiles): Warning[] {
  const [link] = links;
  const [other] = others;
  const more = links.length === 1 ? "" : ` and ${links.length - 1} more`;
  return [
    ...(link === undefined ? [] : [{ code: "EVIDENCE_LINK_IGNORED", message: `${link}${more}: links, which were not followed` } as const]),
    ...(other === undefined
      ? []
      : [{ code: "EVIDENCE_NOT_ALL_READ", message: `${other} is a pipe, socket or device, and was not opened` } as const]),
    ...(isPartial
      ? [{ code: "EVIDENCE_NOT_ALL_READ", message: "not every folder could be listed: there may be more than is shown" } as const]
      : []),
  ];
}
