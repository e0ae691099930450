const text = new TextEncoder();

/**
 * The bytes that a DSSE signature is over: `DSSEv1 <length> <type> <length> <payload>`, lengths in bytes, decimal.
 * https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = text.encode(payloadType);
  const head = text.encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  const encoded = new Uint8Array(head.length + payload.length);
  encoded.set(head);
  encoded.set(payload, head.length);
  return encoded;
}

/**
 * What the reference 0.2.0 signed instead: `DSSEV1`, and for the payload the text that Python prints for
 * a `bytes` value. Signatures made that way are still in use; nothing writes them any more.
 */
export function historicalPreAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = text.encode(payloadType);
  const head = text.encode(`DSSEV1 ${type.length} ${payloadType} ${payload.length} `);
  const shown = pythonRepr(payload);
  const encoded = new Uint8Array(head.length + shown.length);
  encoded.set(head);
  encoded.set(shown, head.length);
  return encoded;
}

const BACKSLASH = 0x5c;
const SINGLE_QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const HEX = text.encode("0123456789abcdef");

/** Python's `repr` of a `bytes` object, as ASCII bytes: `b'…'`, or `b"…"` where only single quotes occur. */
function pythonRepr(bytes: Uint8Array): Uint8Array {
  const quote = bytes.includes(SINGLE_QUOTE) && !bytes.includes(DOUBLE_QUOTE) ? DOUBLE_QUOTE : SINGLE_QUOTE;
  const shown = new Uint8Array(3 + 4 * bytes.length);
  let end = 0;
  shown[end++] = 0x62;
  shown[end++] = quote;
  for (const byte of bytes) {
    if (byte === BACKSLASH || byte === quote) {
      shown[end++] = BACKSLASH;
      shown[end++] = byte;
    } else if (byte === 0x09 || byte === 0x0a || byte === 0x0d) {
      shown[end++] = BACKSLASH;
      shown[end++] = byte === 0x09 ? 0x74 : byte === 0x0a ? 0x6e : 0x72;
    } else if (byte >= 0x20 && byte < 0x7f) {
      shown[end++] = byte;
    } else {
      shown[end++] = BACKSLASH;
      shown[end++] = 0x78;
      shown[end++] = HEX[byte >> 4] ?? 0;
      shown[end++] = HEX[byte & 15] ?? 0;
    }
  }
  shown[end++] = quote;
  return shown.subarray(0, end);
}
