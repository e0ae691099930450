import { AssayError } from "../../core/error.ts";
import type { Remedy } from "../../core/remedies.ts";
import type { HttpClient } from "../../network/http.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { urlUnder, webUrl } from "../../network/url.ts";
import { type SelectedLog, type SelectedServices, withProvenTime } from "./select-services.ts";

/** Services that a caller names one by one. */
export interface ServiceUrls {
  readonly fulcioUrl?: string | undefined;
  readonly oidcIssuer?: string | undefined;
  readonly rekorUrl?: string | undefined;
  /** The whole URL, for example `https://timestamp.example.com/api/v1/timestamp`. */
  readonly timestampUrl?: string | undefined;
}

/**
 * The services to sign with: each as the caller names it, else as the configuration has it. Which API a
 * log that is named speaks is asked of the log itself.
 *
 * Throws USAGE for a malformed URL, SIGNING_CONFIG_INVALID where a service is neither named nor
 * configured, and what asking the log throws.
 */
export async function servicesFromUrls(
  urls: ServiceUrls,
  otherwise: SelectedServices | undefined,
  http: HttpClient,
): Promise<SelectedServices> {
  for (const url of Object.values(urls)) if (typeof url === "string") webUrl(url);
  const { fulcioUrl = otherwise?.fulcioUrl, oidcIssuer = otherwise?.oidcIssuer, rekorUrl, timestampUrl } = urls;
  if (fulcioUrl === undefined) throw unnamed("certificate authority", "name-certificate-authority");
  const logs = rekorUrl === undefined ? otherwise?.logs : [await detectLog(http, rekorUrl)];
  if (logs === undefined) throw unnamed("transparency log", "name-log");
  const timestampUrls = timestampUrl === undefined ? (otherwise?.timestampUrls ?? []) : [timestampUrl];
  const otherTimestampUrls = timestampUrl === undefined ? otherwise?.otherTimestampUrls : undefined;
  return withProvenTime({ fulcioUrl, oidcIssuer, logs, timestampUrls, otherTimestampUrls });
}

/** Rekor v1 tells the state of its tree at /api/v1/log; Rekor v2 has nothing there. */
export async function detectLog(http: HttpClient, url: string): Promise<SelectedLog> {
  const request = { url: urlUnder(url, "api/v1/log"), service: "the transparency log", headers: { accept: "application/json" } };
  const answer = await http.request(request);
  if (answer.status === 200) return { url, version: 1 };
  if (answer.status === 404 || answer.status === 405 || answer.status === 501) return { url, version: 2 };
  throw serverRefusal(request, answer);
}

function unnamed(what: string, remedy: Remedy): AssayError {
  return new AssayError("SIGNING_CONFIG_INVALID", `no signing configuration, and no ${what} is named`, { remedy });
}
