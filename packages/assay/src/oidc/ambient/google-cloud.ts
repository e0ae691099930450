import { AssayError } from "../../core/error.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../network/http.ts";
import { jsonAnswer } from "../../network/json-answer.ts";
import { serverRefusal } from "../../network/refusal.ts";
import type { AmbientSystem, ObtainToken } from "./system.ts";

const PRODUCT_NAME_FILE = "/sys/class/dmi/id/product_name";
const PRODUCT_NAMES: ReadonlySet<string> = new Set(["Google", "Google Compute Engine"]);
const METADATA_HOST = "metadata.google.internal";
const CREDENTIALS = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts";
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const ACCOUNT = /^[\w.@-]{1,320}$/;
const MAX_BYTES = 256 * 1024;
/** The metadata server is on the machine itself, or it is not there. */
const METADATA_TIMEOUT_MS = 5000;

/**
 * Google Cloud: the machine's metadata server knows its service account's identity. With
 * GOOGLE_SERVICE_ACCOUNT_NAME, that of another account which the machine's own may act for.
 */
export async function googleCloudToken(audience: string, system: AmbientSystem): Promise<ObtainToken | undefined> {
  const account = system.environment["GOOGLE_SERVICE_ACCOUNT_NAME"] ?? "";
  if (account !== "") return () => impersonate(account, audience, system);
  const product = (await system.readText(PRODUCT_NAME_FILE))?.trim() ?? "";
  if (!PRODUCT_NAMES.has(product)) return undefined;
  return async () => {
    const answer = await askMetadata(system, "identity", { audience, format: "full" });
    return new TextDecoder().decode(answer.body).trim();
  };
}

async function impersonate(account: string, audience: string, system: AmbientSystem): Promise<string> {
  if (!ACCOUNT.test(account)) throw new AssayError("USAGE", "GOOGLE_SERVICE_ACCOUNT_NAME is not the e-mail address of a service account");
  const own = await askMetadata(system, "token", { scopes: SCOPE });
  const access = jsonAnswer(own, "answer of Google's metadata server").object().require("access_token").string();
  const request = {
    url: `${CREDENTIALS}/${encodeURIComponent(account)}:generateIdToken`,
    method: "POST",
    headers: { authorization: `Bearer ${access}`, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ audience, includeEmail: true }),
    maxBytes: MAX_BYTES,
    service: "Google's service account credentials",
  } as const;
  const answer = await ask(system.http, request, [access]);
  return jsonAnswer(answer, `answer of ${request.service}`, { secrets: [access] })
    .object()
    .require("token")
    .string();
}

async function askMetadata(system: AmbientSystem, what: string, query: Record<string, string>): Promise<HttpAnswer> {
  const host = system.environment["GCE_METADATA_HOST"] || METADATA_HOST;
  const request = {
    url: `http://${host}/computeMetadata/v1/instance/service-accounts/default/${what}?${new URLSearchParams(query).toString()}`,
    headers: { "metadata-flavor": "Google" },
    maxBytes: MAX_BYTES,
    timeoutMs: METADATA_TIMEOUT_MS,
    service: "Google's metadata server",
  };
  const answer = await ask(system.directHttp, request, []);
  // Another server under this name (a provider's catch-all, a proxy) does not send the header.
  if (answer.headers.get("metadata-flavor") === "Google") return answer;
  throw new AssayError("SERVER_ANSWER", `${host} does not answer as Google's metadata server does`);
}

async function ask(http: HttpClient, request: HttpRequest, secrets: readonly string[]): Promise<HttpAnswer> {
  const answer = await http.request(request);
  if (answer.status !== 200) throw serverRefusal(request, answer, { secrets });
  return answer;
}
