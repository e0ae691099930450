import { type KeyObject, randomBytes } from "node:crypto";
import { auditPath, leafHash, treeRoot } from "./merkle-tree.ts";
import { base64, canonicalJson } from "./octets.ts";
import { checkpointBody, cosign, noteKeyHash, signNote, type Witness } from "./signed-note.ts";
import type { EntryKind } from "./entry-bodies.ts";
import type { HashName } from "./signing-keys.ts";

/** An entry as bundles hold it, in protobuf's JSON. */
export interface LogEntryJson {
  logIndex: string;
  logId: { keyId: string };
  kindVersion: { kind: string; version: string };
  integratedTime?: string;
  inclusionPromise?: { signedEntryTimestamp: string };
  inclusionProof?: InclusionProofJson;
  canonicalizedBody: string;
}

export interface InclusionProofJson {
  logIndex: string;
  rootHash: string;
  treeSize: string;
  hashes: string[];
  checkpoint?: { envelope: string };
}

/** What a test may want otherwise at each step of logging; every hook gets what would be and gives what shall be. */
export interface EntryRecipe {
  /** The body before it becomes canonical JSON; the tree, the SET and the bundle then all hold the changed one. */
  readonly tamperBody?: (body: Record<string, unknown>) => unknown;
  /** The body's bytes, likewise. */
  readonly tamperBodyBytes?: (body: Uint8Array) => Uint8Array;
  readonly integratedTime?: number;
  /** The lines of the checkpoint before they are signed. */
  readonly tamperCheckpointBody?: (body: string) => string;
  /** Lines after the root, such as Rekor v1 once wrote: `Timestamp: …`. */
  readonly checkpointExtensions?: readonly string[];
  /** The whole signed note. */
  readonly tamperCheckpoint?: (note: string) => string;
  readonly checkpointKey?: KeyObject;
  readonly checkpointHash?: HashName;
  readonly checkpointName?: string;
  readonly witnesses?: readonly Witness[];
  readonly tamperProof?: (proof: InclusionProofJson) => InclusionProofJson;
  /** Rekor v1 only: what the SET is over. */
  readonly tamperSetPayload?: (payload: SetPayload) => unknown;
  readonly tamperSet?: (signature: Uint8Array) => Uint8Array;
  readonly setKey?: KeyObject;
  /** The finished entry. */
  readonly tamperEntry?: (entry: LogEntryJson) => LogEntryJson;
}

export interface SetPayload {
  body: string;
  integratedTime: number;
  logID: string;
  logIndex: number;
}

export interface LogSettings {
  /** What the checkpoint's first line says. */
  readonly origin: string;
  /** The name of the key on the checkpoint's signature line. */
  readonly keyName: string;
  readonly key: KeyObject;
  /** How many entries others made before; so that proofs are not empty. */
  readonly fillers?: number;
}

export interface Logged {
  readonly entry: LogEntryJson;
  readonly body: Uint8Array;
  readonly indexInTree: number;
}

/** An append-only log: a Merkle tree whose state is signed. What both versions of Rekor have in common. */
export class TransparencyLog {
  readonly origin: string;
  readonly keyName: string;
  readonly key: KeyObject;
  readonly logId: Uint8Array;
  /** What the log holds, the oldest first. */
  readonly entries: Uint8Array[];
  readonly #leaves: Uint8Array[] = [];

  constructor({ origin, keyName, key, fillers = 5 }: LogSettings) {
    this.origin = origin;
    this.keyName = keyName;
    this.key = key;
    this.logId = noteKeyHash(keyName, key);
    this.entries = Array.from({ length: fillers }, () => randomBytes(16));
  }

  /** The hash of each entry. */
  get leaves(): readonly Uint8Array[] {
    this.#leaves.push(...this.entries.slice(this.#leaves.length).map(leafHash));
    return this.#leaves;
  }

  get root(): Uint8Array {
    return treeRoot(this.leaves);
  }

  /** Puts a body in, and another signer's after it, so that the proof has both kinds of hashes. */
  append(kind: EntryKind, original: Record<string, unknown>, at: Date, recipe: EntryRecipe): Logged {
    const plain = new TextEncoder().encode(canonicalJson(recipe.tamperBody?.(original) ?? original));
    const body = recipe.tamperBodyBytes?.(plain) ?? plain;
    const indexInTree = this.entries.push(body) - 1;
    this.entries.push(randomBytes(16));
    const [kindName = "", version = ""] = kind.split(" ");
    const entry: LogEntryJson = {
      logIndex: String(indexInTree),
      logId: { keyId: base64(this.logId) },
      kindVersion: { kind: kindName, version },
      inclusionProof: this.#prove(indexInTree, at, recipe),
      canonicalizedBody: base64(body),
    };
    return { entry, body, indexInTree };
  }

  #prove(index: number, at: Date, recipe: EntryRecipe): InclusionProofJson {
    const proof: InclusionProofJson = {
      logIndex: String(index),
      rootHash: base64(this.root),
      treeSize: String(this.entries.length),
      hashes: auditPath(this.leaves, index).map(base64),
      checkpoint: { envelope: this.checkpoint(at, recipe) },
    };
    return recipe.tamperProof?.(proof) ?? proof;
  }

  /** The tree as it is now, signed by the log and by the recipe's witnesses. */
  checkpoint(at: Date, recipe: EntryRecipe = {}): string {
    const plain = checkpointBody(this.origin, this.entries.length, this.root, recipe.checkpointExtensions);
    const body = recipe.tamperCheckpointBody?.(plain) ?? plain;
    const own = signNote(body, recipe.checkpointName ?? this.keyName, recipe.checkpointKey ?? this.key, recipe.checkpointHash);
    const note = `${body}\n${own}${(recipe.witnesses ?? []).map((witness) => cosign(body, witness, at)).join("")}`;
    return recipe.tamperCheckpoint?.(note) ?? note;
  }
}
