import { ordinaryWords } from "./texts.ts";

/** What a word can be in a name. */
export type NameWord =
  /** One of those that names of people, companies and groups are made with; it says nothing of its own. */
  | "known"
  /** Not an ordinary word of any language that is known here: a name. */
  | "proper"
  /** The same in lower case. */
  | "lower"
  /** Holds names together: "of", "and", "van". */
  | "joint"
  /** Joins only behind a word such as "Institute": "for", "at", "on". */
  | "place"
  /** Part of a sentence. */
  | "other";

/**
 * What a word can be in a name. Decided by what is known to be harmless (`known`, joints) and by ordinary language:
 * a word that licenses use in sentences, or that a list of the usual words of some forty languages has, is part of no
 * name unless it is known. `written` is the word as the text has it, `word` the same in lower case.
 */
export function nameWord(word: string, written: string): NameWord {
  if (KNOWN.has(word)) return "known";
  if (JOINTS.has(word)) return "joint";
  if (PLACES.has(word)) return "place";
  if (/^\d{1,4}$/.test(word)) return "known";
  if (word.length > MAX_WORD || SPEAKS.test(word)) return "other";
  if (CHINESE.test(word)) return isChineseName(word) ? "proper" : "other";
  if (!ONE_SCRIPT.test(word) || isOrdinary(word)) return "other";
  if (NAMES_OF_TERMS.has(word) || restricts(word, written)) return "other";
  return written === word && /^\p{Ll}/u.test(word) ? "lower" : "proper";
}

/** Whether a word of ordinary language, alone between words of a name, is part of it: it limits and denies nothing. */
export function isHarmless(word: string): boolean {
  return HARMLESS.has(word) && !SPEAKS.test(word);
}

/** Whether a word of ordinary language that is part of a name speaks of no terms, in any place of it. */
export function saysNoTerms(word: string): boolean {
  return !SPEAKS.test(word) && !LIMITS.has(word) && !NAMES_OF_TERMS.has(word) && !SCOPES.has(word) && !restricts(word, word);
}

/** Whether the words of an address say nothing: each could be part of a name, or is usual in addresses. */
export function isAddressWord(word: string): boolean {
  if (KNOWN.has(word) || ADDRESS_WORDS.has(word) || /^\d{1,6}$/.test(word) || (word.length <= 3 && !SHORT_SENTENCE_WORDS.has(word)))
    return true;
  if (NAMES_OF_TERMS.has(word) || (restricts(word, word) && !/^(?!un|non|not|anti).*(?:able|ible)$/.test(word))) return false;
  return word.length <= MAX_WORD && !SPEAKS.test(word) && ONE_SCRIPT.test(word) && !isOrdinary(word);
}

/** A word of ordinary language, or one with a usual English ending. */
function isOrdinary(word: string): boolean {
  const ordinary = ordinaryWords();
  const [, stem] = /^(.{3,}?)(?:s|es|ed|d|ing|ly)$/.exec(word) ?? [];
  if (/^[a-z]{3,}ed$/.test(word) && !NAMES_IN_ED.has(word)) return true;
  return ordinary.has(word) || (stem !== undefined && (ordinary.has(stem) || ordinary.has(`${stem}e`)));
}

/**
 * Whether a word that is on no list denies or limits something by its form: "Nonbusiness", "NotForSale", "HomeOnly",
 * "Unsellable". Parts are told by their capitals, or where the rest is an ordinary word.
 */
function restricts(word: string, written: string): boolean {
  if (word.length >= MIN_ABLE && /(?:able|ably|ible|ibly)$/.test(word) && word !== "constable") return true;
  const parts = written.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu) ?? [];
  if (parts.length > 1 && parts.some((part) => LIMITS.has(part.toLowerCase()))) return true;
  const rest = /^(?:non|not|anti|un)(.{4,})$/.exec(word)?.[1] ?? /^(.{3,})(?:only|except|free)$/.exec(word)?.[1];
  return rest !== undefined && (KNOWN.has(rest) || isOrdinary(rest));
}

/** "Gable", "Mabley" and other short ones are names. */
const MIN_ABLE = 8;

/** Words behind which an institution says what it is for: "Institute for", "University of Illinois at". */
export function isInstitution(word: string): boolean {
  return INSTITUTIONS.has(word);
}

/** Groups of people that may follow "its" and "their". */
export function isRole(word: string): boolean {
  return ROLES.has(word);
}

/** Whether a word names a part of what a model is made of: a sentence on the code does not speak of the weights. */
export function isScope(word: string): boolean {
  return SCOPES.has(word);
}

/** Whether letters with points between them are a form of company or a place: "S.A.", "U.S.A.". */
export function isKnownAbbreviation(letters: string): boolean {
  return ABBREVIATIONS.has(letters);
}

const MAX_WORD = 24;

