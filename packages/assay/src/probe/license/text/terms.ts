import { anyOf, GAP } from "./any-of.ts";
import { latinWords, plainWords } from "./plain-words.ts";

/**
 * Says by content alone whether a text holds license or use terms: sentences that grant, restrict or reserve
 * the use of something, in a file of any name.
 *
 * What it promises: `true` for every license text of SPDX's list, for the license agreements and use policies of
 * model makers, and for a single sentence that says who may use or copy something, or for what. `false` for a
 * README that only names its license, source code under the notice that Apache or GNU recommend for files,
 * vocabularies, lists of requirements and tables. It errs towards `true`: terms that are missed make a closed
 * model look open. Terms in languages other than English are found by their usual words.
 *
 * `text` may be anything; the caller bounds its size, and gives its `words` where it has them. The time is linear in
 * it. Throws nothing.
 */
export function soundsLikeTerms(text: string, words = plainWords(text)): boolean {
  const latin = latinWords(words);
  if (DECISIVE.test(latin)) return true;
  const enough = words.length <= WINDOW ? ENOUGH_SIGNS - 1 : ENOUGH_SIGNS;
  // What is not in the whole text is in no part of it, and most texts have too few signs to look for them together.
  const signs = ANY_SIGN.test(latin) ? SIGNS.filter((pattern) => pattern.test(latin)) : [];
  const elsewhere = filterOrNone(ELSEWHERE, words, ENOUGH_ELSEWHERE);
  if (signs.length < enough && elsewhere.length < ENOUGH_ELSEWHERE) return false;
  for (let start = 0; start < words.length; start += WINDOW / 2) {
    if (count(signs, latin.slice(start, start + WINDOW)) >= enough) return true;
    if (count(elsewhere, words.slice(start, start + WINDOW)) >= ENOUGH_ELSEWHERE) return true;
  }
  return false;
}

/** The patterns that are in the words; none where they are fewer than `least`, which is known before all were tried. */
function filterOrNone(patterns: readonly RegExp[], words: string, least: number): readonly RegExp[] {
  const found: RegExp[] = [];
  for (const [index, pattern] of patterns.entries()) {
    if (found.length + patterns.length - index < least) return [];
    if (pattern.test(words)) found.push(pattern);
  }
  return found;
}

function count(patterns: readonly RegExp[], words: string): number {
  return patterns.filter((pattern) => pattern.test(words)).length;
}

/**
 * Signs count together within so many characters, some paragraphs: a vocabulary holds all of them, far apart.
 * One of them is in many ordinary texts, two in some; a text of a few sentences has no room for chance.
 */
const WINDOW = 1_000;
const ENOUGH_SIGNS = 3;
const ENOUGH_ELSEWHERE = 2;

const DOING =
  "(?:us(?:e[ds]?|ing|age)|cop(?:y|ies|ied|ying)|reproduc\\w{1,5}|distribut\\w{1,5}|redistribut\\w{1,5}|modif\\w{1,9}|sublicen[cs]\\w{1,4}|sell(?:ing)?|sold|sale|resell|resale|publish\\w{0,4}|adapt\\w{0,6}|deploy\\w{0,4}|commerciali[sz]\\w{1,3}|host(?:ed|ing)?|download\\w{0,3}|access(?:ed)?|embed\\w{0,4}|incorporat\\w{1,3}|train(?:ed|ing)?|transmit\\w{0,4}|share[ds]?|sharing|exploit\\w{0,4}|licensed?)";
const PERMITTED =
  "(?:permitted|granted|allowed|prohibited|forbidden|authori[sz]ed|excluded|licensed (?:only|solely)|free of charge|unlimited|banned|disallowed|barred|off limits)";
const THING =
  "(?:models?|weights?|checkpoints?|parameters|software|works?|materials?|data(?:set|base)?s?|derivatives?|code|files?|program|document(?:ation)?|font|package|outputs?|content|library|product|release|license|copyright|rights?)";
const PURPOSE = "(?:non ?commercial|commercial|research|academic|educational|personal|private|evaluation|internal|scientific|military)";

