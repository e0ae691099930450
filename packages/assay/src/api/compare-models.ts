import { asAssayError } from "../core/error.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { readPolicy } from "../policy/read-policy.ts";
import type { WalkOptions } from "../source/options.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { sha256Hex } from "../trust/fingerprint.ts";
import { check, type Check, type CheckOptions } from "./check.ts";
import { loadPolicy, type LoadedPolicy } from "./check/load-policy.ts";
import { inspectModel } from "./inspect.ts";
import type { AnyModel } from "./opened/opened-model.ts";
import { isRemoteReference, withOpenedServer } from "./opened/with-opened.ts";
import type { Inspection } from "./results.ts";

/** How models are compared. */
export interface CompareModelsOptions
  extends
    Pick<WalkOptions, "allowSymlinks">,
    WorkOptions,
    RemoteOptions,
    Pick<CheckOptions, "at" | "advisories" | "offline" | "environment"> {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/** One of the models to choose among. */
export interface ModelCandidate {
  /** As it was named. */
  readonly given: string;
  /** What was read of it; its decision is by the policy, where one was given. */
  readonly check: Check;
  /** What its signature says, with nothing of it verified; undefined without one; or why it cannot be read. */
  readonly claimed: Inspection["claimed"] | { readonly kind: "unreadable"; readonly why: string } | undefined;
}

/** Models side by side. */
export interface ModelComparison {
  readonly candidates: readonly ModelCandidate[];
  /** Undefined where none was given: then no decision of a candidate means anything. */
  readonly policy: LoadedPolicy | undefined;
}

/** Allows everything: what it decides is not shown. */
const NO_POLICY = 'version: 1\nname: none\nmodels:\n  - { match: { name: "**" }, rules: { load: any } }\n';

/**
 * Reads what people choose models by, of several models, each opened and walked once: signer, load risk, license, openness,
 * size, and what its card claims. With a policy each model is decided about too, as `check` does it.
 *
 * A model that cannot be read has `check.error`. Throws only for the question: what `check` throws.
 */
export async function compareModels(
  models: readonly string[],
  policy: string | LoadedPolicy | undefined,
  options: CompareModelsOptions = {},
): Promise<ModelComparison> {
  const cwd = options.cwd ?? process.cwd();
  const given = typeof policy === "string" ? await loadPolicy(policy, cwd) : policy;
  const loaded = given ?? (await withoutPolicy());
  const candidates: ModelCandidate[] = [];
  for (const model of models) {
    candidates.push(await candidateOf(model, loaded, { ...options, cwd }));
  }
  return { candidates, policy: given };
}

async function candidateOf(model: string, policy: LoadedPolicy, options: CompareModelsOptions): Promise<ModelCandidate> {
  const asked = { ...options, isComplete: true };
  try {
    return await withOpenedServer(model, options, async (opened) => ({
      given: model,
      check: await check(opened, policy, asked),
      claimed: await claimedBy(opened, options),
    }));
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (!isRemoteReference(model) || error.outcome === "usage" || error.code === "INTERNAL" || error.code === "ABORTED") throw error;
    // One that a server does not give is among the others all the same.
    return { given: model, check: await check(model, policy, asked), claimed: undefined };
  }
}

async function withoutPolicy(): Promise<LoadedPolicy> {
  const bytes = new TextEncoder().encode(NO_POLICY);
  const policy = await readPolicy(bytes, "none", { formats: [] });
  return { policy, path: "", digest: `sha256:${await sha256Hex(bytes)}`, files: [], trust: new Map() };
}

async function claimedBy(model: AnyModel, options: CompareModelsOptions): Promise<ModelCandidate["claimed"]> {
  try {
    return (await inspectModel(model, options)).claimed;
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "SIGNATURE_NOT_FOUND") return undefined;
    if (error.code === "INTERNAL" || error.code === "ABORTED") throw error;
    return { kind: "unreadable", why: error.message };
  }
}