/** Letters of one script, digits among them: letters that look like those of another script hide what a word is. */
const ONE_SCRIPT = /^(?:[\p{Script=Latin}\p{M}\d]+|[\p{Script=Cyrillic}\p{M}\d]+|[\p{Script=Greek}\p{M}\d]+)$/u;
const CHINESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Stems of what terms are about, in any place of a word: no name holds one. */
const SPEAKS =
  /commerc|comerci|kommerzi|komerc|kaupalli|commerci|ticari|prohib|proib|forbid|forbud|förbud|verbot|verbied|interdi|vietat|zakaz|yasak|kielle|tilos|licen[cs]|lizenz|lisens|restrict|beschränk|permi(?:t|ss)|erlaub|gestatt|purpos|zweck|academ|akadem|acadé|research|recherch|forsch|ricerc|pesquis|investig|militar|militär|armee|exclus|exclud|ausgeschl|compet(?:e|it)|konkurr|concurr|redistrib|weitergab|nutzung|utilis|utiliz|kullan|käytt|användn|noncomm|nonprof|revoc|resale|resell|barring|armies|sharealike|deriva|noderiv|unmonet|использ|коммерч|запрещ|только|лиценз|исслед|thương|cấm|komersi|larang|kereskedel|secret|confiden|propriet|internal|evaluat/;

function isChineseName(word: string): boolean {
  const name = word.replace(
    /(?:股份|责任)?有限公司|研究院|研究所|研究中心|大学|大學|学院|教育部|株式会社|智能|华为|版权所有|著作权|所有|保留所有权利/gu,
    "",
  );
  return name.length <= MAX_CHINESE_NAME && !CHINESE_SENTENCE.test(name);
}

const MAX_CHINESE_NAME = 16;
/** Characters that sentences and terms are made of; syllables of Japanese and Korean grammar. */
const CHINESE_SENTENCE =
  /[不勿禁仅僅只限非除须須得可请請用商售卖賣许許权權必应應但或若如凡为為于於之的者将將被把让讓给給由至及从從能会會须需拒绝绝止未无無毋莫别別也都均每任何谁誰什你您我他她它们們是在有对對与與和以\p{Script=Hiragana}]|研究|学术|學術|科研|个人|個人|内部|军|軍|秘|금지|사용|상업|허가|불가|안됩|하지|않|없|만$|위한|전용|제외|목적|외에/u;

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** A license or terms of another name, which a notice would bring in. */
const NAMES_OF_TERMS = words(
  "ruo nfr iuo euo nc nd eula tos aup terms gpl agpl lgpl sspl busl bsl polyform rail openrail ccby bync byncsa byncnd fsl rsl noderivs noai notrain",
);
/** Words of a closed class that deny or limit; with capitals around they are parts of one word. */
const LIMITS = words("not no non never only for but without except minus sans nor neither");

/** What projects are called besides, and what is a verb or a usual word as well. */
const HARMLESS = words(
  "update build package packages container containers image images test tests page pages list file files point points source sources version module modules service services program programs library libraries document documents process object objects project work",
);
const SCOPES = words(
  "code codes data text texts model models software documentation image images audio video music library libraries archive archives tool tools part parts portion portions original element elements research foundation framework frameworks system systems speech science sciences graphics design designs game games second first one",
);
const ABBREVIATIONS = words("sa bv nv kk ev lp llp ag ab as us usa uk eu dc spa srl sarl llc ca ny sas kg co inc plc se");

