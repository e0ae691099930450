import { createHash } from "node:crypto";
import { webUrl } from "../network/url.ts";

/** A Sigstore instance whose trusted root is kept up to date by TUF (The Update Framework). */
export interface SigstoreInstance {
  /** For people: `sigstore.dev`, or the host of a private repository. */
  readonly name: string;
  /** URL of the TUF repository: metadata lies under it, files under its `targets/`. */
  readonly repository: string;
  /** The TUF root metadata (`root.json`) that its updates are checked from: what makes the repository trusted. */
  readonly tufRoot: Uint8Array;
  /** What the package brings along, undefined for an instance that it does not know. */
  readonly shipped: ShippedTrust | undefined;
}

interface ShippedTrust {
  readonly trustedRoot: Uint8Array;
  readonly signingConfig: Uint8Array;
  /** When these were known to be current. */
  readonly date: Date;
}

/** An instance that a caller names by its TUF repository. Throws USAGE for a URL that is none. */
export function namedInstance(repository: string, tufRoot: Uint8Array): SigstoreInstance {
  return { name: webUrl(repository).host, repository, tufRoot, shipped: undefined };
}

/**
 * The name of the instance's own folder in a cache. For one that a caller names it depends on the root
 * metadata too: what was checked from one root must not answer for another.
 */
export function cacheName({ repository, tufRoot, shipped }: SigstoreInstance): string {
  const url = webUrl(repository);
  const place = encodeURIComponent(url.host + url.pathname.replace(/\/+$/u, "")).slice(0, 120);
  return shipped === undefined ? `${place}-${createHash("sha256").update(tufRoot).digest("hex").slice(0, 16)}` : place;
}
