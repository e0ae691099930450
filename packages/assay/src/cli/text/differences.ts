import type { Difference } from "../../index.ts";
import { shortDigest } from "./digests.ts";
import { escapeName, escapeText } from "./escape.ts";
import { more, MAX_LINES } from "./long-lists.ts";
import type { Block } from "./report.ts";
import { formatBytes, plural } from "./sizes.ts";

/** What the two sides of a comparison are called. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

export const SIGNED_AND_FOUND: Sides = { before: "signed", after: "found" };

const KINDS = ["changed", "missing", "renamed", "extra"] as const;

/** Every difference, by kind; of each kind the first twenty. */
export function differenceBlocks(differences: readonly Difference[], sides: Sides): Block[] {
  return KINDS.flatMap((kind) => {
    const ofKind = differences.filter((difference) => difference.kind === kind);
    return [...ofKind.slice(0, MAX_LINES).map((difference) => differenceBlock(difference, sides)), ...more(ofKind.length)];
  });
}

function differenceBlock(difference: Difference, sides: Sides): Block {
  switch (difference.kind) {
    case "changed":
      return item("changed", escapeName(difference.name), changedDetail(difference, sides));
    case "missing": {
      const absent = sides === SIGNED_AND_FOUND ? "not there" : `not in ${sides.after}`;
      const why = difference.why === undefined ? absent : escapeText(difference.why);
      const there = sides === SIGNED_AND_FOUND ? sides.before : `in ${sides.before}`;
      return item("missing", escapeName(difference.name), `${there}${sizeNote(difference.signedSize)}, ${why}`);
    }
    case "renamed":
      return item("renamed", `${escapeName(difference.name)} -> ${escapeName(difference.newName)}`, renamedDetail(difference, sides));
    case "extra": {
      const size = sizeNote(difference.foundSize);
      const what = sides === SIGNED_AND_FOUND ? `not signed${size}` : `in ${sides.after}${size}, not in ${sides.before}`;
      return item("extra", escapeName(difference.name), what);
    }
  }
}

/** Two names may look alike: then what differs is said, with the forms by name. */
function renamedDetail({ name, newName }: Extract<Difference, { kind: "renamed" }>, { before, after }: Sides): string {
  if (name.normalize("NFC") === newName.normalize("NFC")) {
    return `same bytes, same letters, other Unicode form (${unicodeForm(name)} ${before}, ${unicodeForm(newName)} ${after})`;
  }
  if (name.normalize("NFKC").toLowerCase() === newName.normalize("NFKC").toLowerCase()) {
    return "same bytes, another name that looks like it (upper and lower case, or letters of another form)";
  }
  return "same bytes, another name";
}

function unicodeForm(name: string): string {
  if (name === name.normalize("NFC")) return name === name.normalize("NFD") ? "plain" : "NFC";
  return name === name.normalize("NFD") ? "NFD" : "neither NFC nor NFD";
}

function changedDetail(difference: Extract<Difference, { kind: "changed" }>, sides: Sides): string {
  const { signedDigest, foundDigest, signedSize, foundSize, shards } = difference;
  const digests = `${sides.before} ${shortDigest(signedDigest)}, ${sides.after} ${shortDigest(foundDigest)}`;
  const bothSizes = signedSize !== undefined && foundSize !== undefined && signedSize !== foundSize;
  const sizes = bothSizes
    ? ` (${sides.before} ${formatBytes(signedSize)}, ${sides.after} ${formatBytes(foundSize)})`
    : sizeNote(foundSize ?? signedSize);
  if (shards === undefined) return `${digests}${sizes}`;
  return `${shards.changed} of ${plural(shards.total, "piece")} differ, the first: ${digests}${sizes}`;
}

function sizeNote(size: number | undefined): string {
  return size === undefined ? "" : ` (${formatBytes(size)})`;
}

function item(label: string, name: string, detail: string): Block {
  return { kind: "item", label, name, detail, tone: "bad" };
}
