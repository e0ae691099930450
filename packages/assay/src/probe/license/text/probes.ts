import type { PackedTemplate } from "./texts.ts";

/**
 * Licenses that a text can be: those whose probe, a piece of letters that all texts of the license hold, is in it. One
 * pass over the text for all of them, by a hash that rolls over so many letters; the probe itself is compared then.
 */
export function possibleLicenses(letters: string, texts: readonly PackedTemplate[]): PackedTemplate[] {
  const { byHash, short } = probesOf(texts);
  const found = new Set<PackedTemplate>(short);
  let hash = 0;
  for (let at = 0; at < letters.length; at++) {
    hash = (Math.imul(hash, BASE) + letters.charCodeAt(at)) | 0;
    if (at >= WINDOW) hash = (hash - Math.imul(letters.charCodeAt(at - WINDOW), LEAVING)) | 0;
    if (at < WINDOW - 1) continue;
    for (const packed of byHash.get(hash) ?? []) if (letters.startsWith(packed.probe, at - WINDOW + 1)) found.add(packed);
  }
  return texts.filter((packed) => found.has(packed));
}

/** Letters that are hashed; the beginning of a probe. */
const WINDOW = 16;
const BASE = 0x01_00_01_93;
/** What a letter weighs when it leaves the window: the base to the power of its length. */
const LEAVING = Array.from({ length: WINDOW }).reduce((power: number) => Math.imul(power, BASE), 1);

interface Probes {
  readonly byHash: ReadonlyMap<number, readonly PackedTemplate[]>;
  /** Those with too short a probe: any text may be one. */
  readonly short: readonly PackedTemplate[];
}

const known = new WeakMap<readonly PackedTemplate[], Probes>();

function probesOf(texts: readonly PackedTemplate[]): Probes {
  let probes = known.get(texts);
  if (probes === undefined) {
    const long = texts.filter(({ probe }) => probe.length >= WINDOW);
    probes = { byHash: Map.groupBy(long, ({ probe }) => hashOf(probe)), short: texts.filter(({ probe }) => probe.length < WINDOW) };
    known.set(texts, probes);
  }
  return probes;
}

function hashOf(probe: string): number {
  let hash = 0;
  for (let at = 0; at < WINDOW; at++) hash = (Math.imul(hash, BASE) + probe.charCodeAt(at)) | 0;
  return hash;
}
