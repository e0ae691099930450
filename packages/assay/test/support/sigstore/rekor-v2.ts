import { newKey } from "../x509/make.ts";
import { entryBody, type EntryKind, type SignedThing } from "./entry-bodies.ts";
import { canonicalJson } from "./octets.ts";
import { type EntryRecipe, type LogEntryJson, TransparencyLog } from "./transparency-log.ts";

export interface RekorV2 {
  readonly log: TransparencyLog;
  /** The canonical JSON of an entry, as the log would hold it. */
  body(kind: EntryKind, thing: SignedThing): Uint8Array;
  add(kind: EntryKind, thing: SignedThing, at: Date, recipe?: EntryRecipe): LogEntryJson;
}

/**
 * A log of tiles, which answers once the entry is in a signed tree, and claims no time:
 * https://github.com/sigstore/rekor-tiles. Its origin and its key's name are its host.
 */
export function makeRekorV2(kind: Parameters<typeof newKey>[0] = "Ed25519"): RekorV2 {
  const log = new TransparencyLog({ origin: "rekor2.test", keyName: "rekor2.test", key: newKey(kind) });
  return {
    log,
    body: (entryKind, thing) => Buffer.from(canonicalJson(entryBody(entryKind, thing))),
    add(entryKind, thing, at, recipe = {}) {
      const { entry } = log.append(entryKind, entryBody(entryKind, thing), at, recipe);
      const whole: LogEntryJson = { ...entry, integratedTime: String(recipe.integratedTime ?? 0) };
      return recipe.tamperEntry?.(whole) ?? whole;
    },
  };
}
