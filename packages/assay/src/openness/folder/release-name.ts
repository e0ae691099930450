/** What a heading names that is a part of a page, and not a model. */
const PARTS_OF_A_PAGE =
  /^(?:about|an?|and|announcements?|background|benchmarks?|cards?|contents?|descriptions?|details?|docs?|documentation|features?|for|get|getting|highlights?|how|information|install|installation|introduction|it|key|latest|licen[sc]es?|links?|main|model|models|news|of|our|overview|quick|quickstart|readme|release|releases|start|started|summary|table|the|this|to|updates?|usage|use|welcome|what|目录|目次|简介|簡介|介绍|介紹|概述|概要|はじめに)$/u;

/** A longer heading is a sentence. */
const MAX_NAME = 60;

/**
 * The name of a model in a heading, without the words around it: `Model Card: Whisper` is of Whisper, `Kolors: Effective
 * Training …` of Kolors. Undefined for a question, and for headings of parts of a page, such as `Key Features`.
 */
export function releaseName(heading: string | undefined): string | undefined {
  if (heading === undefined || /[?？]\s*$/u.test(heading)) return undefined;
  const name = heading
    .slice(0, 300)
    .replace(/^\s*(?:\([^)]*\)\s*)?/u, "")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .replace(/^model\s+card\s*(?:(?:for|of)\s|[:：–—-])?\s*/iu, "")
    .replace(/[\s:：–—-]+model\s+card\s*$/iu, "")
    .replace(/\s*[:：]\s.*$|\s*：.*$|\s+[–—-]\s.*$/su, "")
    .trim();
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (name.length > MAX_NAME || words.every((word) => PARTS_OF_A_PAGE.test(word))) return undefined;
  return name;
}