const JOINTS = words(
  "the of and & or et und y e og och en i de del della delle dello degli der den des di da das dos do du d la le les los las el al van von vom zu zur zum ten ter af av bin ibn ben o a",
);
const PLACES = words("for at on in für pour para per");
const INSTITUTIONS = words(
  "institute institut instituto istituto center centre centro zentrum zentralinstitut council society foundation fondation association laboratory laboratories lab labs office department dept fund alliance agency trust union school academy ministry consortium initiative committee corporation company university universität université universidad università college group organization organisation board gesellschaft verein centrum services division project team campus collaboratory collaboration",
);
const ROLES = words(
  "author authors contributor contributors holder holders owner owners developer developers maintainer maintainers affiliate affiliates licensor licensors supplier suppliers subsidiary subsidiaries employee employees member members successor successors assign assigns regent regents trustee trustees officer officers director directors agent agents parent partner partners team teams friends family",
);
/** Nothing in here is a verb, a negation or a purpose, so that no sentence can be made of it. */
const KNOWN: ReadonlySet<string> = new Set([
  ...INSTITUTIONS,
  ...ROLES,
  ...words(
    // How notices name the holder of the rights, and the blanks that a template leaves.
    "example examples acme demo somebody someone foo bar copyright portions parts original respective various others other several name names fullname year years yyyy yy email mail organization project company institution your xxxx surname firstname lastname entity entities holder s ltd limited inc incorporated corp co llc llp lp plc gmbh ag se kg ug sa sas sarl srl spa bv nv ab as aps oy oyj pty pte kk ev eu sp zoo ooo jr sr ii iii iv phd dr prof mr mrs ms st san santa mc mac c by",
  ),
  ...words(
    // Names of people that are words of some language as well.
    "vitaly abdullah esser mensch zayed fried hess dienes jesus jens andras khaled sami hari noll moraes angus miles gerald billy ward timur amit lima vos jonas kaya altı bond spare bravo abdul ahmad akin allen alta anders andre art beau bill brand cara dan dana darin dias dina dong downing durant ed ella ellen ernst estes foster francis gene greta gross hammer hans hein heller jo kelli kira lang lange li lois lu ly ma mann mark marks mata mina mora morales nagy nell neva ng nola nora olen olin otto porter post powers price sara sean seal shell steward sue tanya urban vu wang wong worden yang yu",
  ),
  ...words(
    // What companies, institutes, groups and projects call themselves.
    "microsoft lockheed gnome libpng unix nous mining element elements transformer transformers prime framework frameworks writer twisted associates net solar designer indigounited ai ml nlp llm llms gpu artificial intelligence machine learning deep neural network networks data science sciences computer computers computing computation computational software hardware system systems technology technologies technical technique techniques engineering engineers electronics electric electrical digital equipment internet web online mobile media cloud cyber robotics robot vision language languages speech information informatics informatik mathematics mathematical physics chemistry biology biomedical medical medicine health energy materials space aerospace aviation automation automotive semiconductor semiconductors microelectronics device devices instruments instrument solutions solution consulting international national federal state global world european american africa african asia asian china chinese japan japanese korea korean india indian german germany french france british english canada canadian australia australian israel swiss switzerland austria italy italian spain spanish brazil russia russian singapore taiwan hong kong united states kingdom nations america usa uk us ca eu europe north south east west northern southern eastern western central new york california massachusetts illinois texas washington city county republic government public works library libraries museum archive archives press news studio studios games game entertainment design designs graphics music video audio image images photo home house garden park bridge river lake mountain valley hill forest field tree stone rock gold silver iron steel glass water fire air sun moon star stars sky ocean sea island earth planet cosmos galaxy light black white red green blue yellow orange purple gray grey brown pink rose hugging face knowledge tool tools education openness secure times individual together stability mosaic meta alpha beta gamma delta omega sigma matrix vector tensor quantum atom atomic nuclear fusion scale snow snowflake apple oracle square stripe adobe intel nvidia micro macro mini big little small great grand royal king queen prince knight bishop baker smith miller fisher cook carpenter hunter walker young long short strong wise best bright day summer winter spring hope joy grace faith rich bell page hall wood woods banks fields brooks rivers bush berry cherry lily fox wolf bear lion tiger eagle hawk falcon swan bird fish horse dragon phoenix panda python java ruby rust go node react angular vue swift common crawl open source free foundation standards standard industrial industry industries enterprise enterprises business machines machine holding holdings ventures venture capital partners bank financial insurance motors motor aircraft airlines railway transport logistics communications communication telecommunications telecom telephone telegraph wireless radio television broadcasting publishing publications books book advanced applied general modern future innovation innovations creative intelligent smart logic logical dynamics dynamic analytics analysis analytical research development developments labs experimental institute polytechnic technological state normal people humans human brain mind minds cognition cognitive life living community communities social association users developers committee council core platform platforms open text code coder coders hub lab box stack works factory forge foundry workshop garage collective cooperative guild club circle network networks junior senior first second third one two three four five six seven eight nine ten zero infinity computational linguistics linguistic natural processing generative model models foundation systems micro devices high performance performances super supercomputing parallel distributed cluster grid center language understanding reasoning agents agent alignment safety security trusted trust authority administration bureau commission service services agency aeronautics space navy army force defense air survey geological oceanic atmospheric energy sandia livermore lawrence argonne oak ridge national pacific atlantic arctic polar trustees regents chancellor fellows scholars president college harvard princeton stanford junior berkeley cambridge oxford",
  ),
]);

/** Usual in addresses, and no sentence there. */
const NAMES_IN_ED = words(
  "ahmed mohammed mohamed muhammed muhamed mohammad fred alfred manfred wilfred winifred jared sayed syed saeed hamed rasheed rashed reed creed waheed majeed javed naveed mead tweed sneed swed",
);
const ADDRESS_WORDS = words(
  "http https www com org net edu gov mil info html htm txt md php index about home contact support mail email admin webmaster legal licenses license licence opensource open source dev code git github gitlab bitbucket sourceforge projects project software blog docs wiki main master blob tree users user people team pub users hello office me will",
);
const SHORT_SENTENCE_WORDS = words(
  "not for use any you may can nor but non ban pay fee all act buy get our own out run set the to no on in is it be by do if or so up us we an as at",
);
