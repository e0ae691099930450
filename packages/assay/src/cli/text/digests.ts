/** A digest short enough for a line and long enough to compare by eye: `sha256:aa17f0c2…`. */
export function shortDigest(digest: string): string {
  const [head, hex] = splitAlgorithm(digest);
  return hex.length <= 16 ? digest : `${head}${hex.slice(0, 8)}…`;
}

/** A digest with both ends, for one of a whole model: `sha256:92745110…c6dec4`. */
export function endsOfDigest(digest: string): string {
  const [head, hex] = splitAlgorithm(digest);
  return hex.length <= 16 ? digest : `${head}${hex.slice(0, 8)}…${hex.slice(-6)}`;
}

/** A key's fingerprint: `3f0c…9a1e`. */
export function shortFingerprint(hex: string): string {
  return hex.length <= 12 ? hex : `${hex.slice(0, 4)}…${hex.slice(-4)}`;
}

function splitAlgorithm(digest: string): readonly [string, string] {
  const colon = digest.indexOf(":");
  return colon < 0 ? ["", digest] : [digest.slice(0, colon + 1), digest.slice(colon + 1)];
}
