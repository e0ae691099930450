/** A text of more letters says something. */
const MAX_POINTER = 300;

const ADDRESS = /https?:\/\/[^\s<>()[\]]{3,200}|(?:\.{1,2}\/)?[\w.-]{1,80}(?:\/[\w.-]{1,80}){0,6}/;
/** "See LICENSE.txt for details", "The license is at https://…": an address, and no word that could be a term. */
const POINTER = new RegExp(
  "^(?:(?:(?:please |kindly )?(?:see|refer to|read)(?: the)?(?: (?:full |complete )?(?:licen[cs]e|terms|text|file|document))?(?: (?:at|in|under|file)){0,2}|" +
    "(?:the |full |our )?(?:licen[cs]e)(?: text)?(?: (?:is|can be found))?(?: (?:at|in))?)[ :]+)?[<(]?" +
    `(${ADDRESS.source})[>)]?(?: (?:file|document))?` +
    "(?: for (?:the )?(?:full |more |further )?(?:licen[cs]e|licensing)?(?: ?(?:details|information|terms|text))?)?\\.?$",
  "i",
);

/** The address or path that a text is nothing but a pointer to; undefined for every other text. `text` may be anything. */
export function pointerIn(text: string): string | undefined {
  const plain = text.trim().replace(/\[[^\][]{0,100}\]\(([^()\s]{1,200})\)/g, "$1");
  if (plain.length > MAX_POINTER || !/[./]|licen[sc]e|copying/i.test(plain)) return undefined;
  const [, address] = POINTER.exec(plain.replace(/\s+/g, " ")) ?? [];
  return address?.replace(/[.,]$/, "");
}
