import { LittleEndian } from "./little-endian.ts";

export const EXTRA_ZIP64 = 0x0001;
export const EXTRA_UNICODE_PATH = 0x7075;
export const EXTRA_AES = 0x9901;

/** Extra fields that change neither name, place, size nor content: times and owners, a mark of Java, PyTorch's padding. */
const HARMLESS: ReadonlySet<number> = new Set([0x000a, 0x000d, 0x4246, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe]);

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
    else if (id !== EXTRA_ZIP64 && id !== EXTRA_UNICODE_PATH && id !== EXTRA_AES && !HARMLESS.has(id))
      unknown = `an unknown extra field 0x${id.toString(16)}`;
    fields.push({ id, data: new LittleEndian(bytes.subarray(at + 4, end)) });
    at = end;
  }
  if (at !== bytes.length) unknown = "extra fields that do not fill their place";
  return { fields, unknown };
}

export function fieldOf(fields: readonly ExtraField[], id: number): LittleEndian | undefined {
  return fields.find((field) => field.id === id)?.data;
}
