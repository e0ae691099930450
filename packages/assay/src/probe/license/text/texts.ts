import { zstdDecompressSync } from "node:zlib";
import { readPackageFile } from "../../../files/package-file.ts";
import { AssayError } from "../../../core/error.ts";
import { readTemplate, type LicenseTemplate } from "./template.ts";

const MAX_PACKED = 2 * 1024 * 1024;
const MAX_UNPACKED = 16 * 1024 * 1024;
/** What is unpacked at a time: nearly all of it. */
const CHUNK = 4 * 1024 * 1024;
const LINE_END = 0x0a;

/** A license that is read into parts when it is needed, which for nearly all of them is never. */
export interface PackedTemplate {
  readonly ids: readonly string[];
  readonly name: string;
  /** See `readTemplate`; in UTF-8. */
  readonly bytes: Uint8Array;
  /** Letters that are in every text of this license. */
  readonly probe: string;
  /** See `sampleOf`. */
  readonly sample: readonly number[];
  readonly size: number;
  /** See `gapEndsOf`. */
  readonly gaps: readonly (readonly [left: string, right: string])[];
  unpack(): LicenseTemplate;
}

/** The file is the package's own: it is as the script wrote it. Its first line; each template has one of its own behind it. */
interface ShippedTexts {
  readonly licenses: readonly Omit<PackedTemplate, "unpack" | "bytes">[];
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
  loaded ??= read();
  return loaded.licenses;
}

/** Words of ordinary language, which no name is made of. */
export function ordinaryWords(): ReadonlySet<string> {
  loaded ??= read();
  ordinary ??= new Set(loaded.ordinary.split(" "));
  return ordinary;
}

function read(): LoadedTexts {
  try {
    const packed = readPackageFile("data/openness/license-texts.zst", "list of license texts", MAX_PACKED);
    const lines = zstdDecompressSync(packed, { maxOutputLength: MAX_UNPACKED, chunkSize: CHUNK });
    let end = lines.indexOf(LINE_END);
    const document: ShippedTexts = JSON.parse(lines.toString("utf8", 0, end));
    const licenses = document.licenses.map((license) => {
      const begin = end + 1;
      end = lines.indexOf(LINE_END, begin);
      return packedTemplate(license, lines.subarray(begin, end));
    });
    return { licenses, ordinary: document.ordinary };
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its license texts", { cause, hint: "install it again" });
  }
}

function packedTemplate(license: ShippedTexts["licenses"][number], bytes: Buffer): PackedTemplate {
  let known: LicenseTemplate | undefined;
  return {
    ...license,
    bytes,
    unpack: () => (known ??= { ids: license.ids, name: license.name, parts: readTemplate(bytes.toString("utf8")) }),
  };
}
