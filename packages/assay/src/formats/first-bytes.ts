/** Whether `signature`, one character for each byte, is in `bytes` at `offset`. */
export function hasSignature(bytes: Uint8Array, signature: string, offset = 0): boolean {
  if (bytes.length < offset + signature.length) return false;
  for (let at = 0; at < signature.length; at++) if (bytes[offset + at] !== signature.charCodeAt(at)) return false;
  return true;
}

/** Whether `signature` is anywhere in `bytes`; for a window of some kilobytes. */
export function containsSignature(bytes: Uint8Array, signature: string): boolean {
  for (let offset = 0; offset + signature.length <= bytes.length; offset++) if (hasSignature(bytes, signature, offset)) return true;
  return false;
}