const DECISIVE = anyOf([
  " hereby (?:grant|permit|disclaim|license|waive|release|dedicate|place|declare|agree)",
  ` permission${GAP(6)} (?:granted|given|denied|required)`,
  " (?:grants?|granting)(?: to)? (?:you|licensee|recipient|each|any(?:one)?|the user|users|customer|everyone) ",
  ` you (?:agree(?: not)? to|are (?:not )?(?:granted|permitted|allowed|free|prohibited)(?: to)?|(?:may|must|shall|will) (?:not|only|freely))${GAP(3)} ${DOING}${GAP(7)} ${THING} `,
  ` you (?:may|can)${GAP(2)} ${DOING}${GAP(12)} (?:without (?:restrictions?|limitations?|fee|charge)|provided that|subject to|only (?:for|if|by)|as (?:long|you)|(?:except|unless|but not)(?: \\w{1,20}){0,3} (?:for|if|by|with|weapons?|military|commercial\\w{0,4}|you|they)) `,
  ` (?:anyone|anybody|everyone|everybody|companies|users|people|persons) (?:may|can) ${DOING}${GAP(12)} (?:unless|except|but not|if|provided|only) `,
  ` (?:obtain|sign|buy|purchase|acquire|conclude)${GAP(4)} (?:contract|licen[cs]e|agreement|subscription|consent) (?:from|with|first|before|of us) `,
  ` (?:ask|asked|need|needs|required?|requires|have|has|must)(?: to)? (?:obtain|sign|buy|purchase|acquire|conclude)${GAP(3)} (?:contract|licen[cs]e|agreement|subscription|consent) `,
  " (?:get|gets|gain|gains|has|have|receives?|acquires?) (?:no|none of the|none of these) (?:rights?|license|permission) ",
  " (?:we|i|authors?|licensors?|company) (?:keeps?|retains?|reserves?) (?:all|any|every)(?: other| the)? rights? ",
  " (?:must |please |should )?pay (?:us|me|the authors?|a (?:fee|license|royalty)|royalties|fees) ",
  ` ${DOING}${GAP(10)} (?:is|are) (?:hereby |strictly |expressly |not |only |also |freely ){0,2}${PERMITTED} `,
  ` (?:may|shall|must) (?:not|only|never)(?: be)?${GAP(2)} ${DOING} `,
  ` (?:may|can|shall|must|is|are) (?:be )?${DOING}${GAP(8)} (?:only|solely|exclusively)${GAP(2)} (?:for|to|by|in|if|with|within|under|after|when|where|until) `,
  ` (?:may|can) be (?:freely |only )?${DOING}${GAP(12)} (?:without (?:restriction|limitation|fee|charge)|provided that|only (?:for|if|by|in)|for any purpose|under (?:the|these) (?:terms|conditions)) `,
  ` (?:only|solely|exclusively|limited|restricted)(?: be)?(?: used| intended| allowed| licensed| permitted| available)? (?:for|to|by)${GAP(3)} ${PURPOSE} `,
  ` ${PURPOSE}(?: research| use| purposes?| or)* only `,
  ` (?:not|never|no|non)${GAP(5)} commercial (?:use|purposes?|products?|ends|exploitation|users?) `,
  ` (?:noncommercial|non commercial) (?:use|purposes?|research|license|basis|users?) `,
  ` free (?:of charge )?(?:for|to)${GAP(2)} (?:non ?commercial|research|academic|personal|educational|academia) `,
  ` by (?:using|downloading|accessing|installing|clicking|exercising|copying|opening|breaking)${GAP(20)} (?:you|user|recipient)${GAP(6)} (?:agree|accept|consent|bound|acknowledge) `,
  ` (?:do|does) not${GAP(2)} ${DOING} (?:this|the|these|any|our)${GAP(2)} ${THING}${GAP(4)} (?:for|to|in|without|unless|if) `,
  " (?:permitted|granted|allowed|licensed) provided (?:that )?",
  ` (?:use|distribution|redistribution|copying|modification)${GAP(3)} (?:requires?|needs?)${GAP(4)} (?:permission|license|contract|agreement|consent|payment|fee) `,
  ` (?:prohibited|forbidden|restricted|disallowed) us(?:e|es|ages?) `,
  " acceptable use policy ",
  ` (?:you )?(?:may|can|must|should|must not) ${DOING} (?:it|this|that|them|the)${GAP(8)} (?:for any|in any (?:way|manner)|as you|if you|so long as|as long as) `,
  ` (?:may|can|should|must) be ${DOING}${GAP(3)} (?:by any(?:one|body)?|by all|with|for any|under|so long|as long) `,
  ` (?:is|are) (?:welcome|free|invited|entitled|permitted|allowed|required|obliged|obligated) to ${DOING} `,
  ` (?:(?:you|anyone|everyone|everybody) (?:can|may|could) do|no limit to do|free to do) (?:what|anything|whatever) `,
  ` do (?:what|anything|whatever)(?: the \\w{1,8})? (?:it |ever )?you (?:want|like|wish|please)(?: to)?(?: with)? `,
  " (?:pick|choose|use) (?:your|any|one of)[^.]{0,40} (?:approved|open source) licen[cs]e",
  " special exception (?:to|if|the|you|i|we|linking|permission|as) ",
  ` ${DOING}${GAP(6)} (?:any ?way|what ?ever|as|how ?ever)${GAP(1)} you (?:want|like|wish|please|see fit) `,
  ` (?:what ?ever|anything|all) you (?:want|like|wish) with `,
  ` (?:free|you can|use|used|distribute|distributed) (?:it )?(?:freely|free|for free|without (?:restrictions?|limitations?|charge|fees?)) `,
  ` (?<! feel )free (?:to|for) (?:any )?(?:${DOING}|anyone|everyone|everybody|all) `,
  ` (?:resale|sale|use|rights?|distribution|commerciali[sz]ation)${GAP(4)} (?:belongs?|(?:is|are) reserved) (?:to|for|by) `,
  ` (?:dedicat\\w{1,4}|placed?|releas\\w{1,3}|is|are|in)${GAP(4)} (?:to|in|into) the public domain `,
  ` (?:no|without|all|any|certain|following) (?:\\w{1,20} )?(?:restrictions?|rights|conditions)${GAP(4)} (?:on|to|of) (?:the |its )?${DOING} `,
]);

