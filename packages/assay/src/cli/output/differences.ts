import type { Difference } from "../../index.ts";
import { more, MOST_LINES } from "./coverage.ts";
import { shortDigest } from "./digests.ts";
import { escapeName, escapeText } from "./escape.ts";
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
    return [...ofKind.slice(0, MOST_LINES).map((difference) => differenceBlock(difference, sides)), ...more(ofKind.length)];
  });
}

function differenceBlock(difference: Difference, sides: Sides): Block {
  switch (difference.kind) {
    case "changed":
      return item("changed", escapeName(difference.name), changedDetail(difference, sides));
    case "missing": {
      const why = difference.why === undefined ? "not there" : escapeText(difference.why);
      return item("missing", escapeName(difference.name), `${sides.before}${sizeNote(difference.signedSize)}, ${why}`);
    }
    case "renamed":
      return item("renamed", `${escapeName(difference.name)} -> ${escapeName(difference.newName)}`, "same bytes, another name");
    case "extra": {
      const what = sides === SIGNED_AND_FOUND ? "not signed" : `not in ${sides.before}`;
      return item("extra", escapeName(difference.name), `${what}${sizeNote(difference.foundSize)}`);
    }
  }
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
