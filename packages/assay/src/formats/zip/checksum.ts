/** Eight tables, so that eight bytes take one step: a member of some megabytes has to be fast. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[byte] = value;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

function table(row: number, byte: number): number {
  return TABLES[row * 256 + (byte & 0xff)] ?? 0;
}

/** CRC-32 (ISO 3309, as zip and gzip use it) of `bytes`; `before` is that of all bytes in front of them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    crc =
      table(7, crc) ^
      table(6, crc >>> 8) ^
      table(5, crc >>> 16) ^
      table(4, crc >>> 24) ^
      table(3, bytes[at + 4] ?? 0) ^
      table(2, bytes[at + 5] ?? 0) ^
      table(1, bytes[at + 6] ?? 0) ^
      table(0, bytes[at + 7] ?? 0);
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ table(0, crc ^ (bytes[at] ?? 0));
  return ~crc >>> 0;
}
