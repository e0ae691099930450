import type { Warning } from "../core/warning.ts";
import type { OpennessFinding, OpennessProbe } from "../openness/folder/findings.ts";
import type { ModelDescription } from "../openness/model.ts";
import type { FilesByRole } from "./files-by-role.ts";
import type { LicenseKnowledge } from "./license/terms/open-sentences.ts";
import type { FilePart, ModelFiles } from "./model-files.ts";

/**
 * One look at a model. A probe reports what it saw of each file and never grades it. It reads as much as it must, every
 * read has a bound, and nothing in the model is executed. It never throws about the model: what cannot be read is a
 * finding or a warning.
 */
export interface Probe {
  readonly name: OpennessProbe;
  readonly run: (input: ProbeInput) => Promise<void>;
}

export interface ProbeInput {
  readonly files: ModelFiles;
  /** Files that a probe may want, by what their names say. */
  readonly byRole: FilesByRole;
  /** What the probes before this one, and this one, have reported. */
  readonly findings: readonly OpennessFinding[];
  readonly report: (finding: OpennessFinding) => void;
  readonly warn: (code: Warning["code"], message: string) => void;
  /** Reads a text whole, or its first `limit` bytes; a file that is read whole is noted by its digest. */
  readonly readText: (name: string, limit?: number) => Promise<{ readonly text: string; readonly part: FilePart } | undefined>;
  /** Notes the digest of a file that was read whole, for comparison with the digest of the model. */
  readonly noteRead: (name: string, bytes: Uint8Array) => void;
  readonly knowledge: LicenseKnowledge;
  readonly readModelFile: ModelFileReader;
}

/** Reads a mof.yml. Throws an AssayError that says what is wrong with it. */
export type ModelFileReader = (bytes: Uint8Array) => ModelDescription;
