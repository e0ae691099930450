import { withCrew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { WalkOptions } from "../source/options.ts";
import type { DigestOriginOptions, RemoteOptions } from "../source/remote/remote-options.ts";
import type { SerializationOptions } from "../statement/serialization.ts";
import { attestedWarnings } from "./attested-warning.ts";
import { digestWalked } from "./digest-walked.ts";
import { sourceOf, type AnyModel } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
import type { Digested } from "./results.ts";

/** What is left out of a model, and how it is hashed. */
export interface DigestOptions extends WalkOptions, WorkOptions, SerializationOptions, RemoteOptions, DigestOriginOptions {
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
export async function digest(model: AnyModel, options: DigestOptions = {}): Promise<Digested> {
  return withOpened(model, { ...options, remoteCache: options.cache }, async (opened) => {
    const { excludedFile, seen, warnings } = await opened.signatureAside(options.signature);
    return withCrew(options.threads, opened.given, async (crew) => {
      const inventory = await opened.inventory({ ...options, signature: excludedFile, seen });
      const digested = await digestWalked(inventory, { ...options, crew }, opened);
      const digestOrigins = opened.digestOrigins?.();
      return {
        ...digested,
        ...sourceOf(opened),
        ...(digestOrigins === undefined ? {} : { digestOrigins }),
        warnings: [...warnings, ...digested.warnings, ...attestedWarnings(opened)],
      };
    });
  });
}
