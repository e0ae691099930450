import { withCrew, type Crew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { withModel, type LocalModel } from "../source/open-model.ts";
import type { WalkOptions } from "../source/options.ts";
import { readReference, type ModelReference } from "../source/reference.ts";
import { checkUnchanged } from "../source/second-look.ts";
import { signatureAside } from "../source/signature-aside.ts";
import { Turns } from "../source/turns.ts";
import { withoutGitPaths } from "../source/without-git-paths.ts";
import { digestWalked } from "./digest-walked.ts";
import type { Digested } from "./results.ts";
import { scanWalked, type Scan } from "./scan.ts";

/** How a model is scanned and hashed. */
export interface ScanAndDigestOptions extends Pick<WalkOptions, "allowSymlinks">, WorkOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** Where the model is published, of which this is a copy: `hf:owner/name@commit`. It is the caller's word. */
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
export async function scanAndDigest(model: string | LocalModel, options: ScanAndDigestOptions = {}): Promise<ScanWithDigests> {
  const published = options.as === undefined ? undefined : publishedSource(readReference(options.as));
  return withModel(model, options.cwd, async (opened) =>
    withCrew(options.threads, opened.place.root, async (crew) => ({ ...(await walked(opened, options, crew)), published })),
  );
}

async function walked(model: LocalModel, options: ScanAndDigestOptions, crew: Crew): Promise<Omit<ScanWithDigests, "published">> {
  const { allowSymlinks = false, signal } = options;
  const aside = signatureAside(model.place.given, undefined, model.cwd);
  const inventory = await model.inventory({
    allowSymlinks,
    ignoreGitPaths: false,
    signature: aside.excludedFile,
    seen: aside.seen,
    signal,
  });
  const scan = await scanWalked(model, inventory, signal === undefined ? {} : { signal });
  const digested = await digestWalked(withoutGitPaths(inventory), { ...options, crew });
  await checkUnchanged(inventory, new Turns(signal));
  return { scan, digested };
}

function publishedSource({ reference, name, purl, revision }: ModelReference): PublishedSource | undefined {
  if (purl === undefined || !reference.startsWith("hf:")) return undefined;
  return { purl: purl.replace(/@.*$/, ""), url: `https://huggingface.co/${name}`, revision };
}
