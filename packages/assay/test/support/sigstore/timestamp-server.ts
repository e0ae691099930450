import { boolean, oid } from "../der-writer.ts";
import { children, contentOf } from "./der-children.ts";
import { type Answer, json, LoopbackServer, type Received } from "./loopback-server.ts";
import type { HashName } from "./signing-keys.ts";
import { HASH_OIDS, timestampImprint, type TimestampAuthority, type TimestampRecipe } from "./timestamp-authority.ts";

/** RFC 3161 section 3.4, at POST /api/v1/timestamp as Sigstore's authority listens. */
export function timestampServer(
  tsa: TimestampAuthority,
  record: Received[],
  recipe: () => TimestampRecipe,
  now: () => Date,
): LoopbackServer {
  return new LoopbackServer("tsa", record, ({ method, url, headers, body }) => {
    if (method !== "POST" || url.pathname !== "/api/v1/timestamp") return json(404, { code: 404, message: "not found" });
    if (headers["content-type"] !== "application/timestamp-query") return json(415, { code: 415, message: "unsupported media type" });
    return answer(tsa, new Uint8Array(body), recipe(), now());
  });
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function answer(tsa: TimestampAuthority, request: Uint8Array, recipe: TimestampRecipe, at: Date): Answer {
  const [, imprint, ...optional] = children(request);
  const [algorithm, digest] = children(imprint!);
  const hash = (["sha256", "sha384", "sha512"] as HashName[]).find((name) => same(children(algorithm!)[0]!, oid(HASH_OIDS[name])));
  if (hash === undefined) return json(400, { code: 400, message: "unsupported hash algorithm" });
  const nonce = optional.find(([tag]) => tag === 0x02);
  const wantsCertificates = optional.some((element) => same(element, boolean(true)));
  const response = timestampImprint(tsa, hash, contentOf(digest!), at, {
    nonce: nonce === undefined ? null : BigInt(`0x${Buffer.from(contentOf(nonce)).toString("hex")}`),
    certificates: wantsCertificates ? "leaf" : "none",
    ...recipe,
  });
  return { status: 201, headers: { "content-type": "application/timestamp-reply" }, body: response };
}
