/** The bytes that are opcodes in protocols 0 to 5. */
const TEXT_OPCODES = "(.012BCFGIJKLMNPQRSTUVX]abcdeghijloqrstu}p)";
const FIRST_BINARY = 0x80;
const LAST_BINARY = 0x98;
const OPCODES: ReadonlySet<number> = new Set(Array.from(TEXT_OPCODES, (letter) => letter.charCodeAt(0)));

export function isOpcode(byte: number): boolean {
  return OPCODES.has(byte) || (byte >= FIRST_BINARY && byte <= LAST_BINARY);
}
