import { AssayError } from "../../core/error.ts";
import { jsonAnswer } from "../../network/json-answer.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { secureUrl } from "../secure-url.ts";
import type { AmbientSystem, ObtainToken } from "./system.ts";

const SERVICE = "the token service of GitHub Actions";
const MAX_BYTES = 256 * 1024;

/** GitHub Actions: the runner names a service and a token for it, if the workflow may have identity tokens at all. */
export function githubToken(audience: string, { environment, http }: AmbientSystem): ObtainToken | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = "", ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = "" } = environment;
  if (!environment["GITHUB_ACTIONS"] && address === "" && bearer === "") return undefined;
  if (address === "" || bearer === "") {
    const missing = address === "" ? "ACTIONS_ID_TOKEN_REQUEST_URL" : "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    throw new AssayError("IDENTITY_SOURCE_MISSING", `this GitHub Actions job may not have an identity token: ${missing} is not set`, {
      hint: 'Give the job "permissions: id-token: write" in the workflow. A run for a pull request from a fork cannot have it.',
    });
  }
  const url = secureUrl(address, "ACTIONS_ID_TOKEN_REQUEST_URL");
  url.searchParams.set("audience", audience);
  const request = {
    url: url.href,
    headers: { authorization: `bearer ${bearer}`, accept: "application/json" },
    maxBytes: MAX_BYTES,
    isSecret: true,
    service: SERVICE,
  };
  return async () => {
    const answer = await http.request(request);
    if (answer.status !== 200) throw serverRefusal(request, answer, { secrets: [bearer] });
    return jsonAnswer(answer, `answer of ${SERVICE}`, { secrets: [bearer] })
      .object()
      .require("value")
      .string();
  };
}
