import { withCrew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { withModel, type LocalModel } from "../source/open-model.ts";
import type { WalkOptions } from "../source/options.ts";
import { isRemoteReference } from "../source/reference.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { signatureAside } from "../source/signature-aside.ts";
import type { SerializationOptions } from "../statement/serialization.ts";
import { digestWalked } from "./digest-walked.ts";
import type { Digested } from "./results.ts";

/** What is left out of a model, and how it is hashed. */
export interface DigestOptions extends WalkOptions, WorkOptions, SerializationOptions, RemoteOptions {
  /** The signature that is not part of the model. Without it, the only one in the model under a usual name. */
  readonly signature?: string;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * A model's identity before anyone signs: the root digest that `sign` would record (OMS section 6.5.1)
 * and the manifest digest, which covers names too.
 *
 * `model` is a directory, a file, one that was opened, or the reference of one on a hub. The signature in the model is left out, as `sign` and
 * `verify` do, so that the digest is the same before and after signing: only a file that is a bundle, and it is in
 * `notCovered`. Throws what walking and hashing throw.
 */
export async function digest(model: string | LocalModel, options: DigestOptions = {}): Promise<Digested> {
  if (typeof model === "string" && isRemoteReference(model)) {
    const [{ withRemote }, { digestRemote }] = await Promise.all([import("./remote/open-remote.ts"), import("./remote/digest-remote.ts")]);
    return withRemote(model, options, async (opened) => digestRemote(opened, options));
  }
  return withModel(model, options.cwd, async (opened) => {
    const path = opened.place.given;
    const { excludedFile, seen, warnings } = signatureAside(path, options.signature, opened.cwd);
    return withCrew(options.threads, path, async (crew) => {
      const inventory = await opened.inventory({ ...options, signature: excludedFile, seen });
      const digested = await digestWalked(inventory, { ...options, crew });
      return { ...digested, warnings: [...warnings, ...digested.warnings] };
    });
  });
}
