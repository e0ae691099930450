import { resolve } from "node:path";
import { PAYLOAD_TYPE } from "../bundle/payload-type.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { ModelSigner, WitnessRequest } from "../signing/seal.ts";
import type { WalkOptions } from "../source/options.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { readStatement } from "../statement/read.ts";
import type { SerializationOptions } from "../statement/serialization.ts";
import { describeModel } from "./describe-model.ts";
import { sourceOf, type AnyModel, type AttachedBundle } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
import type { Signed } from "./results.ts";
import { openBundleTarget, sealAndWrite } from "./seal-statement.ts";

export { DEFAULT_SIGNATURE } from "../source/signature-names.ts";

/** Who signs a model, where the signature is written, and how the model is hashed. */
export interface SignOptions extends WalkOptions, WorkOptions, SerializationOptions, RemoteOptions {
  readonly signer: ModelSigner;
  /** Logs and timestamp authorities that are to see a signature by a key or certificate; keyless ones name their own. */
  readonly witnesses?: WitnessRequest;
  /** Where to write the bundle. Without it, nothing is written and the caller takes the bytes. */
  readonly signature?: string;
  /** Attach the bundle to the model, which is in a registry. Default false. */
  readonly attach?: boolean;
  /** Replace a file at `signature` that is not a Sigstore bundle. Default false. */
  readonly force?: boolean;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * Signs the bytes of a model. OMS specification, section 6.
 *
 * `model` is a directory, a file, the reference of a model on a server, or one that was opened. The bundle is Sigstore bundle v0.3; it is verified by the
 * code that verifies any other before it is attached or replaces an older one, and a failed or stopped run leaves that as it was.
 * The model is hashed before the signer is asked: a person who logs in does not wait, and no token expires meanwhile.
 * Throws what walking, hashing, the signer, its servers and writing throw.
 */
export async function sign(model: AnyModel, options: SignOptions): Promise<Signed> {
  const { signer, witnesses, signal, signature, attach = false, force = false, cwd = process.cwd() } = options;
  const target = signature === undefined ? undefined : openBundleTarget(resolve(cwd, signature), force);
  return withOpened(model, options, async (opened) => {
    if (attach && opened.attach === undefined) {
      throw new AssayError("USAGE", `a signature cannot be attached to ${opened.given}: it is not in a registry`);
    }
    const { payload, ...found } = await describeModel(opened, target?.path, options);
    const statement = { payloadType: PAYLOAD_TYPE, payload };
    const sealed = await sealAndWrite(statement, { signer, witnesses, target, signal, readBack: readStatement });
    const attached = attach ? await opened.attach?.(sealed.bundle) : undefined;
    return {
      model: opened.given,
      ...sourceOf(opened),
      path: target?.path,
      ...(attached === undefined ? {} : { attached: attached.reference }),
      bundle: sealed.bundle,
      replaced: target?.isSameKind ?? false,
      algorithm: signer.algorithm,
      signer: sealed.identity,
      evidence: sealed.evidence,
      manifest: sealed.content,
      totalBytes: found.totalBytes,
      notCovered: found.notCovered,
      warnings: [
        ...found.warnings,
        ...sealed.warnings,
        ...found.temporaries,
        ...severalEntries(sealed.tlogEntries.length),
        ...found.older,
        ...severalAttached(attached),
      ],
    };
  });
}

function severalAttached(attached: AttachedBundle | undefined): Warning[] {
  if (attached === undefined || attached.others.length === 0) return [];
  const message = `other signatures are attached to the model too, ${attached.others.join(", ")}: name the one to verify`;
  return [{ code: "SIGNATURE_IN_MODEL", message }];
}

function severalEntries(count: number): Warning[] {
  if (count < 2) return [];
  const message = `the signature holds ${count} log entries: Assay verifies each, and Python clients (sigstore, model_signing) refuse more than one`;
  return [{ code: "SEVERAL_LOG_ENTRIES", message }];
}
