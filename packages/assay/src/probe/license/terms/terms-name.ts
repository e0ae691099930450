/**
 * What the name of a file says about terms: `license` where it has the word for a license or an agreement in any
 * place, `terms` where it is made of words for terms alone, `perhaps` where such a word is among others. Undefined
 * where it says nothing.
 */
export type NamedTerms = "license" | "terms" | "perhaps";

/** In any place of a name: no other word holds these letters. */
const LICENSE_IN_NAME =
  /licen[sc]|lizen[zs]|lisens|licenz|licenç|licence|copying|agreement|eula|unlicense|openrail|лиценз|ліценз|соглашени|许可|許可|授权|授權|协议|協議|契約|ライセンス|許諾|라이선스|라이센스|계약|허가/u;

/** Whole words of a name. */
const TERMS_WORDS: ReadonlySet<string> = new Set(
  (
    "terms tos tou aup rail legal copyright copyrights restriction restrictions permission permissions notice notices policy policies " +
    "disclaimer vereinbarung bedingungen nutzung nutzungsbedingungen accord convenio contrato contrat contract condizioni termini termos " +
    "términos terminos condiciones termes regulamin условия правила политика"
  ).split(" "),
);
/** Words beside which a name still says nothing but terms. */
const BESIDE: ReadonlySet<string> = new Set(
  (
    "of use usage service and conditions condition the for model models weights acceptable prohibited responsible general community notice " +
    "user end data dataset code research md txt rst html htm pdf doc docx rtf gz en v"
  ).split(" "),
);
/** In reinforcement learning a policy is not a text. */
const LEARNED_POLICY =
  /polic(?:y|ies)[-_ ]?(?:gradient|iteration|net|optimi|learn|model|head|value|actor|train|eval|distill|search)|(?:learned|trained|off|on|value|actor|reward)[-_ ]?polic/;
const TERMS_IN_NAME = /条款|條款|规约|規約|约定|声明|聲明|政策|版权|版權|著作[权権]|約款|약관|정책/u;

/** Folders for nothing but licenses and terms; the first is REUSE's. */
const PLACE = /^(?:licen[sc]es?|legal|terms|policies|agreements?|eulas?|third[-_]?party[-_]?licen[sc]es?)$/;

/** What a file's name says. `path` is from the model's root. */
export function termsByName(path: string): NamedTerms | undefined {
  const base = plain(path.slice(path.lastIndexOf("/") + 1));
  const lower = base.toLowerCase();
  if (LICENSE_IN_NAME.test(lower)) return "license";
  if (TERMS_IN_NAME.test(lower)) return "terms";
  if (LEARNED_POLICY.test(lower)) return undefined;
  const words = base
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
  if (!words.some((word) => TERMS_WORDS.has(word))) return undefined;
  return words.every((word) => TERMS_WORDS.has(word) || BESIDE.has(word)) ? "terms" : "perhaps";
}

/** Whether a folder above the file is one for licenses and terms. */
export function termsByPlace(path: string): boolean {
  return path
    .split("/")
    .slice(0, -1)
    .some((folder) => PLACE.test(plain(folder).toLowerCase()));
}

const USE_POLICY =
  /(?:use|usage|acceptable|prohibited|responsible)[-_ ]{0,3}(?:use[-_ ]{0,3})?polic|polic(?:y|ies)[-_ ]{0,3}of[-_ ]{0,3}use|\baup\b/;

/** Whether the name is that of a policy on what a model may be used for. */
export function isUsePolicy(path: string): boolean {
  return USE_POLICY.test(plain(path.slice(path.lastIndexOf("/") + 1)).toLowerCase());
}

const OF_OTHERS = /third[-_ ]?part|dependenc|vendor|attribution|acknowledg|credits|\boss\b|open[-_ ]?source[-_ ]?(?:notice|licenses)/;
const FOLDER_OF_OTHERS =
  /^(?:third[-_]?part(?:y|ies)|3rd[-_]?party|vendor(?:ed)?|external|extern|deps|dependencies|node_modules|site-packages|submodules)$/;

/** Whether name or place say that it is about the work of others that comes with the model. */
export function isOfOthers(path: string): boolean {
  const parts = plain(path).toLowerCase().split("/");
  return OF_OTHERS.test(parts.at(-1) ?? "") || parts.slice(0, -1).some((folder) => FOLDER_OF_OTHERS.test(folder));
}

/** Full-width letters and invisible characters must not hide what a name says. */
function plain(name: string): string {
  return name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
}
