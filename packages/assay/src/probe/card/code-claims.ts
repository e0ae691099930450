import type { ComponentName } from "../../openness/components.ts";
import type { CardClaim } from "./claim.ts";
import { isCode } from "./hosts.ts";
import type { CardLink } from "./links.ts";

/** What the words of a link call the code that it leads to. */
const RULES: readonly (readonly [component: ComponentName, words: RegExp])[] = [
  [
    "Data preprocessing code",
    /\bdata (?:pre-?)?process|\bpre-?process|\bdata (?:prep(?:aration)?|cleaning|pipeline|curation|filtering)|\bdedup|数据(?:处理|清洗|预处理)|前処理/i,
  ],
  [
    "Training code",
    /\b(?:pre-?)?train(?:ing)? (?:code|scripts?|recipes?|pipeline|framework|library|repo|codebase|implementation)|^(?:pre-?)?training$|\bcode (?:for|to) (?:pre-?)?train|\b(?:was|were|is|are) trained (?:using|with)\b|训练(?:代码|脚本|框架)|学習(?:コード|スクリプト)/i,
  ],
  [
    "Evaluation code",
    /\beval(?:uation|s)? (?:code|scripts?|harness|suite|framework|toolkit|library|repo|pipeline|recipes?)|^eval(?:uation|uating)?s?$|\bcode (?:for|to) (?:evaluat|reproduc\w+ (?:the )?(?:results|evaluation))|\bbenchmark(?:ing)? (?:code|scripts?|suite)|\bevaluat\w+ (?:using|with)\b|评测(?:代码|脚本)|評価(?:コード|スクリプト)/i,
  ],
  [
    "Inference code",
    /\binfer(?:ence)? (?:code|scripts?|example|engine|library|framework|repo|server)|^inference$|\bserving\b|\bdeploy(?:ment)? (?:code|scripts?|guide|example)|\bdemo (?:code|scripts?)|推理(?:代码|脚本|示例)|推論(?:コード|スクリプト)/i,
  ],
  [
    "Model architecture",
    /\bmodel(?:l?ing)? (?:code|definition|implementation|architecture)|\barchitecture\b|模型(?:代码|结构|实现)|モデル(?:コード|構造|実装)/i,
  ],
];
const FINE_TUNING = /\bfine-?tun|\blora\b|\bsft\b|微调|ファインチューニング/i;
const GENERIC =
  /^(?:|here|link|this|this (?:link|repo|repository)|github|repo|repository|code|source|.{0,3}|https?:\/\/\S+|[\w.-]+\/[\w.-]+|这里|此处|链接|こちら|リポジトリ)$/i;

/** The code that links lead to: what it does must be said by the link's own words, or by its sentence where those say nothing. */
export function codeClaims(links: readonly CardLink[]): CardClaim[] {
  return links.flatMap((link) => {
    if (link.isCode || !isCode(link.url)) return [];
    return componentsOf(link).map((component) => ({ component, target: link.url, why: `links to ${link.url}`, line: link.line }));
  });
}

function componentsOf({ text, clause, url, path }: CardLink): ComponentName[] {
  const named = isNameOf(text, url);
  const said = GENERIC.test(text) || named ? clause : text;
  const isOfOthers = /acknowledg|apprecia|thanks|credits|related|community|致谢|鸣谢|社区|友情链接|謝辞/i.test(path);
  if (isOfOthers) return [];
  return RULES.filter(([component, words]) => words.test(said) && !(component === "Training code" && FINE_TUNING.test(said))).map(
    ([component]) => component,
  );
}

/** Whether the words are only the name of the repository, which says nothing of what is in it. */
function isNameOf(text: string, url: string): boolean {
  const squeezed = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return (
    squeezed !== "" &&
    url
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .includes(squeezed)
  );
}