const SIGN_SOURCES: readonly string[] = [
  " (?:(?:sub)?licen[cs](?:or|ee)s?|lizenzgeber|lizenznehmer|concédant|licenciante|licenciatario|licenziante) ",
  " (?:as is|where is) ",
  " (?:responsibility (?:for|of|is|lies|rests)|(?:sole|entire|full) responsibility|(?:own|entire|full) risk) ",
  " warrant(?:y|ies|ed) ",
  " (?:liable|liability|damages|indemnif\\w{1,8}) ",
  " (?:copyright|copyrighted|copyleft) ",
  " (?:licen[cs]e agreement|terms and conditions|terms of use|this agreement|this licen[cs]e|end user|governing law|jurisdiction|license terms) ",
  ` ${DOING}${GAP(3)} (?:and|or|and or) ${DOING} `,
  " (?:permission|permitted|permits?|consent|authori[sz]ation) ",
  " (?:royalt(?:y|ies)|fees?|irrevocable|perpetual|worldwide|nonexclusive|non exclusive|sublicens\\w{1,5}|redistribut\\w{1,5}) ",
  " (?:prohibit(?:s|ed|ion)?|forbidden|forbids?|restrictions?|violat\\w{1,4}|comply|compliance) ",
  " (?:trademarks?|patents?|intellectual property|third part(?:y|ies)) ",
  " (?:provided that|subject to|in no event|without limitation|notwithstanding|hereunder|herein|hereof) ",
  " (?:public domain|freely|no restrictions) ",
  " (?:terminat(?:e|es|ed|ion)|revok\\w{1,3}|breach) ",
];
const SIGNS: readonly RegExp[] = SIGN_SOURCES.map((source) => new RegExp(source, "u"));
const ANY_SIGN = anyOf(SIGN_SOURCES);

/**
 * The usual words of terms in other languages, none of them an English word: naming a license and using something
 * (one group, for a README does both), allowing and forbidding, purposes and rights. Scripts without blanks are looked into.
 */
const ELSEWHERE: readonly RegExp[] = [
  /许可|許可|授权|授權|版权|版權|著作权|著作権|协议|協議|ライセンス|許諾|저작권|라이선스|라이센스|허가|使用|利用|複製|复制|分发|再配布|사용|복제|배포| (?:lizenz\p{L}{0,20}|gebrauch\p{L}{0,3}|licencia\p{L}{0,6}|licença\p{L}?|licenza|licence|ліценз\p{L}{1,6}|лиценз\p{L}{1,6}|autoris\p{L}{1,10}|autoriz\p{L}{1,10}|permiso|permesso|permissão|erlaubnis|genehmigung|concession|concede|toestemming|tillstånd|pozwoleni\p{L}{1,3}|nutzung\p{L}{0,20}|nutzen|verwend\p{L}{1,8}|weitergabe|vervielfältig\p{L}{1,6}|utilis(?:ation|er|ateurs?)|usage commercial|utilización|utilizar|utilizzo|uso|usar|использ\p{L}{1,10}|распростран\p{L}{1,8}|gebruik\p{L}{0,4}|użyt\p{L}{1,8}|reproduire|reproducción|reprodução|distribuer|distribución|distribuição|distribuir|distribuzione|modificar|copiar|copie) /u,
  /禁止|禁じ|不得|不可|仅限|僅限|仅供|僅供|に限[りる]|のみ|同意|严禁|嚴禁|금지|허락|동의| (?:gestattet|erlaubt|nur|lediglich|benötig\p{L}{1,3}|bedarf|bedürfen|consentit\p{L}|uniquement|únicamente|soltanto|apenas|только|untersagt|verboten|interdit\p{L}{0,3}|prohibid\p{L}{1,2}|prohíb\p{L}{1,6}|proib\p{L}{1,6}|vietat\p{L}|permitid\p{L}{1,2}|permis|permess\p{L}|запрещ\p{L}{1,6}|разреш\p{L}{1,6}|toegestaan|verboden|zabronion\p{L}{1,3}|dozwolon\p{L}{1,3}|réserv\p{L}{1,4}|reservad\p{L}{1,3}|riservat\p{L}|vorbehalten) /u,
  /商业|商業|商用|非営利|営利|研究目的|军事|軍事|군사|無断|转载|転載|条款|條款|상업| (?:privat\p{L}{1,3}|vendita|venta|vente|verkauf\p{L}{0,3}|scop[oi]|fins? de|kommerziell\p{L}{0,3}|gewerblich\p{L}{0,3}|nichtkommerziell\p{L}{0,3}|commerciales?|commerciaux|comercia\p{L}{1,5}|коммерческ\p{L}{1,4}|некоммерческ\p{L}{1,4}|forschungszweck\p{L}{0,3}|recherche|investigación|pesquisa|ricerca|научн\p{L}{1,6}|droits?|rechten?|derechos?|direitos?|diritti|прав\p{L}{0,3}) /u,
];
