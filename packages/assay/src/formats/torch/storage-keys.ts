const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The strings of a pickle that is a list of strings, as torch.save writes the keys of its storages. Undefined for any other
 * pickle, even an equal one that is written in another way.
 */
export function readStorageKeys(bytes: Uint8Array): string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const keys: string[] = [];
  let at = 0;
  const key = (start: number, length: number): number => {
    keys.push(utf8.decode(bytes.subarray(start, start + length)));
    return start + length;
  };
  while (at < bytes.length) {
    switch (bytes[at]) {
      case 0x80: // PROTO
      case 0x71: // BINPUT
        at += 2;
        break;
      case 0x95: // FRAME
        at += 9;
        break;
      case 0x72: // LONG_BINPUT
        at += 5;
        break;
      case 0x5d: // EMPTY_LIST
      case 0x28: // MARK
      case 0x61: // APPEND
      case 0x65: // APPENDS
      case 0x94: // MEMOIZE
        at += 1;
        break;
      case 0x55: // SHORT_BINSTRING
      case 0x8c: // SHORT_BINUNICODE
        at = key(at + 2, bytes[at + 1] ?? 0);
        break;
      case 0x58: // BINUNICODE
        if (at + 5 > bytes.length) return undefined;
        at = key(at + 5, view.getUint32(at + 1, true));
        break;
      case 0x2e: // STOP
        return at + 1 === bytes.length ? keys : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}
