import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { badgeSvg, LETTER_WIDTHS, measureBadge } from "../../src/report/badge.ts";

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

  test("knows the width of each of its letters", () => {
    const letters = CLASSES.flatMap((openness) => {
      const { label, message } = measureBadge(openness);
      return Array.from(label.text + message.text);
    });
    assert.deepEqual(
      letters.filter((letter) => LETTER_WIDTHS[letter] === undefined),
      [],
    );
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
