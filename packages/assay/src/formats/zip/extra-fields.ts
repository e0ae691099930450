import { LittleEndian } from "./little-endian.ts";

export const EXTRA_ZIP64 = 0x0001;
export const EXTRA_UNICODE_PATH = 0x7075;
export const EXTRA_AES = 0x9901;

/** "FB": what PyTorch puts in front of data, so that it begins at a multiple of 64 bytes. */
const PADDING = 0x4246;
const MAX_FIELD_BYTES = 64;
/** Extra fields that change neither name, place, size nor content: times and owners, a mark of Java, PyTorch's padding. */
const HARMLESS: ReadonlySet<number> = new Set([0x000a, 0x000d, PADDING, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe]);

export interface ExtraField {
  readonly id: number;
  readonly data: LittleEndian;
}

/**
 * The extra fields of a header (APPNOTE 4.5): an identifier and a length of two bytes each, then the data. `unknown` names
 * what the archive's readers may take in different ways: a field twice, a field that is not known here, bytes left over.
 */
export function readExtraFields(bytes: Uint8Array): { readonly fields: readonly ExtraField[]; readonly unknown: string | undefined } {
  const view = new LittleEndian(bytes);
  const fields: ExtraField[] = [];
  let unknown: string | undefined;
  let at = 0;
  while (at + 4 <= bytes.length) {
    const id = view.u16(at);
    const end = at + 4 + view.u16(at + 2);
    if (end > bytes.length) break;
    if (fields.some((field) => field.id === id)) unknown = `the extra field 0x${id.toString(16)} twice`;
    else if (!isPlain(id, bytes.subarray(at + 4, end))) unknown = `data in the extra field 0x${id.toString(16)}`;
    else if (id !== EXTRA_ZIP64 && id !== EXTRA_UNICODE_PATH && id !== EXTRA_AES && !HARMLESS.has(id))
      unknown = `an unknown extra field 0x${id.toString(16)}`;
    fields.push({ id, data: new LittleEndian(bytes.subarray(at + 4, end)) });
    at = end;
  }
  if (at !== bytes.length) unknown = "extra fields that do not fill their place";
  return { fields, unknown };
}

/** Padding is made of one character, and the other fields are short: in neither there is room for another archive. */
function isPlain(id: number, data: Uint8Array): boolean {
  return id === PADDING ? data.every((byte) => byte === 0x5a || byte === 0) : data.length <= MAX_FIELD_BYTES || id === EXTRA_UNICODE_PATH;
}

export function fieldOf(fields: readonly ExtraField[], id: number): LittleEndian | undefined {
  return fields.find((field) => field.id === id)?.data;
}
