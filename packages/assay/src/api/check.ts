import { basename, dirname, resolve } from "node:path";
import { shippedLicenses } from "../catalog/licenses.ts";
import { asAssayError, type AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { withCrew, type Crew } from "../hashing/crew.ts";
import { decide, undecided } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import type { DecisionKnowledge, Facts, LockFacts } from "../policy/facts.ts";
import { candidateEntries, matchingEntry } from "../policy/match.ts";
import type { PolicyEntry, RuleName, Rules } from "../policy/policy.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import { isRemoteReference, localReference, readReference, type ModelReference } from "../source/reference.ts";
import type { SourceFacts } from "../source/remote/remote-model.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { Turns } from "../source/turns.ts";
import { withoutGitPaths } from "../source/without-git-paths.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import { hashAndCompare } from "./check/compare-signed.ts";
import { advisoriesAbout, collectAdvisories } from "./check/find-advisories.ts";
import { factsOf, NOT_ASKED, type Answers } from "./check/gather-facts.ts";
import { lockFacts } from "./check/read-lock-file.ts";
import { loadPolicy, type LoadedPolicy } from "./check/load-policy.ts";
import { proveSigners, type ProvenSigners } from "./check/prove-signers.ts";
import { unusedOptions } from "./check/unused-options.ts";
import type { TrustMaterial } from "../trust/sigstore/trust-source.ts";
import type { FolderInspection } from "./inspect-folder.ts";
import type { ServerAccess } from "./instance.ts";
import type { AnyModel, OpenedModel } from "./opened/opened-model.ts";
import { modelNameOf, withOpened } from "./opened/with-opened.ts";
import type { Digested } from "./results.ts";
import { scanWalked, type Scan } from "./scan.ts";

/** How a model is checked. */
export interface CheckOptions extends Pick<WalkOptions, "allowSymlinks">, WorkOptions, RemoteOptions, Omit<ServerAccess, "signal"> {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The moment that certificates, windows, waivers and ages are compared with. Default: the clock. */
  readonly at?: Date;
  /** Where the model is published, of which this is a copy: `hf:owner/name@commit`. It is the caller's word. Default: where it is read. */
  readonly as?: string;
  /** The signature's path. Default: it is looked for, as `verify` does. */
  readonly signature?: string;
  /** The lock file, or what was read of one. Default: `assay.lock` beside the policy. */
  readonly lock?: string | LockFacts;
  /** Sources of advisories beside those that the policy names: OSV files, or folders of them. */
  readonly advisories?: readonly string[];
  /** A warning denies. Default false. */
  readonly failOnWarn?: boolean;
  /** Uses no network: the public instance's trusted root is the cached or the shipped one. Default false. */
  readonly offline?: boolean;
  /** Reads what no rule asks for too, for the evidence. Default false. */
  readonly isComplete?: boolean;
}

/** May a model be used, by one policy at one time, and what that rests on. */
export interface Check {
  /** Absolute path of the model, or its pinned reference. */
  readonly model: string;
  /** Where it was read, of one on a server that could be opened. */
  readonly source: SourceFacts | undefined;
  readonly kind: "directory" | "file";
  readonly reference: ModelReference;
  /** Whether the caller named the reference, or the model is read where it says. */
  readonly isReferenceGiven: boolean;
  readonly policy: LoadedPolicy;
  readonly decision: Decision;
  /** What the decision rests on; undefined where the model could not be read. */
  readonly facts: Facts | undefined;
  readonly digested: Digested | undefined;
  readonly signers: ProvenSigners | undefined;
  readonly scan: Scan | undefined;
  readonly inspection: FolderInspection | undefined;
  /** Why the model could not be read, and nothing was decided but that: INCOMPLETE. */
  readonly error: AssayError | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * May this model be used here? One decision by a policy, bound to the model's manifest digest. The model is opened and walked
 * once: signature, digests, scan and openness read the same files, and what could not be established is never a yes.
 *
 * `model` is a folder, a file or the reference of a model on a server, and hostile input; `policy` is a path, or a policy that was
 * loaded. A model that cannot be read is INCOMPLETE, with `error`; one whose server is caught in other bytes than it lists, or in
 * hostile names, is DENY. Throws only for the question: what `loadPolicy` throws, FILE_NOT_FOUND, USAGE, ABORTED.
 */
export async function check(model: AnyModel, policy: string | LoadedPolicy, options: CheckOptions = {}): Promise<Check> {
  const cwd = options.cwd ?? process.cwd();
  const loaded = typeof policy === "string" ? await loadPolicy(policy, cwd) : policy;
  const given = options.as === undefined ? undefined : readReference(options.as);
  const at = options.at ?? new Date();
  const checked = async <File extends FileInModel>(opened: OpenedModel<File>): Promise<Check> => {
    const { kind, source } = opened;
    const own = source === undefined ? localReference(opened.name) : readReference(source.pinned);
    const reference = given ?? own;
    const isReferenceGiven = given !== undefined || source !== undefined;
    const question = { model: opened, loaded, reference, options, at };
    const known = { model: opened.given, source, kind, reference, isReferenceGiven, policy: loaded };
    try {
      return { ...known, ...(await withCrew(options.threads, opened.given, async (crew) => checkOpened(question, crew))) };
    } catch (thrown) {
      return { ...known, ...notRead(question, answerable(thrown)) };
    }
  };
  try {
    return await withOpened(model, options, checked);
  } catch (thrown) {
    if (typeof model !== "string") throw thrown;
    // A server that does not answer, or not to this caller, is a model that cannot be read; so is what is neither a file nor a folder.
    const error = answerable(thrown);
    const isRemote = isRemoteReference(model);
    const reference = given ?? (isRemote ? readReference(model) : localReference(basename(resolve(cwd, model))));
    const known = {
      model: modelNameOf(model, cwd),
      source: undefined,
      kind: "directory" as const,
      reference,
      isReferenceGiven: isRemote || given !== undefined,
      policy: loaded,
    };
    return { ...known, ...notRead({ loaded, at }, error) };
  }
}

/** What is thrown about the model is an answer, and what is about the question is thrown on. */
function answerable(thrown: unknown): AssayError {
  const error = asAssayError(thrown);
  if (error.outcome === "usage" || error.code === "ABORTED" || error.code === "INTERNAL") throw error;
  return error;
}

/** Read only where a rule asks about licenses. */
const KNOWLEDGE: DecisionKnowledge = {
  get licenses() {
    return shippedLicenses();
  },
};

interface Question<File extends FileInModel> {
  readonly model: OpenedModel<File>;
  readonly loaded: LoadedPolicy;
  readonly reference: ModelReference;
  readonly options: CheckOptions;
  readonly at: Date;
}

type Checked = Omit<Check, "model" | "source" | "kind" | "reference" | "isReferenceGiven" | "policy">;

async function checkOpened<File extends FileInModel>(question: Question<File>, crew: Crew): Promise<Checked> {
  const { model, loaded, reference, options, at } = question;
  const { policy } = loaded;
  const candidates = candidateEntries(policy, reference);
  const asked = askedRules([policy.always, ...candidates.map(({ rules }) => rules)]);
  // Both are read before the model: a wrong one ends the run at once.
  const places = { policyFolder: dirname(loaded.path), cwd: model.cwd };
  const isLockAsked = asked.has("pin") || options.lock !== undefined;
  const lock = isLockAsked ? await lockFacts(options.lock, places.policyFolder, model.cwd) : NOT_ASKED;
  const advisories = collectAdvisories([policy.always, ...candidates.map(({ rules }) => rules)], {
    ...places,
    given: options.advisories ?? [],
  });
  const aside = await model.signatureAside(options.signature);
  const signers = asksForSigner(asked) ? await prove(question, candidates, aside.seen) : undefined;
  const manifest = signers?.proof?.manifest;
  const inventory = await model.inventory({
    allowSymlinks: options.allowSymlinks ?? false,
    ignoreGitPaths: false,
    signature: aside.excludedFile,
    seen: aside.seen,
    signal: options.signal,
    // What the signer left out is part of the model all the same.
    ...(manifest === undefined ? {} : { signed: { ignorePaths: [], allowSymlinks: manifest.allowSymlinks, files: manifest.files } }),
  });
  const isInspected = asksForOpenness(asked) || options.isComplete === true;
  const read = Promise.all([
    scanWalked(model, inventory, options.signal === undefined ? {} : { signal: options.signal }),
    isInspected ? inspect(question, withoutGitPaths(inventory)) : Promise.resolve(undefined),
  ]);
  // A server might give parts of a file other than the whole: those that were read are looked for when the whole arrives.
  if (model.source !== undefined) await read;
  const [hashed, [scan, inspected]] = await together([hashAndCompare(inventory, manifest, { ...options, crew }, model), read]);
  await checkUnchanged(model, inventory, new Turns(options.signal));

  const { name, revision } = reference;
  const identity = { name, reference: reference.reference, manifestDigest: hashed.digested.manifestDigest, revision };
  const answers: Answers = { signers, ...hashed, risk: scan.risk, unlistedHost: unlistedHostOf(model), inspection: inspected };
  const entry = matchingEntry(policy, identity);
  const facts: Facts = {
    model: identity,
    ...factsOf(answers, entry, KNOWLEDGE),
    lock,
    advisories: asked.has("advisories") ? advisoriesAbout(advisories, hashed.digested, reference) : NOT_ASKED,
  };
  return {
    decision: decide(facts, policy, at, KNOWLEDGE, { failOnWarn: options.failOnWarn ?? false }),
    facts,
    digested: hashed.digested,
    signers,
    scan,
    inspection: inspected,
    error: undefined,
    warnings: [
      ...unusedOptions(options, policy.always, entry),
      ...aside.warnings,
      ...(signers?.warnings ?? []),
      ...hashed.digested.warnings,
      ...(inspected?.warnings ?? []),
    ],
  };
}

function unlistedHostOf({ source }: Pick<OpenedModel, "source">): string | undefined {
  return source?.kind === "https" ? source.host : undefined;
}

function askedRules(scopes: readonly (Rules | undefined)[]): ReadonlySet<RuleName> {
  const asked = new Set<RuleName>();
  for (const rules of scopes) {
    if (rules === undefined) continue;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of Rules are the names of rules
    for (const [name, rule] of Object.entries(rules) as [RuleName, unknown][]) if (rule !== undefined) asked.add(name);
  }
  return asked;
}

function asksForSigner(asked: ReadonlySet<RuleName>): boolean {
  return asked.has("signers") || asked.has("coverage") || asked.has("pin");
}

function asksForOpenness(asked: ReadonlySet<RuleName>): boolean {
  return asked.has("license") || asked.has("openness");
}

async function prove<File extends FileInModel>(
  { model, loaded, options, at }: Question<File>,
  candidates: readonly PolicyEntry[],
  seen: Parameters<typeof proveSigners>[3]["seen"],
): Promise<ProvenSigners> {
  let publicRoot: Promise<TrustMaterial> | undefined;
  return proveSigners(model, loaded.policy, candidates, {
    signature: options.signature,
    at,
    trust: loaded.trust,
    seen,
    // Once for all signers: a server that does not answer is waited for once.
    publicRoot: async () => (publicRoot ??= findPublicRoot(options)),
  });
}

async function findPublicRoot(options: CheckOptions): Promise<TrustMaterial> {
  // What reaches servers is not for a policy that trusts keys.
  const { findInstance } = await import("./instance.ts");
  return (await findInstance({ ...options, offline: options.offline ?? false })).material;
}

async function inspect<File extends FileInModel>({ model }: Question<File>, inventory: Inventory<File>): Promise<FolderInspection> {
  // The reader of cards is not for a policy that does not ask.
  const { inspectWalked } = await import("./inspect-folder.ts");
  return inspectWalked(model, inventory, KNOWLEDGE);
}

/** Waits for all, also where one fails: nothing may still read the model once it is closed. The first to fail is thrown. */
async function together<A, B>(works: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(works);
  return [await works[0], await works[1]];
}

/** What a server is caught in is an answer; that a model on this machine cannot be read is not one. */
const SERVER_CAUGHT: ReadonlySet<string> = new Set(["REMOTE_DIGEST", "REMOTE_NAME"]);

function notRead({ loaded, at }: { readonly loaded: LoadedPolicy; readonly at: Date }, error: AssayError): Checked {
  return {
    decision: undecided(loaded.policy, at, SERVER_CAUGHT.has(error.code) ? "deny" : "incomplete"),
    facts: undefined,
    digested: undefined,
    signers: undefined,
    scan: undefined,
    inspection: undefined,
    error,
    warnings: [],
  };
}
