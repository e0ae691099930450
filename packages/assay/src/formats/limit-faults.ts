/** Of one kind, in one archive. */
const MAX_FAULTS = 20;

/** Passes no more than 20 faults of one kind on, so that a hostile archive has no report of its size. */
export function limitFaults<Kind, Rest extends readonly unknown[]>(
  report: (kind: Kind, ...rest: Rest) => void,
): (kind: Kind, ...rest: Rest) => void {
  const counts = new Map<Kind, number>();
  return (kind, ...rest) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= MAX_FAULTS) report(kind, ...rest);
  };
}
