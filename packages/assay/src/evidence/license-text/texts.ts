import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { readBounded } from "../../files/read-bounded.ts";
import { AssayError } from "../../error.ts";
import type { LicenseTemplate } from "./template.ts";

/** The package's own folder: the same from the source, the library and the bundled command, which all lie below it. */
const DATA = packageData(import.meta.url);
const MOST_PACKED = 2 * 1024 * 1024;
const MOST_UNPACKED = 16 * 1024 * 1024;

/** A license text that is split into words when it is needed, which for nearly all of them is never. */
export interface PackedTemplate {
  readonly ids: readonly string[];
  readonly name: string;
  /** Words with one blank between them. */
  readonly body: string;
  unpack(): LicenseTemplate;
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
export function licenseTexts(folder = DATA): readonly PackedTemplate[] {
  loaded ??= read(`${folder}openness/license-texts.json.gz`);
  return loaded;
}

function read(path: string): PackedTemplate[] {
  try {
    const packed = readBounded(path, "list of license texts", MOST_PACKED);
    const document: ShippedTexts = JSON.parse(gunzipSync(packed, { maxOutputLength: MOST_UNPACKED }).toString("utf8"));
    return document.licenses.map(({ ids, name, head, body, tail }) => ({
      ids,
      name,
      body,
      unpack: () => ({ ids, name, head: split(head), body: split(body), tail: split(tail) }),
    }));
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its license texts", { cause, hint: "install it again" });
  }
}

function split(words: string): string[] {
  return words === "" ? [] : words.split(" ");
}

/** `dist/evidence/license-text/` in the library, `dist/bin/` in the command, `src/evidence/license-text/` in tests. */
function packageData(module: string): string {
  const marks = ["/src/", "/dist/"];
  const at = Math.max(...marks.map((mark) => module.lastIndexOf(mark)));
  return fileURLToPath(new URL(`${module.slice(0, at)}/data/`));
}
