import type { TrustedRoot } from "./trusted-root.ts";

/** A trusted root, and where it came from. */
export interface TrustMaterial {
  readonly root: TrustedRoot;
  readonly source: TrustSource;
}

/** Where a trusted root comes from, and how old it is. */
export interface TrustSource {
  /**
   * `named`: a file or value of the caller's; `refreshed`: fetched from the instance just now; `cached`: fetched
   * earlier; `shipped`: came with this package.
   */
  readonly kind: "shipped" | "cached" | "refreshed" | "named";
  /** The instance, such as `sigstore.dev`, or the file. */
  readonly name: string;
  /** When it was known to be current; absent where nothing says. */
  readonly date: Date | undefined;
  /**
   * Whether what it does not list is to be refused. An older root may just not know the newest log: then
   * the answer is "could not tell".
   */
  readonly isCurrent: boolean;
  /** Why a newer root could not be had. */
  readonly problem?: string;
}
