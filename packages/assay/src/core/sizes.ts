const UNITS = ["kB", "MB", "GB", "TB", "PB"] as const;

/** A number of bytes for people: `0 bytes`, `1 byte`, `999 bytes`, `1.0 kB`, `4.9 GB` (decimal units). */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte");
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  // 9.96 must not become "10.0".
  const text = value < 9.95 ? value.toFixed(1) : Math.round(value).toString();
  return `${text} ${UNITS[unit] ?? ""}`;
}

/** Exact bytes, grouped: `4,976,698,672 bytes`. */
export function formatBytes(bytes: number): string {
  return plural(bytes, "byte");
}

/** `1 file`, `14 files`, `1,204 files`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${groupDigits(count)} ${count === 1 ? noun : nouns}`;
}

/** `4976698672` as `4,976,698,672`; Intl would cost ten milliseconds of start-up. */
export function groupDigits(count: number): string {
  return Math.trunc(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}
