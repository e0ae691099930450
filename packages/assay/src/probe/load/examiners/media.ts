import { containsSignature, hasSignature } from "../../../formats/first-bytes.ts";
import { hasExtension } from "../../../formats/format.ts";
import type { Examiner } from "../examiner.ts";

/** What images, sounds, films, documents and fonts begin with; nothing else begins so. */
const BEGINNINGS: readonly (readonly [signature: string, offset: number])[] = [
  ["\u0089PNG\r\n\u001a\n", 0],
  ["\u00ff\u00d8\u00ff", 0],
  ["GIF87a", 0],
  ["GIF89a", 0],
  ["WEBP", 8],
  ["WAVE", 8],
  ["AVI ", 8],
  ["II*\0", 0],
  ["MM\0*", 0],
  ["%PDF-", 0],
  ["fLaC", 0],
  ["OggS", 0],
  ["ID3", 0],
  ["\u001aE\u00df\u00a3", 0],
  ["ftypmp4", 4],
  ["ftypisom", 4],
  ["ftypiso", 4],
  ["ftypM4", 4],
  ["ftypqt", 4],
  ["ftypavif", 4],
  ["ftyphei", 4],
  ["ftypmif1", 4],
  ["wOFF", 0],
  ["wOF2", 0],
  ["OTTO", 0],
  ["\0\u0001\0\0\0", 0],
  ["\0\0\0\u0001Bud1", 0],
];
/** Beginnings that say too little for a file of another name. */
const WEAK: readonly (readonly [signature: string, offset: number])[] = [
  ["BM", 0],
  ["\0\0\u0001\0", 0],
  ["\u00ff\u00fb", 0],
  ["\u00ff\u00f3", 0],
  ["\u00ff\u00f2", 0],
  ["\u00ff\u00f1", 0],
  ["ftyp", 4],
];
const EXTENSIONS =
  "png jpg jpeg jfif gif webp bmp ico tif tiff avif heic pdf wav mp3 flac ogg oga opus m4a aac mp4 m4v mov avi webm mkv woff woff2 ttf " +
  "otf ds_store";
/** Where a font's table of contents names its tables. */
const FONT_TABLE = "cmap";

/** Images, sounds, films, PDF and fonts: no loader of models reads them. One kind under the name of another is common. */
export const MEDIA_EXAMINER: Examiner = {
  format: "image, sound or document",
  isNamed: hasExtension(...EXTENSIONS.split(" ")),
  begins: (head) => isMedia(head, BEGINNINGS),
  isDistinctive: false,
  async examine({ head, report, setNotLoaded }) {
    if (!isMedia(head, BEGINNINGS) && !isMedia(head, WEAK))
      return report("media/not-media", "does not begin as an image, sound or document");
    setNotLoaded();
  },
};

function isMedia(head: Uint8Array, beginnings: typeof BEGINNINGS): boolean {
  return beginnings.some(
    ([signature, offset]) =>
      hasSignature(head, signature, offset) && (signature !== "\0\u0001\0\0\0" || containsSignature(head.subarray(0, 512), FONT_TABLE)),
  );
}
