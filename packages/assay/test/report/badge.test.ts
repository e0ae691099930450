import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { BADGE_FONT_SIZE, badgeSvg, measureBadge } from "../../src/report/badge.ts";

const CLASSES = [1, 2, 3, null] as const;

suite("the badge", () => {
  test("has a title for those who do not see it", () => {
    assert.match(badgeSvg(3), /role="img" aria-label="Model Openness Framework: Class III, open model"/);
    assert.match(badgeSvg(null), /<title>Model Openness Framework: no class yet<\/title>/);
  });

  test("has white text with a contrast of 4.5 or more", () => {
    for (const openness of CLASSES) {
      const { label, message } = measureBadge(openness);
      for (const { color } of [label, message]) assert.ok(contrastToWhite(color) >= 4.5, `${color}: ${contrastToWhite(color)}`);
    }
  });

  test("is as wide as its letters, whose widths are those of the outlines that the PNG is drawn from", () => {
    const file = new URL("../../data/openness/badge-glyphs.json", import.meta.url);
    const { unitsPerEm, glyphs } = JSON.parse(readFileSync(file, "utf8")) as {
      unitsPerEm: number;
      glyphs: Record<string, { advance: number }>;
    };
    for (const openness of CLASSES) {
      const { label, message } = measureBadge(openness);
      for (const { text, textWidth } of [label, message]) {
        const units = Array.from(text).reduce((sum, character) => sum + (glyphs[character]?.advance ?? NaN), 0);
        assert.ok(Math.abs((units / unitsPerEm) * BADGE_FONT_SIZE - textWidth) < 0.2, `${text}: ${textWidth}`);
      }
    }
  });
});

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrastToWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
