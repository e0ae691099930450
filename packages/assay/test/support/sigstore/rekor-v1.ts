import { newKey } from "../x509/make.ts";
import { entryBody, type EntryKind, type SignedThing } from "./entry-bodies.ts";
import { base64, canonicalJson } from "./octets.ts";
import { hashOf, signWith } from "./signing-keys.ts";
import { type EntryRecipe, type LogEntryJson, TransparencyLog } from "./transparency-log.ts";

export interface RekorV1 {
  readonly log: TransparencyLog;
  /** The canonical JSON of an entry, as the log would hold it. */
  body(kind: EntryKind, thing: SignedThing): Uint8Array;
  add(kind: EntryKind, thing: SignedThing, at: Date, recipe?: EntryRecipe): LogEntryJson;
}

/**
 * A log that promises inclusion at once, by a signed entry timestamp, with a time of its own:
 * https://github.com/sigstore/rekor. Names itself `rekor.test - 123456`: host and tree.
 *
 * Older trees of the same log are frozen, and their entries count in the index of the whole log.
 */
export function makeRekorV1(kind: Parameters<typeof newKey>[0] = "P-256", entriesOfOlderTrees = 1000): RekorV1 {
  const log = new TransparencyLog({ origin: "rekor.test - 123456", keyName: "rekor.test", key: newKey(kind) });
  return {
    log,
    body: (entryKind, thing) => Buffer.from(canonicalJson(entryBody(entryKind, thing))),
    add(entryKind, thing, at, recipe = {}) {
      const { entry, indexInTree } = log.append(entryKind, entryBody(entryKind, thing), at, { checkpointHash: "sha256", ...recipe });
      const logIndex = entriesOfOlderTrees + indexInTree;
      const integratedTime = recipe.integratedTime ?? Math.floor(at.getTime() / 1000);
      const payload = { body: entry.canonicalizedBody, integratedTime, logID: Buffer.from(log.logId).toString("hex"), logIndex };
      const signed = Buffer.from(canonicalJson(recipe.tamperSetPayload?.(payload) ?? payload));
      const key = recipe.setKey ?? log.key;
      // Rekor v1 signs over SHA-256, whatever the curve.
      const made = signWith(key, signed, key.asymmetricKeyType === "ed25519" ? hashOf(key) : "sha256");
      const set = recipe.tamperSet?.(made) ?? made;
      const whole: LogEntryJson = {
        ...entry,
        logIndex: String(logIndex),
        integratedTime: String(integratedTime),
        inclusionPromise: { signedEntryTimestamp: base64(set) },
      };
      return recipe.tamperEntry?.(whole) ?? whole;
    },
  };
}
