import { gunzipSync } from "node:zlib";
import { packageFolder } from "../../files/package-folder.ts";
import { readBounded } from "../../files/read-bounded.ts";
import { AssayError } from "../../error.ts";
import type { LicenseTemplate } from "./template.ts";

const DATA = packageFolder(import.meta.url, "data");
const MOST_PACKED = 2 * 1024 * 1024;
const MOST_UNPACKED = 16 * 1024 * 1024;

/** A license text that is split into words when it is needed, which for nearly all of them is never. */
export interface PackedTemplate {
  readonly ids: readonly string[];
  readonly name: string;
  /** Words with one blank between them. */
  readonly body: string;
  unpack(): LicenseTemplate;
  /** Every word of the body once; kept from the first time on. */
  vocabulary(): ReadonlySet<string>;
}

/** The file is the package's own: it is as the script wrote it. */
interface ShippedTexts {
  readonly licenses: readonly {
    readonly ids: string[];
    readonly name: string;
    readonly head: string;
    readonly body: string;
    readonly tail: string;
  }[];
}

let loaded: readonly PackedTemplate[] | undefined;

/** The texts that ship with the package, read once. Throws INTERNAL where the installation lacks them. */
export function licenseTexts(): readonly PackedTemplate[] {
  loaded ??= read(`${DATA}openness/license-texts.json.gz`);
  return loaded;
}

function read(path: string): PackedTemplate[] {
  try {
    const packed = readBounded(path, "list of license texts", MOST_PACKED);
    const document: ShippedTexts = JSON.parse(gunzipSync(packed, { maxOutputLength: MOST_UNPACKED }).toString("utf8"));
    return document.licenses.map(({ ids, name, head, body, tail }) => {
      let words: ReadonlySet<string> | undefined;
      return {
        ids,
        name,
        body,
        unpack: () => ({ ids, name, head: split(head), body: split(body), tail: split(tail) }),
        vocabulary: () => (words ??= new Set(body.split(" "))),
      };
    });
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its license texts", { cause, hint: "install it again" });
  }
}

function split(words: string): string[] {
  return words === "" ? [] : words.split(" ");
}
