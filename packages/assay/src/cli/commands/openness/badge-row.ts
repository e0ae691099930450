import type { Resvg } from "@resvg/resvg-js";
import { AssayError } from "../../../core/error.ts";
import { packageFolder } from "../../../files/package-folder.ts";
import { readBounded } from "../../../files/read-bounded.ts";
import { badgeSvg, baselineOf, type BadgeHalf, BADGE_FONT_SIZE, frame, measureBadge } from "../../../report/badge.ts";
import type { OpennessClass } from "../../../openness/components.ts";

/** Twice as many pixels as the SVG has: sharp on the screens of today. */
const SCALE = 2;

/**
 * The badge in the format that the file's name asks for. A PNG is drawn from outlines that ship with the
 * package, so that it looks the same on a machine without fonts.
 *
 * Throws USAGE for another ending, RENDERER_MISSING where the optional package that draws is not installed.
 */
export async function drawBadge(file: string, openness: OpennessClass | null): Promise<Uint8Array> {
  if (/\.svg$/i.test(file)) return new TextEncoder().encode(badgeSvg(openness));
  if (/\.png$/i.test(file)) return drawPng(openness);
  throw new AssayError("USAGE", `the badge ${file} is to be neither .svg nor .png`, { hint: "for example: --badge openness.svg" });
}

async function drawPng(openness: OpennessClass | null): Promise<Uint8Array> {
  const { Resvg } = await loadRenderer();
  const badge = measureBadge(openness);
  const font = readGlyphs();
  const svg = frame(badge, [outline(badge.label, font), outline(badge.message, font)]);
  return new Resvg(svg, { fitTo: { mode: "zoom", value: SCALE }, font: { loadSystemFonts: false } }).render().asPng();
}

async function loadRenderer(): Promise<{ readonly Resvg: typeof Resvg }> {
  try {
    return await import("@resvg/resvg-js");
  } catch (cause) {
    throw new AssayError("RENDERER_MISSING", "a PNG needs the package @resvg/resvg-js, which is not installed here", {
      cause,
      hint: "write an SVG: --badge openness.svg",
    });
  }
}

interface Font {
  readonly unitsPerEm: number;
  readonly glyphs: Readonly<Record<string, { readonly advance: number; readonly path: string }>>;
}

function readGlyphs(): Font {
  const path = `${packageFolder(import.meta.url, "data")}openness/badge-glyphs.json`;
  try {
    const font: Font = JSON.parse(new TextDecoder().decode(readBounded(path, "outlines of the badge", 1024 * 1024)));
    return font;
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks the outlines of its badge", { cause, hint: "install it again" });
  }
}

function outline(half: BadgeHalf, { glyphs, unitsPerEm }: Font): string {
  const scale = BADGE_FONT_SIZE / unitsPerEm;
  const { x, y } = baselineOf(half);
  let at = 0;
  const letters = Array.from(half.text, (character) => {
    const glyph = glyphs[character];
    const letter = glyph === undefined || glyph.path === "" ? "" : `<path transform="translate(${at} 0)" d="${glyph.path}"/>`;
    at += glyph?.advance ?? 0;
    return letter;
  });
  return `<g transform="translate(${x} ${y}) scale(${scale} ${-scale})">${letters.join("")}</g>`;
}
