import { createPublicKey } from "node:crypto";
import type { SignedThing } from "./entry-bodies.ts";
import { readProposalV1, type Proposal } from "./entry-requests.ts";
import { type Answer, json, LoopbackServer, type Received } from "./loopback-server.ts";
import { leafHash } from "./merkle-tree.ts";
import type { RekorV1 } from "./rekor-v1.ts";
import type { EntryRecipe, LogEntryJson } from "./transparency-log.ts";

/** What a log may do otherwise than asked. */
export interface LogRecipe extends EntryRecipe {
  /** What is logged in place of what was sent. */
  readonly logged?: (thing: SignedThing) => SignedThing;
}

/** The tree's number in 16 hexadecimal digits, then the leaf's hash. */
const TREE = "000000000001e240";

/** https://github.com/sigstore/rekor/blob/main/openapi.yaml */
export function rekorV1Server(rekor: RekorV1, record: Received[], recipe: () => LogRecipe, now: () => Date): LoopbackServer {
  const byId = new Map<string, LogEntryJson>();
  return new LoopbackServer("rekor-v1", record, ({ method, url, body }) => {
    const path = url.pathname;
    if (method === "POST" && path === "/api/v1/log/entries") return add(rekor, body, byId, recipe(), now());
    if (method === "GET" && path === "/api/v1/log") return state(rekor, now());
    if (method === "GET" && path === "/api/v1/log/publicKey") return publicKeyOf(rekor);
    const id = /^\/api\/v1\/log\/entries\/([0-9a-f]+)$/.exec(path)?.[1] ?? "";
    const entry = byId.get(id.length === 64 ? TREE + id : id);
    return method === "GET" && entry !== undefined ? json(200, entryAnswer(id, entry)) : json(404, { code: 404, message: "not found" });
  });
}

function publicKeyOf({ log }: RekorV1): Answer {
  const body = createPublicKey(log.key).export({ type: "spki", format: "pem" });
  return { status: 200, headers: { "content-type": "application/x-pem-file" }, body };
}

function add(rekor: RekorV1, body: Buffer, byId: Map<string, LogEntryJson>, { logged, ...recipe }: LogRecipe, at: Date): Answer {
  let proposal: Proposal;
  try {
    proposal = readProposalV1(JSON.parse(body.toString()) as Record<string, unknown>);
  } catch (error) {
    return json(400, { code: 400, message: `error processing entry: ${(error as Error).message}` });
  }
  const duplicate = idOf(rekor, proposal);
  const location = (id: string): Record<string, string> => ({ location: `/api/v1/log/entries/${id}`, etag: id });
  if (byId.has(duplicate)) {
    const message = `an equivalent entry already exists in the transparency log with UUID ${duplicate}`;
    return json(409, { code: 409, message }, location(duplicate));
  }
  const entry = rekor.add(proposal.kind, logged?.(proposal.thing) ?? proposal.thing, at, recipe);
  byId.set(duplicate, entry);
  return json(201, entryAnswer(duplicate, entry), location(duplicate));
}

function idOf(rekor: RekorV1, { kind, thing }: Proposal): string {
  return TREE + Buffer.from(leafHash(rekor.body(kind, thing))).toString("hex");
}

/** Rekor v1 writes the hashes of the proof in hexadecimal, and numbers as numbers. */
function entryAnswer(id: string, entry: LogEntryJson): unknown {
  const hex = (base64: string): string => Buffer.from(base64, "base64").toString("hex");
  const proof = entry.inclusionProof;
  return {
    [id]: {
      body: entry.canonicalizedBody,
      integratedTime: Number(entry.integratedTime),
      logID: hex(entry.logId.keyId),
      logIndex: Number(entry.logIndex),
      verification: {
        signedEntryTimestamp: entry.inclusionPromise?.signedEntryTimestamp,
        ...(proof === undefined
          ? {}
          : {
              inclusionProof: {
                checkpoint: proof.checkpoint?.envelope,
                hashes: proof.hashes.map(hex),
                logIndex: Number(proof.logIndex),
                rootHash: hex(proof.rootHash),
                treeSize: Number(proof.treeSize),
              },
            }),
      },
    },
  };
}

function state({ log }: RekorV1, at: Date): Answer {
  const signedTreeHead = log.checkpoint(at, { checkpointHash: "sha256" });
  return json(200, { rootHash: Buffer.from(log.root).toString("hex"), treeSize: log.entries.length, signedTreeHead, treeID: "123456" });
}
