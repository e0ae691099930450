import type { ComponentName } from "../../openness/components.ts";
import type { CardClaim } from "./claim.ts";
import type { CardLink } from "./links.ts";

/** What the words of a link call the document that it leads to. */
const RULES: readonly (readonly [component: ComponentName, words: RegExp])[] = [
  ["Data card", /\bdata(?:set)? ?card\b|\bdatasheet\b|\bdata (?:statement|documentation)\b|数据(?:卡|说明)|データ(?:セット)?カード/i],
  ["Model card", /\bmodel ?card\b|模型卡|モデルカード/i],
  [
    "Sample model outputs",
    /\b(?:audio |video |image |output |generation |generated |listen to |demo )?samples?$|\bsample (?:outputs?|generations?)\b|\blisten to samples\b|\bgaller(?:y|ies)$|样例|示例输出|サンプル(?:音声|画像)?$/i,
  ],
  [
    "Evaluation results",
    /\b(?:eval(?:uation)?|benchmark|quality|accuracy|performance) (?:results?|metrics|scores)\b|^(?:results|leaderboard|quality metrics|excellent results)$|\bresults$|评测结果|評価結果|평가 결과/i,
  ],
];

/** Documents and samples that links lead to, by the links' own words. A file of the folder is named by its path. */
export function documentClaims(links: readonly CardLink[], files: readonly string[]): CardClaim[] {
  const known = new Set(files);
  return links.flatMap((link) => {
    if (link.isCode || link.text === "" || /acknowledg|related|community|致谢|相关|社区/i.test(link.path)) return [];
    const local = localTarget(link.url);
    if (local === undefined ? !/^https?:/i.test(link.url) : !known.has(local)) return [];
    if (/colab|spaces\/|\.ipynb/i.test(link.url)) return [];
    return RULES.filter(([, words]) => words.test(link.text)).map(([component]) => ({
      component,
      target: local ?? link.url,
      why: `links to ${local ?? link.url}`,
      line: link.line,
    }));
  });
}

/** A path of the folder, without what follows it; undefined for an address. */
export function localTarget(url: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]{1,20}:|^\/\//i.test(url)) return undefined;
  return url.replace(/[?#].*$/, "").replace(/^(?:\.?\/)+/, "");
}
