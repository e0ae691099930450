/** `2026-11-23 12:27 UTC` */
export function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `2026-11-23` */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
