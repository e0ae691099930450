import { createHash } from "node:crypto";

/** A number as so many bytes, the highest first, as TLS structures and signed notes have it. */
export function bigEndian(value: bigint | number, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  let rest = BigInt(value);
  for (let at = length - 1; at >= 0; at--) {
    octets[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return octets;
}

/** A TLS vector: its length in so many bytes, then its content. */
export function vector(content: Uint8Array, lengthOctets: number): Uint8Array {
  return Buffer.concat([bigEndian(content.length, lengthOctets), content]);
}

export function base64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes as Uint8Array).toString("base64");
}

export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** RFC 8785 for what logs hold: objects, lists, texts, whole numbers. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
