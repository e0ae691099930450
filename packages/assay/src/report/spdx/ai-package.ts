import type { CheckedModel } from "../evidence/question.ts";

/**
 * What an `ai_AIPackage` must have, beside its purpose: SPDX 3.0.1, AI profile. Neither the JSON schema nor all readers ask
 * for it.
 */
export interface AiPackageFacts {
  readonly supplier: string;
  readonly downloadLocation: string;
  readonly packageVersion: string;
  /** In whole seconds. */
  readonly releaseTime: string;
  /** Optional. */
  readonly typeOfModel: string | undefined;
}

/**
 * The facts for an `ai_AIPackage`: place and version by the reference that was given, supplier and day of release by the
 * model's mof.yml. Undefined where one of them is unknown, as of most local folders.
 */
export function aiPackageFacts({ reference, isReferenceGiven, inspection, scan }: CheckedModel): AiPackageFacts | undefined {
  const release = inspection?.findings.modelFile?.model?.release;
  const packageVersion = isReferenceGiven ? reference.revision : undefined;
  const downloadLocation =
    isReferenceGiven && reference.reference.startsWith("hf:") ? `https://huggingface.co/${reference.name}` : undefined;
  if (release === undefined || packageVersion === undefined || downloadLocation === undefined) return undefined;
  const { producer = "", date = "" } = release;
  if (producer.trim() === "" || !/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  return {
    supplier: producer,
    downloadLocation,
    packageVersion,
    releaseTime: `${date}T00:00:00Z`,
    typeOfModel: scan?.risk.facts.architecture,
  };
}
