/** The elements of a SEQUENCE, each with its header. Takes well-formed DER only. */
export function children(der: Uint8Array): Uint8Array[] {
  const elements: Uint8Array[] = [];
  for (let at = headerOf(der).length; at < der.length;) {
    const { length, content } = headerOf(der.subarray(at));
    elements.push(der.subarray(at, at + length + content));
    at += length + content;
  }
  return elements;
}

/** An element without its header. */
export function contentOf(der: Uint8Array): Uint8Array {
  return der.subarray(headerOf(der).length);
}

function headerOf(der: Uint8Array): { length: number; content: number } {
  const first = der[1] ?? 0;
  if (first < 0x80) return { length: 2, content: first };
  const octets = der.subarray(2, 2 + (first & 0x7f));
  return { length: 2 + octets.length, content: octets.reduce((sum, octet) => sum * 256 + octet, 0) };
}
