import { AssayError } from "../../core/error.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import type { TrustMaterial, TrustSource } from "./trust-source.ts";

/** What a newer trusted root might answer otherwise: it lists logs and authorities that this one does not. */
const MAY_BE_NEWER: ReadonlySet<ErrorCode> = new Set([
  "LOG_UNKNOWN",
  "CT_LOG_UNKNOWN",
  "TIMESTAMP_AUTHORITY_UNKNOWN",
  "CERTIFICATE_PATH_NOT_FOUND",
]);

/**
 * Checks against a trusted root; where that may be outdated, what it does not list is "could not
 * tell" instead of a no. Throws TRUST_ROOT_STALE, and what `check` throws.
 */
export async function checkWith<Value>({ source }: TrustMaterial, check: () => Promise<Value>): Promise<Value> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof AssayError) || source.isCurrent || !MAY_BE_NEWER.has(error.code)) throw error;
    throw new AssayError("TRUST_ROOT_STALE", `${error.message}; that root is ${describeSource(source)}`, {
      cause: error,
      remedy: "refresh-root",
    });
  }
}

function describeSource({ kind, name, date, problem }: TrustSource): string {
  const origin = kind === "shipped" ? "the one that came with this Assay" : "a cached one";
  const when = date === undefined ? "" : `, of ${date.toISOString().slice(0, 10)}`;
  const refreshed = problem === undefined ? "" : `; it could not be refreshed: ${problem}`;
  return `${origin} (${name}${when}) and may be older than the signature${refreshed}`;
}
