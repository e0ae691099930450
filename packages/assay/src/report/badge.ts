import { CLASS_NAMES, NO_CLASS } from "./openness-words.ts";
import type { OpennessClass } from "../openness/components.ts";

/** A badge, measured: both halves, where their text is and how wide it is. In pixels. */
export interface Badge {
  readonly title: string;
  readonly label: BadgeHalf;
  readonly message: BadgeHalf;
  readonly width: number;
}

interface BadgeHalf {
  readonly text: string;
  readonly color: string;
  /** Where the half starts, and how wide it is. */
  readonly x: number;
  readonly width: number;
  readonly textWidth: number;
}

const HEIGHT = 20;
const FONT_SIZE = 11;
const PADDING = 6;

/** White text on each of these has a contrast of 4.5 or more (WCAG 2.2, success criterion 1.4.3). */
export const BADGE_COLORS: Record<OpennessClass | "none" | "label", string> = {
  label: "#3b434b",
  1: "#1a7f37",
  2: "#0b6bb8",
  3: "#8a5a00",
  none: "#6a737d",
};

/** Widths of DejaVu Sans, in thousandths of the font's size; viewers with another font stretch to them. */
export const LETTER_WIDTHS: Readonly<Record<string, number>> = {
  " ": 318,
  ",": 318,
  C: 698,
  F: 575,
  I: 295,
  M: 863,
  O: 787,
  a: 613,
  c: 550,
  d: 635,
  e: 615,
  g: 635,
  i: 278,
  l: 278,
  m: 974,
  n: 634,
  o: 612,
  p: 635,
  s: 521,
  t: 392,
  y: 592,
};

/** The badge of a class; null for none yet. */
export function measureBadge(openness: OpennessClass | null): Badge {
  const text = openness === null ? NO_CLASS : CLASS_NAMES[openness];
  const label = half("MOF", BADGE_COLORS.label, 0);
  const message = half(text, BADGE_COLORS[openness ?? "none"], label.width);
  return { title: `Model Openness Framework: ${text}`, label, message, width: label.width + message.width };
}

function half(text: string, color: string, x: number): BadgeHalf {
  const units = Array.from(text).reduce((sum, character) => sum + (LETTER_WIDTHS[character] ?? 635), 0);
  const textWidth = Math.round((units * FONT_SIZE) / 100) / 10;
  return { text, color, x, width: Math.ceil(textWidth) + 2 * PADDING, textWidth };
}

/** The badge as SVG, in the look of the badges that people know, with a title for screen readers. */
export function badgeSvg(openness: OpennessClass | null): string {
  const { title, label, message, width } = measureBadge(openness);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${title}">
  <title>${title}</title>
  <linearGradient id="s" x2="0" y2="100%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/></linearGradient>
  <clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3" fill="#fff"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="${label.width}" height="${HEIGHT}" fill="${label.color}"/>
    <rect x="${message.x}" width="${message.width}" height="${HEIGHT}" fill="${message.color}"/>
    <rect width="${width}" height="${HEIGHT}" fill="url(#s)"/>
  </g>
  <g fill="#fff" font-family="DejaVu Sans,Verdana,Geneva,sans-serif" font-size="${FONT_SIZE}">
    ${textElement(label)}
    ${textElement(message)}
  </g>
</svg>
`;
}

function textElement({ text, x, textWidth }: BadgeHalf): string {
  return `<text x="${x + PADDING}" y="14" textLength="${textWidth}">${text}</text>`;
}
