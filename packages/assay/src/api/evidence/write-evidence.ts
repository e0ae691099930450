import { existsSync, lstatSync, unlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { PAYLOAD_TYPE } from "../../bundle/payload-type.ts";
import { AssayError } from "../../core/error.ts";
import type { Warning } from "../../core/warning.ts";
import { systemReason } from "../../core/system-reason.ts";
import { makeFolder } from "../../files/make-folder.ts";
import { isWithin, realLocation } from "../../files/real-location.ts";
import { cannotWrite, openTarget, type OutputTarget } from "../../files/output-target.ts";
import { writeTogether } from "../../files/write-atomically.ts";
import type { ModelSigner, WitnessRequest } from "../../signing/seal.ts";
import { readEvidenceStatement } from "../../statement/evidence/read.ts";
import type { SignerIdentity } from "../../trust/envelope.ts";
import { sha256Hex } from "../../trust/fingerprint.ts";
import { sealAndWrite } from "../seal-statement.ts";

export { shippedLicenses } from "../../catalog/licenses.ts";

/** A piece of evidence, as `evidenceFiles` of `report` makes it. */
export interface PieceOfEvidence {
  readonly kind: "statement" | "document";
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Which pieces there will be, and where they go. */
export interface EvidencePlan {
  /** The folder, relative to `cwd`. */
  readonly folder: string;
  readonly cwd: string;
  /** Names of all pieces. */
  readonly statements: readonly string[];
  readonly documents: readonly string[];
  readonly isSigned: boolean;
  /** Replaces any regular file of these names. */
  readonly force: boolean;
  /** Whether the bytes of an existing file are evidence that Assay wrote under that name. */
  readonly isOwn: (name: string, bytes: Uint8Array) => boolean;
}

/** A folder that was found fit for evidence. */
export interface EvidenceFolder {
  /** Absolute. */
  readonly path: string;
  readonly plan: EvidencePlan;
}

/** What was written. */
export interface WrittenEvidence {
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly digest: string; readonly isSigned: boolean }[];
  /** Who signed; undefined for unsigned statements. */
  readonly signer: SignerIdentity | undefined;
  readonly warnings: readonly Warning[];
}

/** What the name of a statement's file ends with. */
const ENDINGS = { signed: ".sigstore.json", unsigned: ".unsigned.json" } as const;

/** A bill of materials has a line for each file. */
const MAX_EVIDENCE = 256 * 1024 * 1024;

/**
 * Says whether evidence may be written to a folder, before the model is read: it is not in the model, which it would change,
 * and what has the names of evidence there is evidence too. Throws USAGE, OUTPUT_EXISTS, OUTPUT_WRITE.
 */
export function openEvidenceFolder(plan: EvidencePlan, models: readonly string[]): EvidenceFolder {
  const path = resolve(plan.cwd, plan.folder);
  const real = realLocation(path);
  for (const model of models) {
    if (isWithin(real, realLocation(resolve(plan.cwd, model)))) {
      throw new AssayError("USAGE", `the folder for evidence is in the model: ${plan.folder}`, {
        hint: "name a folder outside of the model, which evidence in it would change",
      });
    }
  }
  const folder = { path, plan };
  if (existsSync(path)) {
    if (lstatSync(real).isDirectory()) targetsOf(folder);
    else throw cannotWrite(path, "it is not a folder", undefined, true);
  }
  return folder;
}

/**
 * Seals the statements, where a signer is given, and writes all pieces, whole files or none. What is in a log by the time of
 * an error stays there, and the error says so. Throws what sealing throws, OUTPUT_EXISTS, OUTPUT_WRITE, ABORTED.
 */
export async function writeEvidence(
  folder: EvidenceFolder,
  pieces: readonly PieceOfEvidence[],
  {
    signer,
    witnesses,
    signal,
  }: { readonly signer?: ModelSigner | undefined; readonly witnesses?: WitnessRequest | undefined; readonly signal?: AbortSignal },
): Promise<WrittenEvidence> {
  const warnings = new Map<string, Warning>();
  const contents = new Map<string, Uint8Array>();
  let identity: SignerIdentity | undefined;
  for (const { kind, name, bytes } of pieces) {
    if (kind === "document" || signer === undefined) {
      contents.set(kind === "document" ? name : `${name}${ENDINGS.unsigned}`, bytes);
      continue;
    }
    const sealed = await sealAndWrite(
      { payloadType: PAYLOAD_TYPE, payload: bytes },
      { signer, witnesses, target: undefined, signal, readBack: async (payload) => readEvidenceStatement(payload) },
    );
    identity = sealed.identity;
    for (const warning of sealed.warnings) warnings.set(`${warning.code} ${warning.message}`, warning);
    contents.set(`${name}${ENDINGS.signed}`, sealed.bundle);
  }
  try {
    makeFolder(folder.path);
  } catch (cause) {
    throw cannotWrite(folder.path, systemReason(cause), cause, true);
  }
  const { targets, others } = targetsOf(folder);
  const files = targets.flatMap((target) => {
    const bytes = contents.get(basename(target.path));
    return bytes === undefined ? [] : [{ target, bytes }];
  });
  writeTogether(files, signal);
  for (const path of others) unlinkSync(path);
  return {
    folder: folder.path,
    files: await Promise.all(
      files.map(async ({ target: { path }, bytes }) => ({
        name: basename(path),
        digest: `sha256:${await sha256Hex(bytes)}`,
        isSigned: path.endsWith(ENDINGS.signed),
      })),
    ),
    signer: identity,
    warnings: [...warnings.values()],
  };
}

/**
 * The place of every piece, and what is left there of an earlier run that was signed where this one is not, or the reverse: a
 * statement of another decision beside the new one would mislead. Throws OUTPUT_EXISTS, OUTPUT_WRITE.
 */
function targetsOf({ path, plan }: EvidenceFolder): { readonly targets: readonly OutputTarget[]; readonly others: readonly string[] } {
  const { statements, documents, isSigned, force, isOwn } = plan;
  const [ending, otherEnding] = isSigned ? [ENDINGS.signed, ENDINGS.unsigned] : [ENDINGS.unsigned, ENDINGS.signed];
  const target = (name: string): OutputTarget =>
    openTarget(join(path, name), {
      what: "piece of evidence",
      force,
      isSameKind: (bytes) => isOwn(name, bytes),
      maxBytes: MAX_EVIDENCE,
    });
  const others = statements.map((name) => join(path, `${name}${otherEnding}`)).filter((file) => existsSync(file));
  const [first] = others;
  if (first !== undefined && !force) {
    const [was, is] = isSigned ? ["unsigned", "signed"] : ["signed", "unsigned"];
    throw new AssayError("OUTPUT_EXISTS", `${first} is ${was} evidence of another check: ${is} evidence is not put beside it`, {
      remedy: "replace-output",
    });
  }
  for (const other of others) target(basename(other));
  return { targets: [...statements.map((name) => target(`${name}${ending}`)), ...documents.map(target)], others };
}
