import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { DigestOrigin, HashAlgorithm, WalkOptions, WorkOptions } from "../../index.ts";
import { VERSION } from "../../core/version.ts";
import type { CommandContext } from "../command.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { readCount, splitPathLists } from "../command-line/values.ts";

const MAX_THREADS = 1024;
const MAX_PARALLEL = 64;
const ORIGINS: readonly DigestOrigin[] = ["computed", "attested"];
const HASHES: readonly HashAlgorithm[] = ["sha256", "blake2b", "blake3"];

/** The options of every command that reads a model, for the library. Throws USAGE. */
export function readModelOptions(
  values: OptionValues,
  context: CommandContext,
  model: string,
): WalkOptions & WorkOptions & { readonly cwd: string } {
  const threads = values.text("threads");
  const cache = values.text("cache");
  const ignored = values.texts("ignore-paths");
  const exists = (path: string): boolean => [context.cwd, resolve(context.cwd, model)].some((folder) => existsSync(resolve(folder, path)));
  return {
    cwd: context.cwd,
    signal: context.signal,
    ignorePaths: ignored.length === 0 ? [] : splitPathLists(ignored, exists),
    ignoreGitPaths: values.flag("ignore-git-paths") ?? true,
    allowSymlinks: values.flag("allow-symlinks") ?? false,
    ...(threads === undefined ? {} : { threads: readCount("threads", threads, MAX_THREADS) }),
    ...(cache === undefined ? {} : { cache: resolve(context.cwd, cache) }),
    ...(context.onProgress === undefined ? {} : { onProgress: context.onProgress }),
  };
}

/** The options of every command that reads models on servers, for the library. Throws USAGE. */
export function readRemoteOptions(values: OptionValues): {
  readonly parallel?: number;
  readonly allowHosts?: readonly string[];
  readonly plainHttp?: boolean;
} {
  const parallel = values.text("parallel");
  const hosts = values.texts("allow-host").flatMap((list) => list.split(","));
  return {
    ...(parallel === undefined ? {} : { parallel: readCount("parallel", parallel, MAX_PARALLEL) }),
    ...(hosts.length === 0 ? {} : { allowHosts: hosts }),
    ...(values.flag("plain-http") === true ? { plainHttp: true } : {}),
  };
}

/** Whose word digests of a model on a server may be. */
export function readDigestOrigin(values: OptionValues): { readonly digests?: DigestOrigin } {
  const digests = ORIGINS.find((known) => known === values.text("digests"));
  return digests === undefined ? {} : { digests };
}

/** How the command reaches servers. */
export function serverAccess({ environment, signal }: CommandContext): {
  readonly environment: CommandContext["environment"];
  readonly signal: AbortSignal;
  readonly userAgent: string;
} {
  return { environment, signal, userAgent: `assay/${VERSION}` };
}

/** How files are to be hashed. Throws USAGE. */
export function readHashOptions(values: OptionValues): { readonly hash?: HashAlgorithm; readonly shardSize?: number } {
  const hash = HASHES.find((known) => known === values.text("hash"));
  const shardSize = values.text("shard-size");
  return {
    ...(hash === undefined ? {} : { hash }),
    ...(shardSize === undefined ? {} : { shardSize: readCount("shard-size", shardSize, Number.MAX_SAFE_INTEGER) }),
  };
}
