import { createHash } from "node:crypto";
import { parseJson } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import { webUrl } from "../network/url.ts";

/** A Sigstore instance whose trusted root is kept up to date by TUF (The Update Framework). */
export interface SigstoreInstance {
  /** For people: `sigstore.dev`, or the host of a private repository. */
  readonly name: string;
  /** URL of the TUF repository: metadata is under it, files under its `targets/`. */
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

/** An instance that a caller names by its TUF repository. Throws USAGE for a malformed URL. */
export function repositoryInstance(repository: string, tufRoot: Uint8Array): SigstoreInstance {
  return { name: webUrl(repository).host, repository, tufRoot, shipped: undefined };
}

/**
 * Checks that a file that a caller names is root metadata of TUF by its form; its signatures are checked when it is
 * used. Throws USAGE: with another file nothing can be trusted, whatever the repository says.
 */
export function checkTufRoot(bytes: Uint8Array, file: string): void {
  try {
    const document = parseJson(bytes, { what: "file", shapeCode: "USAGE", maxDepth: 32, maxValues: 100_000 });
    const signed = document.require("signed");
    const type = signed.require("_type").string();
    if (type !== "root") signed.fail(`it is metadata of the role ${JSON.stringify(type.slice(0, 40))}, not of root`);
    for (const name of ["keys", "roles"] as const) signed.require(name).members();
    document.require("signatures").elements();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw badTufRoot(file, error.message);
  }
}

/** The error for root metadata that nothing can be checked from. */
export function badTufRoot(file: string, why: string): AssayError {
  return new AssayError("USAGE", `${file} is not the root metadata of a TUF repository: ${why}`, {
    hint: "get root.json from the people who run the repository, not from the repository alone",
  });
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
