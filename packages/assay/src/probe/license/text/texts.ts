import { brotliDecompressSync } from "node:zlib";
import { packageFolder } from "../../../files/package-folder.ts";
import { readBounded } from "../../../files/read-bounded.ts";
import { AssayError } from "../../../core/error.ts";
import { readTemplate, type LicenseTemplate } from "./template.ts";

const DATA = packageFolder(import.meta.url, "data");
const MAX_PACKED = 2 * 1024 * 1024;
const MAX_UNPACKED = 16 * 1024 * 1024;

/** A license that is read into parts when it is needed, which for nearly all of them is never. */
export interface PackedTemplate {
  readonly ids: readonly string[];
  readonly name: string;
  /** See `readTemplate`. */
  readonly packed: string;
  /** Letters that are in every text of this license. */
  readonly probe: string;
  /** See `sampleOf`. */
  readonly sample: readonly number[];
  readonly size: number;
  unpack(): LicenseTemplate;
}

/** The file is the package's own: it is as the script wrote it. */
interface ShippedTexts {
  readonly licenses: readonly (Omit<PackedTemplate, "unpack" | "packed"> & { readonly template: string })[];
  readonly ordinary: string;
}

interface LoadedTexts {
  readonly licenses: readonly PackedTemplate[];
  readonly ordinary: string;
}

let loaded: LoadedTexts | undefined;
let ordinary: ReadonlySet<string> | undefined;

/** The texts that ship with the package, read once. Throws INTERNAL where the installation lacks them. */
export function licenseTexts(): readonly PackedTemplate[] {
  loaded ??= read(`${DATA}openness/license-texts.json.br`);
  return loaded.licenses;
}

/** Words of ordinary language, which no name is made of. */
export function ordinaryWords(): ReadonlySet<string> {
  loaded ??= read(`${DATA}openness/license-texts.json.br`);
  ordinary ??= new Set(loaded.ordinary.split(" "));
  return ordinary;
}

function read(path: string): LoadedTexts {
  try {
    const packed = readBounded(path, "list of license texts", MAX_PACKED);
    const document: ShippedTexts = JSON.parse(brotliDecompressSync(packed, { maxOutputLength: MAX_UNPACKED }).toString("utf8"));
    return { licenses: document.licenses.map(packedTemplate), ordinary: document.ordinary };
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its license texts", { cause, hint: "install it again" });
  }
}

function packedTemplate({ template, ...license }: ShippedTexts["licenses"][number]): PackedTemplate {
  let known: LicenseTemplate | undefined;
  return {
    ...license,
    packed: template,
    unpack: () => (known ??= { ids: license.ids, name: license.name, parts: readTemplate(template) }),
  };
}
