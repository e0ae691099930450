import { anyOf, GAP } from "./any-of.ts";
import { latinWords, plainWords } from "./plain-words.ts";

/**
 * Whether a sentence limits by itself what something may be used for: to research, to what earns nothing, or not to
 * commerce without a contract. Stronger than `soundsLikeTerms`: one such sentence in a long document is a term, where a
 * single sentence of the other kind can be advice. Advice on what a model is intended for is not a term.
 *
 * `sentence` may be anything; the caller bounds it, and gives its `words` where it has them. Linear; never throws.
 */
export function limitsUse(sentence: string, words = plainWords(sentence)): boolean {
  return mayLimitUse(sentence, words) && !ADVICE.test(words);
}

/** Whether a text of many sentences can hold one that limits use. */
export function mayLimitUse(text: string, words = plainWords(text)): boolean {
  const latin = latinWords(words);
  return LIMITS.test(latin) || LIMIT_ALONE.test(latin) || (COMMERCE.test(words) && BINDING.test(words));
}

/** What is "intended and licensed" for a purpose is licensed for that. */
const ADVICE =
  / (?:(?:intended|meant|designed)(?! (?:and|or) (?:only )?licen[cs]ed )|suitable|suited|recommended|primarily|mainly|whether|licenses?(?: that| which)) /u;

const PURPOSE = "(?:non ?commercial|research|academic|scientific)";
const USE = "(?:us(?:e[ds]?|ing|age)|licensed|available|permitted|allowed|granted|released|distributed|provided)";
const COMMERCIAL_USE = "commercial(?:ly| use| usage| purposes?| products?| exploitation| applications?| distribution)";

const THING = "(?:models?|weights?|checkpoints?|parameters|data|data ?sets?|code|software|materials?|repo|repository|project|release)";

const LIMITS = anyOf([
  ` ${USE}${GAP(8)} (?:only|solely|exclusively|strictly)${GAP(1)} (?:for|to)${GAP(2)} ${PURPOSE} `,
  ` (?:only|solely|exclusively|strictly) (?:be )?${USE}${GAP(3)} (?:for|to|in)${GAP(2)} ${PURPOSE} `,
  ` ${USE}${GAP(8)} ${PURPOSE}(?: ${PURPOSE}| research| use| purposes?| or| and){0,4} only `,
  ` ${THING}${GAP(2)} (?:is|are) (?:strictly )?for ${PURPOSE}(?: ${PURPOSE}| research| use| purposes?| or| and){0,4} only `,
  ` (?:allow(?:s|ing|ed)?|permit(?:s|ting|ted)?) only ${PURPOSE} (?:use|usage|purposes?|research) `,
  ` (?:not|never|cannot) be used outside(?: of)?${GAP(1)} ${PURPOSE} `,
  ` (?:may|must|shall|can|is|are|will)(?: ?not| never)${GAP(6)} ${COMMERCIAL_USE} `,
  ` ${COMMERCIAL_USE}${GAP(6)} (?:(?:is|are) (?:strictly |expressly )?(?:prohibited|forbidden|permitted only|excluded)|(?:is|are) (?:not|never) (?:prohibited|forbidden|excluded)${GAP(3)} (?:only|unless|except|if|provided|when|as)|(?:is|are) (?:not|never) (?:permitted|allowed|granted|licensed)|(?:requires?|needs?)${GAP(4)} (?:permission|licen[cs]e|contract|agreement|consent|fee)) `,
]);
/** A sentence that is nothing but a limit. */
const LIMIT_ALONE = new RegExp(
  `^ +(?:(?:only )?(?:for )?${PURPOSE}(?: ${PURPOSE}| research| use| purposes?| or| and){0,4} only|(?:strictly )?(?:no|not for) ${COMMERCIAL_USE}) +$`,
  "u",
);

/** Commerce and purposes in other languages. */
const COMMERCE =
  /商业|商業|商用|営利|研究目的|学术研究|學術研究|상업|연구 목적|연구용| (?:kommerziell\p{L}{0,3}|gewerblich\p{L}{0,3}|nichtkommerziell\p{L}{0,3}|forschungszweck\p{L}{0,3}|commerciales?|commerciaux|comercial(?:es|mente)?|comerciais|commercial[ie]|коммерческ\p{L}{1,4}|некоммерческ\p{L}{1,4}|исследовательск\p{L}{1,4}) /u;
/** What forbids, limits or asks for consent in the same languages. */
const BINDING =
  /禁止|禁じ|不得|不可|不能|严禁|仅限|僅限|仅供|僅供|に限[りる]|のみ|事前に|(?<![无無不])[须須需](?:[^ ]{0,8})(?:取得|获得|獲得|申请|申請|联系|聯繫|征得|购买|授权|授權|许可|許可)|금지|별도|만 사용|으로만| (?:gestattet|untersagt|verboten|bedarf|bedürfen|interdit\p{L}{0,3}|prohibid\p{L}{1,2}|prohíb\p{L}{1,6}|proib\p{L}{1,6}|vietat\p{L}|запрещ\p{L}{1,6}) /u;
