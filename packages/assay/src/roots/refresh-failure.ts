import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { shownUrl } from "../network/url.ts";
import type { SigstoreInstance } from "./instance.ts";

/**
 * What a refresh failed for, from what tuf-js threw. Of a failed download it passes on no more than a
 * text, so that `download` is the error that the download itself ended with.
 */
export function refreshFailure(error: unknown, download: AssayError | undefined, instance: SigstoreInstance): AssayError {
  if (error instanceof AssayError) return error;
  if (download !== undefined) return download;
  if (/^E[A-Z]+$/u.test(systemCode(error) ?? "")) return cannotWork(instance, error);
  return new AssayError("SERVER_ANSWER", `the TUF repository ${shownUrl(instance.repository)} is refused: ${reasonOf(error)}`, {
    cause: error,
  });
}

/** This machine is the obstacle: no place for files. */
export function cannotWork({ name }: SigstoreInstance, cause: unknown): AssayError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AssayError("TRUST_UNAVAILABLE", `the trusted root of ${name} cannot be refreshed here: ${why}`, { cause });
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof SyntaxError || /\bSyntaxError\b/u.test(text)) return "it answers with something that is not JSON";
  // A word of the library's own, and the name of the error's class.
  return text.replace(/^Unable to load \w+(?: metadata)? error (?:Error: )?/u, "").slice(0, 200);
}
