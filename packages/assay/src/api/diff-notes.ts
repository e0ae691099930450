import type { Serialization } from "../statement/manifest.ts";
import type { Side } from "./diff-side.ts";

/** Differences that are not about files. */
export function notesOn(a: Side, b: Side): string[] {
  const notes: string[] = [];
  const compare = (what: string, ofA: string | undefined, ofB: string | undefined): void => {
    if (ofA !== undefined && ofB !== undefined && ofA !== ofB) notes.push(`${what}: ${ofA} -> ${ofB}`);
  };
  compare("signer", signerOf(a), signerOf(b));
  compare("method", a.said?.method, b.said?.method);
  compare("model name", a.said?.manifest.modelName, b.said?.manifest.modelName);
  compare("ignore paths", a.said?.manifest.ignorePaths.join(", "), b.said?.manifest.ignorePaths.join(", "));
  compare("links followed", followsLinks(a), followsLinks(b));
  compare("hashing", hashingOf(a.serialization), hashingOf(b.serialization));
  return notes;
}

function signerOf({ said }: Side): string | undefined {
  if (said === undefined) return undefined;
  return said.claimed.kind === "key" ? `key ${said.claimed.hint ?? "without a name"}` : said.claimed.subject;
}

function followsLinks({ said }: Side): string | undefined {
  if (said === undefined) return undefined;
  return said.manifest.allowSymlinks ? "yes" : "no";
}

function hashingOf(serialization: Serialization): string {
  const { method, hash } = serialization;
  return method === "files" ? `${hash}, whole files` : `${hash}, shards of ${serialization.shardSize} bytes`;
}
