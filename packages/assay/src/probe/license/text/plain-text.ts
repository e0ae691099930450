/**
 * A text as a reader sees it: entities of HTML and links of Markdown resolved, tags of HTML gone, invisible characters
 * gone. What hides or strikes out words is not followed but kept as a sign that no license has, so that such a text is
 * never the license. Nothing in here depends on where lines break. Linear in the text.
 */
export function plainLicenseText(text: string): string {
  return (
    text
      .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, decoded)
      .normalize("NFKC")
      // Left-to-right and right-to-left overrides show another text than the one that is compared.
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, HIDDEN)
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      // Markdown strikes out what is between tildes; `/~name` is an address, and three of them begin a block of code.
      .replace(/(?<![/~])~{1,2}(?=[^\s~])|(?<=[^\s~/])~{1,2}(?!~)|<!--/g, HIDDEN)
      .replace(TAG, " ")
      .replace(LINK, (_, address: string) => (saysNothing(address) ? "] " : `](${address})`))
      .replaceAll("\\", "")
      .replace(WITHOUT_OF, "$1 of")
  );
}

/** The clause on names as some makers have it: "Neither the name Acme nor the names of its contributors". */
const WITHOUT_OF =
  /\b(neither\s+the\s+name)(?=\s+(?!of\b)[^\s.;:]{1,40}(?:\s+[^\s.;:]{1,40}){0,3}?\s+nor\s+the\s+names\s+of\s+its\s+contributors\b)/gi;

/** A symbol of its own among the words. */
const HIDDEN = " \uFFFD ";

/** Tags of layout without attributes, and links: an attribute can hide what a tag holds. */
const TAG =
  /<\/?(?:a|b|i|p|br|hr|em|h[1-6]|li|ol|ul|dl|dt|dd|div|span|strong|center|code|pre|sup|sub|table|tbody|tr|td|th|u|tt|blockquote)(?: ?\/)?>/gi;

const LINK = /\]\((#[\p{L}\p{N}_\p{Pd}]{1,80}|https?:\/\/[^\s()]{1,200})\)/giu;

/** A place in the same text, which no reader sees, or a page of who publishes licenses: any other address stays among the words. */
function saysNothing(address: string): boolean {
  return address.startsWith("#") || PUBLISHER.test(address);
}

const PUBLISHER =
  /^https?:\/\/(?:(?:www|wiki)\.)?(?:apache\.org|blueoakcouncil\.org|choosealicense\.com|creativecommons\.org|eclipse\.org|fsf\.org|gnu\.org|mozilla\.org|opendatacommons\.org|opensource\.org|spdx\.org|w3\.org)(?:\/[\w.#-]{1,40}){0,5}\/?$/i;

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    copy: "©",
    reg: "®",
    trade: "™",
    ndash: "–",
    mdash: "—",
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    laquo: "«",
    raquo: "»",
    bull: "•",
    middot: "·",
    hellip: "…",
    sect: "§",
    para: "¶",
    eacute: "é",
    egrave: "è",
    agrave: "à",
    ccedil: "ç",
    auml: "ä",
    ouml: "ö",
    uuml: "ü",
    szlig: "ß",
  }),
);

function decoded(entity: string, decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? entity;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
}
