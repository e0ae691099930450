import { type Proposal, readProposalV2 } from "./entry-requests.ts";
import { type Answer, json, LoopbackServer, type Received } from "./loopback-server.ts";
import { treeRoot } from "./merkle-tree.ts";
import { vector } from "./octets.ts";
import type { LogRecipe } from "./rekor-v1-server.ts";
import type { RekorV2 } from "./rekor-v2.ts";

/** Writing: https://github.com/sigstore/rekor-tiles; reading: https://c2sp.org/tlog-tiles under /api/v2/. */
export function rekorV2Server(rekor: RekorV2, record: Received[], recipe: () => LogRecipe, now: () => Date): LoopbackServer {
  const known = new Map<string, number>();
  return new LoopbackServer("rekor-v2", record, ({ method, url, body }) => {
    if (method === "POST" && url.pathname === "/api/v2/log/entries") return add(rekor, body, known, recipe(), now());
    const path = method === "GET" && url.pathname.startsWith("/api/v2/") ? url.pathname.slice(8) : "";
    if (path === "checkpoint")
      return { status: 200, headers: { "content-type": "text/plain" }, body: rekor.log.checkpoint(now(), recipe()) };
    const bytes = path.startsWith("tile/") ? tile(path.slice(5), rekor.log.entries, rekor.log.leaves) : undefined;
    return bytes === undefined ? json(404, { code: 5, message: "Not Found" }) : { status: 200, body: bytes };
  });
}

function add(rekor: RekorV2, body: Buffer, known: Map<string, number>, { logged, ...recipe }: LogRecipe, at: Date): Answer {
  let proposal: Proposal;
  try {
    proposal = readProposalV2(JSON.parse(body.toString()) as Record<string, unknown>);
  } catch (error) {
    return json(400, { code: 3, message: (error as Error).message, details: [] });
  }
  const key = Buffer.from(rekor.body(proposal.kind, proposal.thing)).toString();
  const index = known.get(key);
  if (index !== undefined) {
    const message = `an equivalent entry already exists in the transparency log with index ${index}`;
    return json(409, { code: 6, message, details: [] }, { "x-log-index": String(index) });
  }
  known.set(key, rekor.log.entries.length);
  const entry = rekor.add(proposal.kind, logged?.(proposal.thing) ?? proposal.thing, at, recipe);
  return json(201, { ...entry, inclusionPromise: null });
}

const WIDTH = 256;

/** `<level>/<number>` of hashes or `entries/<number>`; a tile that is not full has `.p/<width>` behind it. */
function tile(path: string, entries: readonly Uint8Array[], leaves: readonly Uint8Array[]): Uint8Array | undefined {
  const [, level = "", number = "", partial] = /^(\d+|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d+))?$/.exec(path) ?? [];
  if (level === "") return undefined;
  const first = Number(number.replaceAll(/[x/]/g, "")) * WIDTH;
  const span = level === "entries" ? 1 : WIDTH ** Number(level);
  const width = Number(partial ?? WIDTH);
  if ((first + width) * span > entries.length) return undefined;
  const positions = Array.from({ length: width }, (_, at) => first + at);
  if (level === "entries") return Buffer.concat(positions.map((at) => vector(entries[at]!, 2)));
  return Buffer.concat(positions.map((at) => treeRoot(leaves.slice(at * span, (at + 1) * span))));
}
