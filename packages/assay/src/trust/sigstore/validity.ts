/** When a key or authority was in use: both ends belong to it. An absent end is open. */
export interface ValidityPeriod {
  readonly start: Date;
  readonly end: Date | undefined;
}

/** Whether a time is in the period, to the second, as the trusted root's own times are. */
export function covers({ start, end }: ValidityPeriod, time: Date): boolean {
  const second = Math.floor(time.getTime() / 1000);
  return second >= Math.floor(start.getTime() / 1000) && (end === undefined || second <= Math.floor(end.getTime() / 1000));
}
