/** `sha256:HEX` of hex or of a digest that names its algorithm already. */
export function sha256Text(digest: string): string {
  return digest.includes(":") ? digest : `sha256:${digest}`;
}
