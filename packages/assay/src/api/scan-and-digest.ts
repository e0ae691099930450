import { withCrew, type Crew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { FileInModel } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import { readReference, type ModelReference } from "../source/reference.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { Turns } from "../source/turns.ts";
import { withoutGitPaths } from "../source/without-git-paths.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import { digestWalked } from "./digest-walked.ts";
import { sourceOf, type AnyModel, type OpenedModel } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
import type { Digested } from "./results.ts";
import { scanWalked, type Scan } from "./scan.ts";

/** How a model is scanned and hashed. */
export interface ScanAndDigestOptions extends Pick<WalkOptions, "allowSymlinks">, WorkOptions, RemoteOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** Where the model is published, of which this is a copy: `hf:owner/name@commit`. It is the caller's word. Default: where it is read. */
  readonly as?: string | undefined;
}

/** What happens when a model is loaded, and of which bytes that is said. */
export interface ScanWithDigests {
  readonly scan: Scan;
  readonly digested: Digested;
  /** Undefined for a model that is only known by its bytes. */
  readonly published: PublishedSource | undefined;
}

/** A model at a hub. */
export interface PublishedSource {
  /** `pkg:huggingface/owner/name`, without a version. */
  readonly purl: string;
  /** The address of its repository. */
  readonly url: string;
  readonly revision: string | undefined;
}

/**
 * Scans a model and hashes it, in one walk: for a report about exactly these bytes. The digests are those of `check`. Throws
 * USAGE for a reference that cannot be read, and what `scan` and `digest` throw.
 */
export async function scanAndDigest(model: AnyModel, options: ScanAndDigestOptions = {}): Promise<ScanWithDigests> {
  const named = options.as === undefined ? undefined : readReference(options.as);
  return withOpened(model, options, async (opened) => {
    const reference = named ?? (opened.source === undefined ? undefined : readReference(opened.source.pinned));
    const published = reference === undefined ? undefined : publishedSource(reference);
    return withCrew(options.threads, opened.given, async (crew) => ({ ...(await walked(opened, options, crew)), published }));
  });
}

async function walked<File extends FileInModel>(
  model: OpenedModel<File>,
  options: ScanAndDigestOptions,
  crew: Crew,
): Promise<Omit<ScanWithDigests, "published">> {
  const { allowSymlinks = false, signal } = options;
  const aside = await model.signatureAside(undefined);
  const inventory = await model.inventory({
    allowSymlinks,
    ignoreGitPaths: false,
    signature: aside.excludedFile,
    seen: aside.seen,
    signal,
  });
  const scan = await scanWalked(model, inventory, signal === undefined ? {} : { signal });
  const digested = await digestWalked(withoutGitPaths(inventory), { ...options, crew }, model);
  await checkUnchanged(model, inventory, new Turns(signal));
  return { scan: { ...scan, ...sourceOf(model) }, digested };
}

function publishedSource({ reference, name, purl, revision }: ModelReference): PublishedSource | undefined {
  if (purl === undefined || !reference.startsWith("hf:")) return undefined;
  return { purl: purl.replace(/@.*$/, ""), url: `https://huggingface.co/${name}`, revision };
}
